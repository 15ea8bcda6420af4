import type { Client, Job } from "@workflow-runs/core";

/** What is used of a client. */
export type LogClient = Pick<
  Client,
  | "downloadWorkflowRunLogs"
  | "downloadWorkflowRunAttemptLogs"
  | "downloadJobLogsForWorkflowRun"
  | "listJobsForWorkflowRun"
  | "listJobsForWorkflowRunAttempt"
>;

/** What is used of a client for the log of one job. */
export type JobLogClient = Pick<Client, "downloadJobLogsForWorkflowRun" | "getJobForWorkflowRun">;

/** Which run, and which attempt of it. */
export interface RunReference {
  /** Account that owns the repository. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repo: string;
  /** Id of the run. */
  readonly run_id: number;
  /** Number of the attempt, from 1. Default: the latest. */
  readonly attempt_number?: number | undefined;
}

/** Which job. */
export interface JobReference {
  /** Account that owns the repository. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repo: string;
  /** Id of the job, as in its URL. */
  readonly job_id: number;
}

/** All jobs of a run's latest attempt, or of the attempt asked for. */
export async function listJobs(
  client: LogClient,
  { owner, repo, run_id, attempt_number }: RunReference,
  signal?: AbortSignal,
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let page = 1; ; page++) {
    const answer =
      attempt_number === undefined
        ? await client.listJobsForWorkflowRun(
            { owner, repo, run_id, per_page: 100, page },
            { signal },
          )
        : await client.listJobsForWorkflowRunAttempt(
            { owner, repo, run_id, attempt_number, per_page: 100, page },
            { signal },
          );
    jobs.push(...answer.jobs);
    if (answer.jobs.length === 0 || jobs.length >= answer.total_count) return jobs;
  }
}

/** The archive's response, its body not yet read. */
export function requestArchive(
  client: LogClient,
  { owner, repo, run_id, attempt_number }: RunReference,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  return attempt_number === undefined
    ? client.downloadWorkflowRunLogs({ owner, repo, run_id }, { headers, signal })
    : client.downloadWorkflowRunAttemptLogs(
        { owner, repo, run_id, attempt_number },
        { headers, signal },
      );
}
