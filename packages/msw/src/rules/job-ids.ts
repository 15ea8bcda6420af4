/** How many job ids a run has for itself: enough for 320 jobs in each of 51 attempts. */
export const jobIdsPerRun = 16_384;

/** Job ids have 11 digits, as GitHub's have. */
export const firstJobId = 50_000_000_000;
