import type { Client, Job, RepositoryClient } from "@workflow-runs/core";
import { listAllJobs, readJobsPages } from "@workflow-runs/core/support";

/** What is used of a client, or of one of its repositories. */
export type LogClient = Pick<
  Client,
  | "downloadWorkflowRunLogs"
  | "downloadWorkflowRunAttemptLogs"
  | "downloadJobLogsForWorkflowRun"
  | "listJobsForWorkflowRun"
  | "listJobsForWorkflowRunAttempt"
>;

/** What is used of a client, or of one of its repositories, for the log of one job. */
export type JobLogClient = Pick<Client, "downloadJobLogsForWorkflowRun" | "getJobForWorkflowRun">;

/** Which run, and which attempt of it, for a client bound to its repository, `github.repository("owner/name")`. */
export interface BoundRunReference {
  /** Account that owns the repository: the client's own, so it may be left out. */
  readonly owner?: string | undefined;
  /** Name of the repository: the client's own, so it may be left out. */
  readonly repo?: string | undefined;
  /** Id of the run. */
  readonly run_id: number;
  /**
   * Number of the attempt, from 1.
   * @default the latest
   */
  readonly attempt_number?: number | undefined;
}

/** Which run, and which attempt of it. */
export interface RunReference extends BoundRunReference {
  /** Account that owns the repository. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repo: string;
}

/** Which job, for a client bound to its repository, `github.repository("owner/name")`. */
export interface BoundJobReference {
  /** Account that owns the repository: the client's own, so it may be left out. */
  readonly owner?: string | undefined;
  /** Name of the repository: the client's own, so it may be left out. */
  readonly repo?: string | undefined;
  /** Id of the job, as in its URL. */
  readonly job_id: number;
}

/** Which job. */
export interface JobReference extends BoundJobReference {
  /** Account that owns the repository. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repo: string;
}

type BoundClient = Pick<RepositoryClient, "downloadJobLogsForWorkflowRun">;

/** What names a run for a client: `BoundRunReference` if it is bound to a repository, else `RunReference`. */
export type RunReferenceOf<C extends LogClient> = [C] extends [BoundClient]
  ? BoundRunReference
  : RunReference;

/** What names a job for a client: `BoundJobReference` if it is bound to a repository, else `JobReference`. */
export type JobReferenceOf<C extends JobLogClient> = [C] extends [BoundClient]
  ? BoundJobReference
  : JobReference;

/** All jobs of a run's latest attempt, or of the requested attempt. */
export function listJobs(
  client: LogClient,
  run: RunReference,
  signal?: AbortSignal,
): Promise<Job[]> {
  if (typeof client.listJobsForWorkflowRun.withResponse === "function")
    return listAllJobs(client, run, { signal });
  // A stand-in for a client, made of plain functions: its pages come without headers.
  const { attempt_number, ...where } = run;
  return readJobsPages(async (page) => {
    const parameters = { ...where, per_page: 100, page };
    const data =
      attempt_number === undefined
        ? await client.listJobsForWorkflowRun(parameters, { signal })
        : await client.listJobsForWorkflowRunAttempt({ ...parameters, attempt_number }, { signal });
    return { data, response: new Response() };
  });
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
