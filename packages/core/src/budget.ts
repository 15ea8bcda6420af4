import type { Answer } from "./answer.ts";
import { type Limited, readBudget, readLimited, type Told } from "./rate-limit-headers.ts";
import { servedAt } from "./retry-decision.ts";

/** What one process tells the others about a token's budget. Times are milliseconds since 1970. */
export interface BudgetState {
  /** The hourly budget as GitHub last told it. */
  told?: Told | undefined;
  /** No request before this. */
  blockedUntil: number;
  /** Which limit said so. */
  blockedBy: "primary" | "secondary";
}

/** Where processes share the budget of a token. Neither method ever rejects for the store's sake. */
export interface SharedBudget {
  read(authorization: string | undefined): Promise<BudgetState | undefined>;
  write(authorization: string | undefined, state: BudgetState): Promise<void>;
}

/** What is known of one token's limits. */
export interface Budget extends BudgetState {
  /** No write before this. */
  nextWrite: number;
  /** Until when writes are spaced: for a while after GitHub complained of too many requests. */
  spacedUntil: number;
}

/** The budget of a token that nothing is known of. */
export function newBudget(): Budget {
  return { blockedUntil: 0, blockedBy: "primary", nextWrite: 0, spacedUntil: 0 };
}

/** How two states become one, in place; see {@link merge}. */
export type Merge = (budget: BudgetState, told: BudgetState) => void;

/** Takes over what is newer, what is lower (answers overtake each other), and the longest wait. */
export function merge(budget: BudgetState, { told, blockedUntil, blockedBy }: BudgetState): void {
  const known = budget.told;
  if (
    !known ||
    (told &&
      (told.reset > known.reset ||
        (told.reset === known.reset && told.remaining < known.remaining)))
  )
    budget.told = told;
  if (blockedUntil > budget.blockedUntil) Object.assign(budget, { blockedUntil, blockedBy });
}

/** Learns from an answer, and tells whether it is a refusal; `before` is how many came in a row before it. */
export function learn(
  budget: Budget,
  answer: Answer,
  now: number,
  before: number,
): Limited | undefined {
  const { headers } = answer.response;
  const told = readBudget(headers);
  const usedUp = told?.remaining === 0;
  merge(budget, {
    told,
    blockedUntil: usedUp ? now + told.reset - servedAt(headers, now) : 0,
    blockedBy: "primary",
  });
  const limited = readLimited(answer, now, before);
  if (limited) {
    const { limit, wait } = limited;
    merge(budget, { blockedUntil: now + wait, blockedBy: limit });
    if (limit === "secondary") budget.spacedUntil = now + 5 * 60_000;
  }
  return limited;
}
