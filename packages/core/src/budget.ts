import { type Limited, type RateLimit, readRateLimit } from "./rate-limit-headers.ts";
import { servedAt } from "./retry-decision.ts";

/** What one process tells the others about a token's budget. Times are milliseconds since 1970. */
export interface BudgetState {
  limit: number;
  remaining: number;
  reset: number;
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

const writeSpacing = 1000;
const spacingLasts = 300_000;

/** What is known of one token's limits. */
export class Budget {
  /** What other processes should know. */
  state: BudgetState = {
    limit: 0,
    remaining: 0,
    reset: 0,
    blockedUntil: 0,
    blockedBy: "primary",
  };
  #nextWrite = 0;
  #spacedUntil = 0;

  /** As GitHub last told it. */
  get rateLimit(): RateLimit | undefined {
    const { limit, remaining, reset } = this.state;
    return reset ? { limit, remaining, reset: new Date(reset) } : undefined;
  }

  /** Milliseconds that a request has to wait from `now`. */
  pause(method: string, now: number): number {
    return Math.max(this.state.blockedUntil, method === "GET" ? 0 : this.#nextWrite) - now;
  }

  /** A request is about to be sent. Writes are spaced only for a while after GitHub complained. */
  start(method: string, now: number): void {
    if (method !== "GET" && now < this.#spacedUntil) this.#nextWrite = now + writeSpacing;
  }

  /** Takes the budget from an answer's headers. */
  note(headers: Headers, now: number): void {
    const told = readRateLimit(headers);
    if (!told) return;
    const reset = told.reset.getTime();
    const blockedUntil = told.remaining > 0 ? 0 : now + reset - servedAt(headers, now);
    this.merge({ ...told, reset, blockedUntil, blockedBy: "primary" });
  }

  /** GitHub refused a request. */
  block({ limit, wait }: Limited, now: number): void {
    this.merge({ ...this.state, blockedUntil: now + wait, blockedBy: limit });
    if (limit === "secondary") this.#spacedUntil = now + spacingLasts;
  }

  /** Takes over what is newer, what is lower (answers overtake each other), and the longest wait. */
  merge(told: BudgetState | undefined): void {
    const known = this.state;
    if (!told) return;
    const newer =
      told.reset > known.reset || (told.reset === known.reset && told.remaining < known.remaining);
    const { blockedUntil, blockedBy } = told.blockedUntil > known.blockedUntil ? told : known;
    this.state = { ...(newer ? told : known), blockedUntil, blockedBy };
  }
}
