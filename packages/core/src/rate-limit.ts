import { sleep } from "./support/abort.ts";
import type { Answer } from "./answer.ts";
import { type Budget, learn, merge, newBudget, type SharedBudget } from "./budget.ts";
import { checkNumber } from "./checks.ts";
import type { Publish } from "./diagnostics.ts";
import { RateLimitError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import { semaphore } from "./semaphore.ts";

/** How rate limits are met. */
export interface RateLimitOptions {
  /** Longest that one call waits for limits in all, in milliseconds; beyond that it rejects with {@link RateLimitError}. Default 60,000. */
  maxWait?: number | undefined;
  /** Requests under way at once, per client. Default 10; GitHub allows 100. */
  concurrency?: number | undefined;
  /** Told before each wait. What it throws ends the call. */
  onLimit?: ((event: LimitEvent) => void) | undefined;
}

/** A request that waits for a rate limit. */
export interface LimitEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** Which limit. */
  limit: "primary" | "secondary";
  /** Milliseconds of the wait. */
  wait: number;
  /** When the request will be sent. */
  retryAt: Date;
}

/** The hourly budget as GitHub last told it. */
export interface RateLimit {
  /** Requests allowed in the window. */
  limit: number;
  /** Requests left. */
  remaining: number;
  /** When the window ends and `remaining` is `limit` again. */
  reset: Date;
}

/** The ring, and what it knows. */
export interface RateLimiter {
  ring: Ring;
  /** The budget as GitHub last told it, of whichever token was used last. */
  current: () => RateLimit | undefined;
}

/**
 * Waits for GitHub's primary and secondary limits, and bounds how many requests are under way. `shared` opens
 * the budget that other processes share.
 */
export function rateLimiter(
  options: RateLimitOptions | false = {},
  publish: Publish | undefined,
  shared?: false | (() => Promise<SharedBudget>),
): RateLimiter {
  const { maxWait = 60_000, concurrency = 10, onLimit } = options || { concurrency: Infinity };
  checkNumber("rateLimit.maxWait", maxWait, 0);
  checkNumber("rateLimit.concurrency", concurrency, 1);
  const enter = semaphore(concurrency);
  const budgets = new Map<string | undefined, Budget>();
  let latest: Budget | undefined;

  const budgetOf = (authorization: string | undefined): Budget => {
    const known = budgets.get(authorization);
    if (known) return known;
    // A token that is renewed every hour must not be remembered for ever: of a hundred the oldest goes first.
    if (budgets.size >= 100) budgets.delete(budgets.keys().next().value);
    const budget = newBudget();
    budgets.set(authorization, budget);
    return budget;
  };

  const ring: Ring = async (request, next) => {
    const { operation, method, url, headers, signal } = request;
    const { authorization } = headers;
    const budget = budgetOf(authorization);
    const writes = method !== "GET";
    const pause = (): number =>
      options ? Math.max(budget.blockedUntil, writes ? budget.nextWrite : 0) - Date.now() : 0;
    let waited = 0;
    let limits = 0;
    let refused: Answer | undefined;

    for (;;) {
      const others = shared && (await (await shared()).read(authorization));
      if (others) merge(budget, others);
      const wait = pause();
      if (wait > 0) {
        const { blockedBy: limit } = budget;
        const retryAt = new Date(Date.now() + wait);
        waited += wait;
        if (waited > maxWait) {
          if (refused) return refused;
          throw new RateLimitError(
            `${method} ${url}: not sent (${limit} rate limit; try again in ${Math.ceil(wait / 1000)} s, or raise rateLimit.maxWait)`,
            { status: 429, retryAt, limit },
          );
        }
        const event = { operation, method, url, limit, wait, retryAt };
        publish?.("limit", event);
        onLimit?.(event);
        request.onLimit?.(event);
        // A timer may fire a millisecond before the clock says so.
        await sleep(wait + 1, signal);
        continue;
      }
      const leave = await enter(signal);
      try {
        // While this request queued, another one may have met a limit.
        if (pause() > 0) continue;
        // A second between writes, once there were too many.
        if (writes && Date.now() < budget.spacedUntil) budget.nextWrite = Date.now() + 1000;
        refused = await next(request);
        latest = budget;
        const limited = learn(budget, refused, Date.now(), limits++);
        if (shared) await (await shared()).write(authorization, budget);
        // A server that answers `Retry-After: 0` for ever must not keep a call for ever.
        if (!limited || !options || limits > 5) return refused;
      } finally {
        leave();
      }
    }
  };
  return {
    ring,
    current: () => latest?.told && { ...latest.told, reset: new Date(latest.told.reset) },
  };
}
