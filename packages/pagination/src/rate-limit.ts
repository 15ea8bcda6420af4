/** Longest wait for a secondary limit that the client did not wait out by itself, in milliseconds. */
const longestWait = 60_000;

/**
 * When a secondary rate limit says to try again. Undefined for any other error, and for a wait of more than
 * a minute, which is the caller's to decide.
 */
export function secondaryLimit(error: unknown, now: number): Date | undefined {
  const { name, limit, retryAt } = (error ?? {}) as {
    name?: string;
    limit?: string;
    retryAt?: Date;
  };
  if (name !== "RateLimitError" || limit !== "secondary" || !retryAt) return undefined;
  return retryAt.getTime() - now <= longestWait ? retryAt : undefined;
}
