/** What a failed poll means for the next one. */
export type PollFailure =
  | { readonly kind: "transient" }
  | { readonly kind: "not-found" }
  | { readonly kind: "rate-limit"; readonly retryAt: number }
  | { readonly kind: "fatal" };

const transientNames = new Set(["NetworkError", "TimeoutError", "InvalidResponseError"]);

/**
 * Separates a failure that passes from one that stays. By `name` and `status`, because the client is an
 * argument: its error classes may come from another copy of the package.
 */
export function classifyFailure(error: unknown, now: number): PollFailure {
  if (typeof error !== "object" || error === null) return { kind: "fatal" };
  const { name, status, retryAt } = error as {
    name?: unknown;
    status?: unknown;
    retryAt?: unknown;
  };
  if (name === "RateLimitError") {
    const at = retryAt instanceof Date ? retryAt.getTime() : Number(retryAt);
    return { kind: "rate-limit", retryAt: Number.isFinite(at) ? at : now + 60_000 };
  }
  if (typeof name === "string" && transientNames.has(name)) return { kind: "transient" };
  if (typeof status === "number" && (status >= 500 || status === 408 || status === 429)) {
    return { kind: "transient" };
  }
  return { kind: status === 404 ? "not-found" : "fatal" };
}

/**
 * Back-off with jitter: 1–2 s after the first failure, then twice as long each time, up to 30–60 s.
 *
 * @param failures How many polls failed in a row, from 1.
 * @param random In [0, 1).
 * @returns Milliseconds.
 */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(60_000, 1_000 * 2 ** failures);
  return ceiling / 2 + (ceiling / 2) * random;
}
