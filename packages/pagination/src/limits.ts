/**
 * What GitHub does to long lists, measured and documented at
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export const limits = {
  /** GitHub's greatest `per_page`. */
  perPage: 100,
  /** A search shows its first 1,000 results, and ends there without a word. */
  search: 1000,
  /** A search counts to 2,500: a `total_count` of 2,500 means "2,500 or more". */
  searchCount: 2500,
  /** The database shows and counts the first 40,000 items of a list; 422 past them. */
  list: 40_000,
};

/** With one of these parameters GitHub reads from its search index, without them from its database. */
export const searchParameters: readonly string[] = [
  "actor",
  "branch",
  "check_suite_id",
  "created",
  "event",
  "head_sha",
  "status",
];

/** So many requests in a row without a new item are a list that contradicts itself, not one that moves. */
export const requestsWithoutProgress = 100;
