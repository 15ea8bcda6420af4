import type { BudgetState, SharedBudget } from "./budget.ts";
import { digest } from "./digest.ts";
import { guarded } from "./guarded-store.ts";
import type { KeyValueStore } from "./store.ts";

/**
 * Shares a token's budget through a store, so that when one process is told to wait, all of them wait. Costs
 * one `get` for each request, and a `get` and a `set` more when there is something to tell.
 */
export function sharedBudget(
  store: KeyValueStore,
  baseUrl: string,
  now: () => number = Date.now,
): SharedBudget {
  const kept = guarded(store);
  const keyOf = async (authorization: string | undefined): Promise<string> =>
    `workflow-runs:budget:${await digest(baseUrl, authorization)}`;
  const told = new Map<string, BudgetState>();

  return {
    async read(authorization) {
      return decodeState(await kept.get(await keyOf(authorization)));
    },
    async write(authorization, state) {
      const lasts = Math.max(state.reset, state.blockedUntil) - now();
      const key = await keyOf(authorization);
      if (lasts <= 0 || !worthTelling(state, told.get(key))) return;
      if (told.size >= maxTold) told.clear();
      told.set(key, state);
      // Another process may know of a longer wait; it must not be forgotten.
      const both = merged(state, decodeState(await kept.get(key)));
      await kept.set(key, JSON.stringify(both), Math.ceil(lasts));
    },
  };
}

const maxTold = 100;

/** A new wait, a new window, or a hundredth of the budget used since the last time. */
export function worthTelling(state: BudgetState, told: BudgetState | undefined): boolean {
  return (
    told === undefined ||
    state.blockedUntil > told.blockedUntil ||
    state.reset > told.reset ||
    told.remaining - state.remaining >= state.limit / 100
  );
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
