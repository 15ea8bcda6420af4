/** When a secondary rate limit says to try again, or undefined for any other error. */
export function secondaryLimit(error: unknown): Date | undefined {
  const { name, limit, retryAt } = (error ?? {}) as {
    name?: string;
    limit?: string;
    retryAt?: Date;
  };
  return name === "RateLimitError" && limit === "secondary" ? retryAt : undefined;
}
