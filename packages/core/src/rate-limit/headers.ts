import { readRetryAfter, servedAt } from "../middleware/retry-decision.ts";
import type { PlainResponse } from "../transport/response.ts";

/** The hourly budget of a token. Times are milliseconds since 1970. */
export interface Quota {
  limit: number;
  remaining: number;
  reset: number;
}

/** GitHub refused because of a rate limit. */
export interface Refusal {
  /** `primary`: the hourly budget is used up. `secondary`: too many requests in a short time. */
  limit: "primary" | "secondary";
  /** Milliseconds to wait before asking again. */
  wait: number;
}

/** The hourly budget that a response states, or undefined (GHES may have rate limits switched off). */
export function readQuota(headers: Headers): Quota | undefined {
  const read = (name: string): number => Number(headers.get(name) ?? Number.NaN);
  const limit = read("x-ratelimit-limit");
  const remaining = read("x-ratelimit-remaining");
  const reset = read("x-ratelimit-reset") * 1000;
  return limit + remaining + reset >= 0 ? { limit, remaining, reset } : undefined;
}

/**
 * Tells a rate limit from any other 403, and how long to wait. `before` is how many secondary limits came
 * in a row before this one: where GitHub names no time, it asks for a minute, then for longer each time.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function readRefusal(
  { response: { status, headers }, text = "" }: PlainResponse,
  now: number,
  before = 0,
): Refusal | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const limited = status === 429 || /rate limit|abuse/i.test(text);
  const retryAfter = readRetryAfter(headers, now);
  const quota = readQuota(headers);
  // A refusal for want of permission may be the very response that used the budget up: believe its message.
  if (quota?.remaining === 0 && (limited || !text)) {
    const wait = retryAfter ?? Math.max(0, quota.reset - servedAt(headers, now));
    return { limit: "primary", wait };
  }
  return limited || retryAfter !== undefined
    ? { limit: "secondary", wait: retryAfter ?? 60_000 * 2 ** before }
    : undefined;
}
