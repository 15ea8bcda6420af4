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
  /** Until when no request may use one of GitHub's other budgets (`search`, `graphql`), which are used up by themselves. */
  others: Map<string, number>;
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
    others: new Map(),
  };
}

/** The name of the budget that a response used. @see https://docs.github.com/en/rest/rate-limit/rate-limit */
export function resourceOf({ response: { headers } }: PlainResponse): string {
  return headers.get("x-ratelimit-resource") ?? "core";
}

/** Until when a request that uses the budget of this name has to wait, and which limit says so. */
export function blockOf(
  { blockedUntil, blockedBy, nextWrite, others }: Budget,
  resource: string,
  write: boolean,
): { until: number; limit: BudgetState["blockedBy"] } {
  const own = others.get(resource) ?? 0;
  const ofToken = resource === "core" || blockedBy === "secondary" ? blockedUntil : 0;
  const until = Math.max(ofToken, write ? nextWrite : 0);
  return own > until ? { until: own, limit: "primary" } : { until, limit: blockedBy };
}

/** Merges into `budget` what is newer, what is lower (responses overtake each other), and the longest wait. */
export function merge(budget: BudgetState, { quota, blockedUntil, blockedBy }: BudgetState): void {
  budget.quota = laterQuota(budget.quota, quota);
  if (blockedUntil > budget.blockedUntil) Object.assign(budget, { blockedUntil, blockedBy });
}

function laterQuota(known: Quota | undefined, quota: Quota | undefined): Quota | undefined {
  if (!known || !quota) return known ?? quota;
  const { reset, remaining } = known;
  const isLater = quota.reset > reset || (quota.reset === reset && quota.remaining < remaining);
  return isLater ? quota : known;
}

/**
 * Takes over what the response to a request that was sent at `sentAt` states, and returns the refusal if it is one.
 *
 * @param resource name of the budget that it used
 */
export function update(
  budget: Budget,
  received: PlainResponse,
  resource: string,
  sentAt: number,
  now: number,
): Refusal | undefined {
  const { headers } = received.response;
  const quota = readQuota(headers, now);
  if (resource === "core") budget.quota = laterQuota(budget.quota, quota);
  if (quota?.remaining === 0)
    block(budget, resource, "primary", now + quota.reset - servedAt(headers, now));
  const together = budget.refusals > 0 && sentAt < budget.refusedAt;
  const refusal = readRefusal(received, now, budget.refusals - (together ? 1 : 0));
  if (refusal) {
    if (!together) budget.refusals++;
    budget.refusedAt = now;
    block(budget, resource, refusal.limit, now + refusal.wait);
    if (refusal.limit === "secondary") budget.spacedUntil = now + 5 * 60_000;
  } else if (received.status < 500) {
    // A 304 or a 404 says as well as a 200 that GitHub responds again.
    budget.refusals = 0;
  }
  return refusal;
}

function block(
  budget: Budget,
  resource: string,
  blockedBy: BudgetState["blockedBy"],
  blockedUntil: number,
): void {
  const { others } = budget;
  if (resource === "core" || blockedBy === "secondary") merge(budget, { blockedUntil, blockedBy });
  else others.set(resource, Math.max(others.get(resource) ?? 0, blockedUntil));
}
