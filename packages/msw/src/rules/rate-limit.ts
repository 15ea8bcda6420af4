/** What a token has used of its hour. */
export interface Budget {
  limit: number;
  used: number;
  /** End of the hour, ms since 1970. */
  resetAt: number;
}

const hour = 3_600_000;

/** The budget that counts now: an hour that is over starts again with nothing used. */
export function currentBudget(budget: Budget | undefined, limit: number, now: number): Budget {
  return budget === undefined || budget.resetAt <= now
    ? { limit, used: 0, resetAt: now + hour }
    : budget;
}

/** The headers GitHub puts on every response. */
export function rateLimitHeaders({ limit, used, resetAt }: Budget): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, limit - used)),
    "x-ratelimit-reset": String(Math.ceil(resetAt / 1000)),
    "x-ratelimit-used": String(Math.min(used, limit)),
    "x-ratelimit-resource": "core",
  };
}
