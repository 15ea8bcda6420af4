import { digest } from "../cache/digest.ts";
import type { GuardedStore } from "../cache/guarded-store.ts";
import { type BudgetState, merge } from "./budget.ts";
import { longestLimit, type Quota } from "./headers.ts";

/** Where processes share the budget of a token. Neither method ever rejects for the store's sake. */
export interface SharedBudget {
  read(authorization: string | undefined): Promise<BudgetState | undefined>;
  write(authorization: string | undefined, state: BudgetState): Promise<void>;
}

/**
 * Shares a token's budget through a store, so that when one process has to wait, all of them wait. Costs
 * one `get` for each request, and a `get` and a `set` more when there is something to share.
 */
export function sharedBudget(
  store: GuardedStore,
  baseUrl: string,
  now: () => number = Date.now,
): SharedBudget {
  const keyOf = async (authorization: string | undefined): Promise<string> =>
    `workflow-runs:budget:${await digest(baseUrl, authorization)}`;
  const last = new Map<string, BudgetState>();

  return {
    async read(authorization) {
      return decodeState(await store.get(await keyOf(authorization)), now());
    },
    async write(authorization, { quota, blockedUntil, blockedBy }) {
      const state = { quota, blockedUntil, blockedBy };
      const lasts = Math.max(quota?.reset ?? 0, blockedUntil) - now();
      const key = await keyOf(authorization);
      if (lasts <= 0 || !worthSharing(state, last.get(key))) return;
      if (last.size >= maxRemembered) last.clear();
      last.set(key, state);
      // Another process may know of a longer wait; it must not be forgotten.
      const both = { ...state };
      const others = decodeState(await store.get(key), now());
      if (others) merge(both, others);
      await store.set(key, JSON.stringify(both), Math.ceil(lasts));
    },
  };
}

const maxRemembered = 100;

/** A new wait, a new hour, or a hundredth of the budget used since the last time. */
export function worthSharing(state: BudgetState, last: BudgetState | undefined): boolean {
  return (
    last === undefined ||
    state.blockedUntil > last.blockedUntil ||
    (state.quota !== undefined &&
      (last.quota === undefined ||
        state.quota.reset > last.quota.reset ||
        last.quota.remaining - state.quota.remaining >= state.quota.limit / 100))
  );
}

/** A budget that somebody wrote, or undefined for what is none, or would stop requests for longer than any limit lasts. */
function decodeState(value: string | undefined, now: number): BudgetState | undefined {
  try {
    const { quota, blockedUntil, blockedBy } = JSON.parse(value ?? "null") as BudgetState;
    const latest = now + longestLimit;
    const good =
      isAmount(blockedUntil) &&
      blockedUntil <= latest &&
      ["primary", "secondary"].includes(blockedBy) &&
      (quota === undefined ||
        ([quota.limit, quota.remaining, quota.reset].every(isAmount) && quota.reset <= latest));
    if (!good) return undefined;
    const { limit, remaining, reset } = quota ?? {};
    return { quota: quota && ({ limit, remaining, reset } as Quota), blockedUntil, blockedBy };
  } catch {
    return undefined;
  }
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
