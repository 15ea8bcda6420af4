/** What is known after a failed try. */
export interface FailedTry {
  /** HTTP method, upper case. */
  method: string;
  /** How many tries have been made. */
  tries: number;
  /** Status of the answer; absent when there was none. */
  status?: number | undefined;
  /** What `Retry-After` asks for, in milliseconds. */
  retryAfter?: number | undefined;
  /** No answer, and it is certain that the request did not reach GitHub. */
  neverSent?: boolean | undefined;
}

/** Limits of the decision. */
export interface RetryLimits {
  limit: number;
  maxDelay: number;
}

const firstDelay = 500;

/**
 * Milliseconds to wait before the next try, or undefined for "do not try again".
 *
 * GET and DELETE may be repeated whenever the server failed; a POST only when GitHub said so or never saw it:
 * a rerun answered with 502 may have started jobs. Back-off is exponential with full jitter.
 */
export function retryDelay(
  failed: FailedTry,
  { limit, maxDelay }: RetryLimits,
  random: () => number,
): number | undefined {
  const { method, tries, status, retryAfter, neverSent } = failed;
  if (tries > limit) return undefined;
  const serverFailed = status === undefined || status >= 500 || status === 408;
  if (!serverFailed) return undefined;
  // Asking sooner than GitHub wants is worse than not asking.
  if (retryAfter !== undefined) return retryAfter <= maxDelay ? retryAfter : undefined;
  if (method !== "GET" && method !== "DELETE" && !neverSent) return undefined;
  return random() * Math.min(maxDelay, firstDelay * 2 ** (tries - 1));
}

/** `Retry-After` in milliseconds: seconds, or an HTTP date, which is taken against the answer's own `Date`. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const wait = Date.parse(value) - (Date.parse(headers.get("date") ?? "") || now);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

/** True when a platform's network error says that there was no connection at all. */
export function neverSent(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return beforeSending.test(String(code)) || (cause !== undefined && neverSent(cause));
}
