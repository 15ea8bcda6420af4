import { type Limited, type RateLimit, readRateLimit } from "./rate-limit-headers.ts";

/** What one process tells the others about a token's budget. Times are milliseconds since 1970. */
export interface BudgetState {
  limit: number;
  remaining: number;
  reset: number;
  blockedUntil: number;
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
  /** As GitHub last told it. */
  rateLimit: RateLimit | undefined;
  /** No request before this. */
  blockedUntil = 0;
  /** Which limit said so. */
  blockedBy: "primary" | "secondary" = "primary";
  #nextWrite = 0;
  #spacedUntil = 0;

  /** Milliseconds that a request has to wait from `now`. */
  pause(method: string, now: number): number {
    return Math.max(0, this.blockedUntil - now, method === "GET" ? 0 : this.#nextWrite - now);
  }

  /** A request is about to be sent. Writes are spaced only for a while after GitHub complained. */
  start(method: string, now: number): void {
    if (method !== "GET" && now < this.#spacedUntil) this.#nextWrite = now + writeSpacing;
  }

  /** Takes the budget from an answer's headers; of answers that overtake each other the lowest counts. */
  note(headers: Headers, now: number): void {
    const told = readRateLimit(headers);
    if (!told) return;
    this.#lower(told);
    if (told.remaining > 0) return;
    // Against GitHub's own clock, so that a wrong clock here makes no difference.
    const served = Date.parse(headers.get("date") ?? "") || now;
    this.#hold(now + told.reset.getTime() - served, "primary");
  }

  /** GitHub refused a request. */
  block({ limit, wait }: Limited, now: number): void {
    this.#hold(now + wait, limit);
    if (limit === "secondary") this.#spacedUntil = now + spacingLasts;
  }

  /** Takes over what another process knows. */
  merge(state: BudgetState | undefined): void {
    if (!state) return;
    this.#hold(state.blockedUntil, state.blockedBy);
    this.#lower({ limit: state.limit, remaining: state.remaining, reset: new Date(state.reset) });
  }

  /** What other processes should know. */
  state(): BudgetState {
    const { limit = 0, remaining = 0, reset } = this.rateLimit ?? {};
    const { blockedUntil, blockedBy } = this;
    return { limit, remaining, reset: reset?.getTime() ?? 0, blockedUntil, blockedBy };
  }

  #hold(until: number, by: "primary" | "secondary"): void {
    if (until <= this.blockedUntil) return;
    this.blockedUntil = until;
    this.blockedBy = by;
  }

  #lower(told: RateLimit): void {
    const known = this.rateLimit;
    const newer = !known || told.reset > known.reset;
    if (newer || (+told.reset === +known.reset && told.remaining < known.remaining))
      this.rateLimit = told;
  }
}
