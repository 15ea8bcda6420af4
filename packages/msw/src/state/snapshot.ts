import {
  amount,
  anyText,
  check,
  is,
  isObject,
  listOf,
  object,
  required,
  whole,
} from "../input/check.ts";
import * as v from "valibot";
import { refusal } from "../input/refusal.ts";
import type { Budget } from "../rules/rate-limit.ts";
import { storeData, type StoreData } from "./records.ts";

/** Everything a fake knows, to be passed to {@link ActionsFake.restore}; JSON-safe. */
export interface Snapshot {
  offset: number;
  data: StoreData;
  budgets: [string, Budget][];
}

const budget = v.strictObject({ limit: whole(0), used: amount(), resetAt: amount() });
const budgets = listOf(v.strictTuple([anyText, budget]));

const snapshot = object<Snapshot>({
  offset: required(amount()),
  data: required(storeData),
  budgets: required(is("a list", Array.isArray)),
});

/** @throws {InvalidInputError} when it is not what `snapshot()` gave */
export function checkSnapshot(value: unknown, call: string): asserts value is Snapshot {
  // Budgets are counted by token.
  if (isObject(value) && value["budgets"] !== undefined)
    check(budgets, value["budgets"], call, { path: "budgets", secret: true });
  check(snapshot, value, call);
  const { repositories, runs } = value.data;
  const ids = new Set(repositories.map(({ id }) => id));
  for (const [index, { repositoryId }] of runs.entries()) {
    if (ids.has(repositoryId)) continue;
    const path = `data.runs[${index}].repositoryId`;
    throw refusal(call, path, repositoryId, "which is the id of none of data.repositories.");
  }
}
