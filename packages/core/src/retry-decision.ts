/** What is known after a failed try. */
export interface FailedTry {
  /** HTTP method, upper case. */
  method: string;
  /** How many tries have been made. */
  tries: number;
  /** The answer's status and headers; absent when there was none. */
  response?: Pick<Response, "status" | "headers"> | undefined;
  /** The platform's error, when there was no answer. */
  error?: unknown;
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
  { method, tries, response, error }: FailedTry,
  { limit, maxDelay }: RetryLimits,
  random: () => number,
  now: number,
): number | undefined {
  if (response && response.status < 500 && response.status !== 408) return undefined;
  if (tries > limit) return undefined;
  const retryAfter = response && readRetryAfter(response.headers, now);
  // Asking sooner than GitHub wants is worse than not asking.
  if (retryAfter !== undefined) return retryAfter <= maxDelay ? retryAfter : undefined;
  return /GET|DELETE/.test(method) || neverSent(error)
    ? random() * Math.min(maxDelay, firstDelay * 2 ** (tries - 1))
    : undefined;
}

/** `Retry-After` in milliseconds: seconds, or an HTTP date, which is taken against the answer's own `Date`. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
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

const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

/** True when a platform's network error says that there was no connection at all. */
export function neverSent(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: string; cause?: unknown };
  return beforeSending.test(code ?? "") || (cause !== undefined && neverSent(cause));
}
