import { operations } from "@workflow-runs/openapi-types/operations";
import {
  amount,
  anyText,
  check,
  choose,
  flag,
  object,
  oneOf,
  orNull,
  recordOf,
  whole,
} from "../input/check.ts";
import { duration } from "../input/text-forms.ts";
import type { Duration } from "./duration.ts";
import { neighbours } from "./neighbours.ts";
import { isRoute, route, type HandledRoute, type RouteName } from "./route-name.ts";
import { seeded } from "./seeded.ts";

/**
 * Where something can go wrong: an operation, a route of `fake.handle`, the service that holds the
 * logs, or everywhere.
 */
export type FaultTarget = RouteName | HandledRoute | "logs" | "*";

/** Something that goes wrong. Without `times` and `probability` it always does. */
export interface Fault {
  /** Responds with this status instead, and changes nothing. */
  status?: number | undefined;
  /** With `status`: the message of the body; `null` for no body at all, as in GitHub's outages. */
  message?: string | null | undefined;
  /** With `status`: headers beside the usual ones. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Waits before the response, in real time. */
  delay?: Duration | undefined;
  /** Never responds; the request ends when its caller aborts it. */
  hang?: boolean | undefined;
  /** The connection breaks before a response: `fetch` rejects. */
  reset?: boolean | undefined;
  /** The body breaks off after so many bytes, though more were announced. */
  truncate?: number | undefined;
  /** The response is complete and its JSON is not. */
  broken_json?: boolean | undefined;
  /** One byte of the log archive is wrong; with a download's operation it is the archive it leads to. */
  corrupt_zip?: boolean | undefined;
  /** How often it happens. @default for ever */
  times?: number | undefined;
  /** How likely it is each time, 0 to 1, by the fake's seed. @default 1 */
  probability?: number | undefined;
}

const name = oneOf<Exclude<FaultTarget, HandledRoute>>({
  ...operations,
  ...neighbours,
  logs: true,
  "*": true,
});
const target = choose<FaultTarget>((value) => (isRoute(value) ? route : name), name);

const fault = object<Fault>({
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

/** @throws {InvalidInputError} when there is no such operation or fault */
export function checkFault(where: unknown, init: unknown): void {
  check(target, where, "fail", { path: "target" });
  check(fault, init, "fail");
}

/** A fault that may happen, with what it has done so far. */
export interface ActiveFault {
  id: number;
  target: FaultTarget;
  fault: Fault;
  requests: number;
  happened: number;
}

/**
 * Whether a fault strikes the next request. The seed decides what `probability` leaves open,
 * so the same test sees the same failures.
 */
export function strikes(
  { id, fault, requests, happened }: ActiveFault,
  seed: number | string,
): boolean {
  if (happened >= (fault.times ?? Infinity)) return false;
  if (fault.probability === undefined) return true;
  return seeded(seed, "fault", id, requests) / 2 ** 32 < fault.probability;
}
