import { readNumber, readRetryAfter, servedAt } from "../transport/http-time.ts";
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

/** GitHub's budgets are of an hour; a time that is further off than a day is a mistake, and would block for ever. */
export const longestLimit: number = 24 * 3_600_000;
const longestGrowth = 3_600_000;

/** The hourly budget that a response states, or undefined (GHES may have rate limits switched off). */
export function readQuota(headers: Headers, now: number): Quota | undefined {
  const read = (name: string): number => readNumber(headers.get(name)) ?? Number.NaN;
  const limit = read("x-ratelimit-limit");
  const remaining = read("x-ratelimit-remaining");
  const reset = read("x-ratelimit-reset") * 1000;
  const isSoon = (from: number): boolean => reset - from <= longestLimit;
  return limit >= 0 &&
    remaining >= 0 &&
    reset >= 0 &&
    (isSoon(now) || isSoon(servedAt(headers, now)))
    ? { limit, remaining, reset }
    : undefined;
}

// GitHub's own words over the years, and those of gateways before it.
const throttled =
  /rate.?limit|abuse|too many requests|throttl|slow down|too quickly|too fast|quota|temporarily blocked|try again later|exceeded/i;

/**
 * Tells a rate limit from any other 403, and how long to wait: at least a second, and longer each time, up to an hour.
 * `before` is how many refusals came in a row before this one. Where GitHub names no time, the wait is a minute, then
 * longer; a time that it names counts up to a day.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function readRefusal(
  { status, text = "", response: { headers } }: PlainResponse,
  now: number,
  before = 0,
): Refusal | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const limited = status === 429 || throttled.test(text);
  const retryAfter = readRetryAfter(headers, now);
  const quota = readQuota(headers, now);
  const grown = (first: number): number => Math.min(first * 2 ** before, longestGrowth);
  const stated = (wait: number): number => Math.min(Math.max(wait, grown(1000)), longestLimit);
  // A refusal for want of permission may be the very response that used the budget up: believe its message.
  if (quota?.remaining === 0 && (limited || !text)) {
    return { limit: "primary", wait: stated(retryAfter ?? quota.reset - servedAt(headers, now)) };
  }
  return limited || retryAfter !== undefined
    ? { limit: "secondary", wait: stated(retryAfter ?? grown(60_000)) }
    : undefined;
}
