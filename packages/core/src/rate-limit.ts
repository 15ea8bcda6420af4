import type { Answer } from "./answer.ts";
import { Budget, type SharedBudget } from "./budget.ts";
import type { Environment } from "./environment.ts";
import { RateLimitError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import { checkOption } from "./option-check.ts";
import { type RateLimit, readLimited } from "./rate-limit-headers.ts";
import { Semaphore } from "./semaphore.ts";

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

/** The ring, and what it knows. */
export interface RateLimiter {
  ring: Ring;
  /** The budget as GitHub last told it, of whichever token was used last. */
  current: () => RateLimit | undefined;
}

// A server that answers `Retry-After: 0` for ever must not keep a call for ever.
const maxLimits = 5;
const maxTokens = 100;

/**
 * Waits for GitHub's primary and secondary limits, and bounds how many requests are under way. `shared` opens
 * the budget that other processes share.
 */
export function rateLimiter(
  options: RateLimitOptions | false = {},
  { now, publish, sleep }: Environment,
  shared?: () => Promise<SharedBudget>,
): RateLimiter {
  const { maxWait = 60_000, concurrency = 10, onLimit } = options || { concurrency: Infinity };
  checkOption("rateLimit.maxWait", maxWait, 0);
  checkOption("rateLimit.concurrency", concurrency, 1);
  const slots = new Semaphore(concurrency);
  const budgets = new Map<string, Budget>();
  let latest: Budget | undefined;

  const budgetOf = (authorization = ""): Budget => {
    const known = budgets.get(authorization);
    if (known && known === latest) return known;
    const budget = known ?? new Budget();
    // A token that is renewed every hour must not be remembered for ever: the oldest goes first.
    budgets.delete(authorization);
    budgets.set(authorization, budget);
    if (budgets.size > maxTokens) budgets.delete(budgets.keys().next().value as string);
    return budget;
  };

  const ring: Ring = async (request, next) => {
    const { method, url, signal, call } = request;
    const authorization = request.headers["authorization"];
    const budget = budgetOf(authorization);
    const pauseNow = (): number => (options ? budget.pause(method, now()) : 0);
    let waited = 0;
    let limits = 0;
    let refused: Answer | undefined;

    for (;;) {
      if (shared) budget.merge(await (await shared()).read(authorization));
      const wait = pauseNow();
      if (wait > 0) {
        const { blockedUntil, blockedBy: limit } = budget.state;
        const retryAt = new Date(now() + wait);
        waited += wait;
        if (waited > maxWait) {
          if (refused) return refused;
          throw new RateLimitError(
            `${method} ${url}: not sent, because the ${limit} rate limit lasts until ${retryAt.toISOString()}, longer than rateLimit.maxWait.`,
            { status: 429, data: undefined, retryAt, limit },
          );
        }
        if (blockedUntil > now()) {
          const event = { operation: call.operation, method, url, limit, wait, retryAt };
          publish("limit", event);
          onLimit?.(event);
        }
        // A timer may fire a millisecond before the clock says so.
        await sleep(wait + 1, signal);
        continue;
      }
      await slots.enter(signal);
      try {
        // While this request queued, another one may have met a limit.
        if (pauseNow() > 0) continue;
        budget.start(method, now());
        refused = await next(request);
        latest = budget;
        budget.note(refused.response.headers, now());
        const limited = readLimited(refused, now(), limits++);
        if (limited) budget.block(limited, now());
        if (shared) await (await shared()).write(authorization, budget.state);
        if (!limited || !options || limits > maxLimits) return refused;
      } finally {
        slots.leave();
      }
    }
  };
  return { ring, current: () => latest?.rateLimit };
}
