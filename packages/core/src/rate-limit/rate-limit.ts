import { RateLimitError } from "../errors/errors.ts";
import type { InnerMiddleware } from "../middleware/chain.ts";
import type { LimitEvent } from "../options/call-options.ts";
import { sleep } from "../support/abort.ts";
import type { Publish } from "../transport/diagnostics.ts";
import { isWrite, pathOf } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";
import { blockOf, type Budget, merge, newBudget, resourceOf, update } from "./budget.ts";
import { semaphore } from "./semaphore.ts";
import type { SharedBudget } from "./shared-budget.ts";

/** How rate limits are met. */
export interface RateLimitOptions {
  /** Longest that one call waits for limits in all, in milliseconds; beyond that it rejects with {@link RateLimitError}. @default 60_000 */
  maxWait?: number | undefined;
  /** Requests under way at once, per client. GitHub allows 100. @default 10 */
  concurrency?: number | undefined;
  /** Called before each wait. What it throws ends the call. */
  onLimit?: ((event: LimitEvent) => void) | undefined;
}

/** The hourly budget as GitHub last stated it. */
export interface RateLimit {
  /** Requests allowed in the hour. */
  limit: number;
  /** Requests left. */
  remaining: number;
  /** When the hour ends and `remaining` is `limit` again. */
  reset: Date;
}

/** The middleware, and what it knows. */
export interface RateLimiter {
  middleware: InnerMiddleware;
  /** The budget as GitHub last stated it, of whichever token was used last. */
  current: () => RateLimit | undefined;
}

/**
 * Waits for GitHub's primary and secondary limits, and bounds how many requests are under way. `shared` is the
 * budget that other processes know of too.
 */
export function rateLimiter(
  options: RateLimitOptions | false = {},
  publish: Publish,
  shared?: SharedBudget,
): RateLimiter {
  const { maxWait = 60_000, concurrency = 10, onLimit } = options || { concurrency: Infinity };
  const enter = semaphore(concurrency);
  const budgets = new Map<string | undefined, Budget>();
  let latest: Budget | undefined;
  // Which paths use another budget than `core`: only a response says so.
  const resources = new Map<string, string>();

  const budgetOf = (authorization: string | undefined): Budget => {
    const known = budgets.get(authorization);
    if (known) return known;
    // A token that is renewed every hour must not be remembered for ever: of a hundred the oldest goes first.
    if (budgets.size >= 100) budgets.delete(budgets.keys().next().value);
    const budget = newBudget();
    budgets.set(authorization, budget);
    return budget;
  };

  const middleware: InnerMiddleware = async (request, next) => {
    const { operation, method, url, headers, signal } = request;
    const { authorization } = headers;
    const budget = budgetOf(authorization);
    const write = isWrite(method);
    const block = (): ReturnType<typeof blockOf> =>
      blockOf(budget, (resources.size > 0 && resources.get(pathOf(url))) || "core", write);
    let waited = 0;
    let refusals = 0;
    let refused: PlainResponse | undefined;

    for (;;) {
      // Without `await` where there is nothing to wait for: this is on the way of every call.
      const state = shared && (await shared.read(authorization));
      if (state) merge(budget, state);
      const { until, limit } = block();
      const wait = options ? until - Date.now() : 0;
      if (wait > 0) {
        const retryAt = new Date(Date.now() + wait);
        waited += wait;
        if (waited > maxWait) {
          if (refused) return refused;
          throw new RateLimitError(
            `${method} ${url}: not sent (${limit} rate limit; try again in ${Math.ceil(wait / 1000)} s, or raise rateLimit.maxWait)`,
            { status: 429, retryAt, limit },
          );
        }
        const event: LimitEvent = { operation, method, url, limit, wait, retryAt };
        publish("limit", () => event);
        onLimit?.(event);
        request.onLimit?.(event);
        // A timer may fire a millisecond before the clock says so.
        await sleep(wait + 1, signal);
        continue;
      }
      const entered = enter(signal);
      const queued = typeof entered !== "function";
      const leave = queued ? await entered : entered;
      try {
        // While this request queued, another one may have met a limit.
        if (queued && block().until > Date.now()) continue;
        // A second between writes, once there were too many.
        if (write && Date.now() < budget.spacedUntil) budget.nextWrite = Date.now() + 1000;
        const sentAt = Date.now();
        refused = await next(request);
        const resource = resourceOf(refused);
        if (resource === "core") latest = budget;
        else if (resources.size < maxResources) resources.set(pathOf(url), resource);
        const now = Date.now();
        const refusal = update(budget, refused, resource, sentAt, now);
        if (refusal) refused = { ...refused, retryAt: now + refusal.wait };
        if (shared) await shared.write(authorization, budget);
        // A server that refuses for ever must not keep a call for ever.
        if (!refusal || !options || ++refusals > 5) return refused;
      } finally {
        leave();
      }
    }
  };
  return {
    middleware,
    current: () => latest?.quota && { ...latest.quota, reset: new Date(latest.quota.reset) },
  };
}

const maxResources = 1000;
