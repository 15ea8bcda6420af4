import type { BudgetState, Merge, SharedBudget } from "./budget.ts";
import { digest } from "./digest.ts";
import { guarded } from "./guarded-store.ts";
import type { Told } from "./rate-limit-headers.ts";
import type { KeyValueStore } from "./store.ts";

/**
 * Shares a token's budget through a store, so that when one process is told to wait, all of them wait. Costs
 * one `get` for each request, and a `get` and a `set` more when there is something to tell.
 */
export function sharedBudget(
  store: KeyValueStore,
  baseUrl: string,
  merge: Merge,
  now: () => number = Date.now,
): SharedBudget {
  const kept = guarded(store);
  const keyOf = async (authorization: string | undefined): Promise<string> =>
    `workflow-runs:budget:${await digest(baseUrl, authorization)}`;
  const last = new Map<string, BudgetState>();

  return {
    async read(authorization) {
      return decodeState(await kept.get(await keyOf(authorization)));
    },
    async write(authorization, { told, blockedUntil, blockedBy }) {
      const state = { told, blockedUntil, blockedBy };
      const lasts = Math.max(told?.reset ?? 0, blockedUntil) - now();
      const key = await keyOf(authorization);
      if (lasts <= 0 || !worthTelling(state, last.get(key))) return;
      if (last.size >= maxTold) last.clear();
      last.set(key, state);
      // Another process may know of a longer wait; it must not be forgotten.
      const both = { ...state };
      const others = decodeState(await kept.get(key));
      if (others) merge(both, others);
      await kept.set(key, JSON.stringify(both), Math.ceil(lasts));
    },
  };
}

const maxTold = 100;

/** A new wait, a new window, or a hundredth of the budget used since the last time. */
export function worthTelling(state: BudgetState, last: BudgetState | undefined): boolean {
  return (
    last === undefined ||
    state.blockedUntil > last.blockedUntil ||
    (state.told !== undefined &&
      (last.told === undefined ||
        state.told.reset > last.told.reset ||
        last.told.remaining - state.told.remaining >= state.told.limit / 100))
  );
}

const none: Told = { limit: 0, remaining: 0, reset: 0 };

function decodeState(value: string | undefined): BudgetState | undefined {
  try {
    const state = JSON.parse(value ?? "null") as BudgetState | null;
    const { limit, remaining, reset } = state?.told ?? none;
    return state && [limit, remaining, reset, state.blockedUntil].every(Number.isFinite)
      ? state
      : undefined;
  } catch {
    return undefined;
  }
}
