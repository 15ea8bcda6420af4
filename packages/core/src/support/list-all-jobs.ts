import type { Client } from "../client/client-types.ts";
import type { CallOptions } from "../options/call-options.ts";
import type { OperationData } from "../client/operation-types.ts";
import { WorkflowRunsError } from "./workflow-runs-error.ts";

/** What is used of a client to list the jobs of a run. */
export type JobsClient = Pick<Client, "listJobsForWorkflowRun" | "listJobsForWorkflowRunAttempt">;

/** Which run, and which attempt of it. */
export interface JobsOf {
  /** Account that owns the repository. */
  readonly owner: string;
  /** Name of the repository. */
  readonly repo: string;
  /** Id of the run. */
  readonly run_id: number;
  /** Number of the attempt, from 1. @default the latest */
  readonly attempt_number?: number | undefined;
}

type JobsPage = OperationData<"listJobsForWorkflowRun">;

/** One page of jobs with its response, as `.withResponse` of core's client resolves to. */
export interface JobsPageResponse {
  readonly data: JobsPage;
  readonly response: Response;
}

const perPage = 100;
/** So many pages in a row without a new job are no list that moves under the reader, but one without an end. */
const pagesWithoutProgress = 3;

/**
 * All jobs of a run, in GitHub's order.
 *
 * @throws {WorkflowRunsError} when the server's pages repeat themselves without end, or are no list of jobs
 * @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export function listAllJobs(
  client: JobsClient,
  { owner, repo, run_id, attempt_number }: JobsOf,
  options?: CallOptions,
): Promise<JobsPage["jobs"]> {
  return readJobsPages((page) =>
    attempt_number === undefined
      ? client.listJobsForWorkflowRun.withResponse(
          { owner, repo, run_id, per_page: perPage, page },
          options,
        )
      : client.listJobsForWorkflowRunAttempt.withResponse(
          { owner, repo, run_id, attempt_number, per_page: perPage, page },
          options,
        ),
  );
}

/**
 * All jobs, from pages that the caller gets. A page may be short though more follow, so the end is proved: by an
 * empty page, by a `Link` header without `rel="next"`, or, where there is no such header, by `total_count`.
 *
 * @param get Gets one page, counted from 1.
 * @throws {WorkflowRunsError} when the pages repeat themselves without end, or are no list of jobs
 */
export async function readJobsPages(
  get: (page: number) => Promise<JobsPageResponse>,
): Promise<JobsPage["jobs"]> {
  const jobs = new Map<number, JobsPage["jobs"][number]>();
  let repeated = 0;
  for (let page = 1; ; page += 1) {
    const { data, response } = await get(page);
    if (!Array.isArray((data as Partial<JobsPage> | null | undefined)?.jobs))
      throw new WorkflowRunsError(
        "The response to the list of jobs has no jobs; it is not GitHub's list. Is `baseUrl` right, or is there a proxy in between?",
      );
    const before = jobs.size;
    for (const job of data.jobs) jobs.set(job.id, job);
    if (data.jobs.length === 0) break;
    const link = response.headers.get("link");
    if (link === null ? jobs.size >= data.total_count : !/\brel="?next\b/.test(link)) break;
    repeated = jobs.size === before ? repeated + 1 : 0;
    if (repeated === pagesWithoutProgress)
      throw new WorkflowRunsError(
        `The list of jobs does not end: pages ${page - repeated + 1} to ${page} hold no job that earlier pages ` +
          `do not hold, and ${data.total_count} jobs are counted, ${jobs.size} listed. Ask again later.`,
      );
  }
  return [...jobs.values()];
}
