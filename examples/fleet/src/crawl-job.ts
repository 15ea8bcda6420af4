/** What a job of the queue holds. It is updated after each page, so a worker that dies loses at most one. */
export interface CrawlJob {
  /** `owner/name` */
  repository: string;
  /** Which runs, in GitHub's range syntax, e.g. `>=2026-01-01`. */
  created: string;
  /** Where to go on; absent at the start. */
  cursor?: string;
}

/** Name of the queue in Redis. */
export const queueName = "workflow-runs-crawl";

/** Where the runs of a repository are kept: a Redis hash of run id → JSON. Writing a run twice changes nothing. */
export function runsKey(repository: string): string {
  return `workflow-runs:${repository}`;
}
