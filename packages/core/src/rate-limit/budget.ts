import { servedAt } from "../transport/http-time.ts";
import type { PlainResponse } from "../transport/response.ts";
import { type Quota, readQuota, readRefusal, type Refusal } from "./headers.ts";

/** What processes share of a token's budget. Times are milliseconds since 1970. */
export interface BudgetState {
  /** The hourly budget as GitHub last stated it. */
  quota?: Quota | undefined;
  /** No request before this. */
  blockedUntil: number;
  /** Which limit said so. */
  blockedBy: "primary" | "secondary";
}

/** What is known of one token's limits. */
export interface Budget extends BudgetState {
  /** No write before this. */
  nextWrite: number;
  /** Until when writes are spaced: for a while after GitHub complained of too many requests. */
  spacedUntil: number;
  /** Refusals in a row; those that came at once, of requests under way together, count as one. */
  refusals: number;
  /** When the last of them came. */
  refusedAt: number;
}

/** The budget of a token that nothing is known of. */
export function newBudget(): Budget {
  return {
    blockedUntil: 0,
    blockedBy: "primary",
    nextWrite: 0,
    spacedUntil: 0,
    refusals: 0,
    refusedAt: 0,
  };
}

/** Merges into `budget` what is newer, what is lower (responses overtake each other), and the longest wait. */
export function merge(budget: BudgetState, { quota, blockedUntil, blockedBy }: BudgetState): void {
  const known = budget.quota;
  if (
    !known ||
    (quota &&
      (quota.reset > known.reset ||
        (quota.reset === known.reset && quota.remaining < known.remaining)))
  )
    budget.quota = quota;
  if (blockedUntil > budget.blockedUntil) Object.assign(budget, { blockedUntil, blockedBy });
}

/**
 * Takes over what the response to a request that was sent at `sentAt` states, and returns the refusal if it is one.
 */
export function update(
  budget: Budget,
  received: PlainResponse,
  sentAt: number,
  now: number,
): Refusal | undefined {
  const { headers } = received.response;
  const quota = readQuota(headers);
  const usedUp = quota?.remaining === 0;
  merge(budget, {
    quota,
    blockedUntil: usedUp ? now + quota.reset - servedAt(headers, now) : 0,
    blockedBy: "primary",
  });
  const together = budget.refusals > 0 && sentAt < budget.refusedAt;
  const refusal = readRefusal(received, now, budget.refusals - (together ? 1 : 0));
  if (!refusal && received.response.ok) budget.refusals = 0;
  if (refusal) {
    if (!together) budget.refusals++;
    budget.refusedAt = now;
    const { limit, wait } = refusal;
    merge(budget, { blockedUntil: now + wait, blockedBy: limit });
    if (limit === "secondary") budget.spacedUntil = now + 5 * 60_000;
  }
  return refusal;
}
