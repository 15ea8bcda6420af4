/** True for a status that another try may change. */
export function isFailure(status: number): boolean {
  return status >= 500 || status === 408;
}

/** What is known after a failed try. */
export interface FailedTry {
  /** HTTP method, upper case. */
  method: string;
  /** How many tries have been made. */
  tries: number;
  /** The answer's headers; absent when there was none. */
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
 * GET and DELETE may be repeated whenever the server failed; a POST only when GitHub said so or never saw it:
 * a rerun answered with 502 may have started jobs. Back-off is exponential with full jitter.
 */
export function retryDelay(
  { method, tries, headers, neverSent }: FailedTry,
  { limit, maxDelay }: RetryLimits,
  random: number,
  now: number,
): number | undefined {
  if (tries > limit) return undefined;
  const retryAfter = headers && readRetryAfter(headers, now);
  // Asking sooner than GitHub wants is worse than not asking.
  if (retryAfter !== undefined) return retryAfter <= maxDelay ? retryAfter : undefined;
  return /GET|DELETE/.test(method) || neverSent
    ? random * Math.min(maxDelay, 500 * 2 ** (tries - 1))
    : undefined;
}

/** `Retry-After` in milliseconds: seconds, or an HTTP date, which is taken against the answer's own `Date`. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - servedAt(headers, now);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** When an answer was made, by GitHub's own clock, so that a wrong clock here makes no difference. */
export function servedAt(headers: Headers, now: number): number {
  return Date.parse(headers.get("date") ?? "") || now;
}
