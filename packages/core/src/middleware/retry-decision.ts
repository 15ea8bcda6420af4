import { readRetryAfter } from "../transport/http-time.ts";

/** True for a status that another try may change; a server that lacks an operation (501) will lack it again. */
export function isFailure(status: number): boolean {
  return (status >= 500 && status !== 501) || status === 408;
}

/** What is known after a failed try. */
export interface FailedTry {
  /** HTTP method, upper case. */
  method: string;
  /** How many tries have been made. */
  tries: number;
  /** The response's headers; absent when there was none. */
  headers?: Headers | undefined;
  /** There was no connection at all, so that GitHub cannot have seen the request. */
  neverSent?: boolean | undefined;
}

/** Limits of the decision. */
export interface RetryLimits {
  limit: number;
  maxDelay: number;
}

/**
 * Milliseconds to wait before the next try, or undefined for "do not try again".
 *
 * What can be repeated without harm is repeated whenever the server failed: all but a POST, which is repeated only
 * when GitHub said so or never saw it: a re-run that was responded to with 502 may have started jobs. Back-off is
 * exponential with full jitter.
 */
export function retryDelay(
  { method, tries, headers, neverSent }: FailedTry,
  { limit, maxDelay }: RetryLimits,
  random: number,
  now: number,
): number | undefined {
  if (tries > limit) return undefined;
  const retryAfter = headers && readRetryAfter(headers, now);
  // Asking sooner than GitHub wants is worse than not asking; asking at once, because it said 0, too.
  if (retryAfter !== undefined)
    return retryAfter <= maxDelay
      ? Math.max(retryAfter, Math.min(maxDelay, 1000 * 2 ** (tries - 1)))
      : undefined;
  return method !== "POST" || neverSent
    ? random * Math.min(maxDelay, 500 * 2 ** (tries - 1))
    : undefined;
}
