import type { BudgetState, SharedBudget } from "./budget.ts";
import { digest } from "./digest.ts";
import { guarded } from "./guarded-store.ts";
import type { KeyValueStore } from "./store.ts";

/**
 * Shares a token's budget through a store, so that when one process is told to wait, all of them wait. Costs
 * one `get` for each request; `set`s are made one at a time, the latest state winning, and nobody waits for them.
 */
export function sharedBudget(
  store: KeyValueStore,
  baseUrl: string,
  now: () => number = Date.now,
): SharedBudget {
  const kept = guarded(store);
  const keyOf = async (authorization: string | undefined): Promise<string> =>
    `workflow-runs:budget:${await digest(baseUrl, authorization)}`;
  const pending = new Map<string, BudgetState>();
  const writing = new Set<string>();

  return {
    async read(authorization, signal) {
      return decodeState(await kept.get(await keyOf(authorization), signal));
    },
    async write(authorization, state) {
      const key = await keyOf(authorization);
      pending.set(key, state);
      if (writing.has(key)) return;
      writing.add(key);
      for (let next = pending.get(key); next; next = pending.get(key)) {
        pending.delete(key);
        const lasts = Math.max(next.reset, next.blockedUntil) - now();
        if (lasts > 0) {
          // Another process may know of a longer wait; it must not be forgotten.
          const theirs = decodeState(await kept.get(key));
          await kept.set(key, JSON.stringify(merged(next, theirs)), Math.ceil(lasts));
        }
      }
      writing.delete(key);
    },
  };
}

function merged(ours: BudgetState, theirs: BudgetState | undefined): BudgetState {
  if (!theirs) return ours;
  const held = theirs.blockedUntil > ours.blockedUntil ? theirs : ours;
  const told =
    theirs.reset > ours.reset || (theirs.reset === ours.reset && theirs.remaining < ours.remaining)
      ? theirs
      : ours;
  const { limit, remaining, reset } = told;
  const { blockedUntil, blockedBy } = held;
  return { limit, remaining, reset, blockedUntil, blockedBy };
}

function decodeState(value: string | undefined): BudgetState | undefined {
  try {
    const state = JSON.parse(value ?? "null") as BudgetState | null;
    return state &&
      [state.limit, state.remaining, state.reset, state.blockedUntil].every(Number.isFinite)
      ? state
      : undefined;
  } catch {
    return undefined;
  }
}
