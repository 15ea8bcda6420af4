/**
 * What GitHub does to long lists, measured and documented at
 * https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */

/** With one of these parameters GitHub answers from its search index, and stops after 1,000 results. */
export const searchParameters: readonly string[] = [
  "actor",
  "branch",
  "check_suite_id",
  "created",
  "event",
  "head_sha",
  "status",
];

/** A search shows its first 1,000 results, and ends there without a word. */
export const searchWindow = 1000;

/** A search counts to 2,500: a `total_count` of 2,500 means "2,500 or more". */
export const searchTotal = 2500;

/** A list without any of those parameters shows and counts its first 40,000 items; 422 past them. */
export const listTotal = 40_000;

/** GitHub's greatest `per_page`. */
export const maxPerPage = 100;
