import { operations } from "@workflow-runs/openapi-types/operations";
import type { Fault, FaultTarget } from "../rules/fault.ts";
import type { HandledRoute } from "../rules/route-name.ts";
import { neighbours } from "../rules/neighbours.ts";
import type { LimitInit } from "../state/limits.ts";
import {
  either,
  check,
  amount,
  anyText,
  flag,
  is,
  object,
  oneOf,
  orNull,
  recordOf,
  required,
  whole,
  type Check,
} from "./check.ts";
import { isRoute } from "./route-input.ts";
import { duration, moment } from "./text-forms.ts";

const targets = Object.fromEntries(
  [...Object.keys(operations), ...Object.keys(neighbours), "logs", "*"].map((name) => [name, true]),
) as Record<Exclude<FaultTarget, HandledRoute>, true>;
const name: Check = oneOf(targets);
const anyRoute: Check = is("a route", isRoute);
const target: Check = either(isRoute, anyRoute, name);

const fault: Check = object<Fault>({
  status: whole(400, 599),
  message: orNull(anyText),
  headers: recordOf(anyText),
  delay: duration,
  hang: flag,
  reset: flag,
  truncate: whole(0),
  broken_json: flag,
  corrupt_zip: flag,
  times: whole(0),
  probability: amount(0, 1),
});

const limit: Check = object<LimitInit>({
  kind: required(oneOf<LimitInit["kind"]>({ primary: true, secondary: true })),
  status: is("403 or 429", (value) => value === 403 || value === 429),
  retry_after: orNull(amount(0)),
  times: whole(1),
  reset_after: amount(0),
});

/** @throws {InvalidInputError} when a fault cannot be what was meant */
export function checkFault(where: unknown, init: unknown): void {
  check(target, where, { call: "fail", path: "target" });
  check(fault, init, { call: "fail", path: "" });
}

/** @throws {InvalidInputError} when a limit cannot be what was meant */
export function checkLimit(init: unknown): void {
  check(limit, init, { call: "limit", path: "" });
}

/** @throws {InvalidInputError} when it is no length of time */
export function checkAdvance(length: unknown): void {
  check(duration, length, { call: "advance", path: "duration" });
}

/** @throws {InvalidInputError} when it is no date */
export function checkMoment(at: unknown, call: string): void {
  check(moment, at, { call, path: "at" });
}
