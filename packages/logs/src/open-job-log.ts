import type { Job } from "@workflow-runs/core";
import { createCursors } from "./cursors.ts";
import { fetchedJobLog } from "./download/fetched-job-log.ts";
import type { JobLogClient, JobReference, JobReferenceOf } from "./download/log-client.ts";
import { jobLog, scanLog } from "./job-log.ts";
import type { JobLog } from "./model.ts";
import type { ReadOptions } from "./open-run-logs.ts";
import { checkOptionNames, LogsOptionError } from "./option-error.ts";
import { withDefaults } from "./zip/limits.ts";

/** Options of `openJobLog`. Of the `limits`, `lineLength` and `textSize` apply: a job's own log is not packed. */
export interface JobLogOptions extends ReadOptions {
  /** The API's job, where it is at hand. Default: it is asked for, one request. */
  readonly job?: Job | undefined;
  /** Stops the download, and all reading that is still to come. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The `fetch` for the rest of a download that broke off, asked of the log's host without a token. Default
   * `globalThis.fetch`, looked up when the log is opened. Everything else goes through the client.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const optionNames = {
  job: true,
  signal: true,
  fetch: true,
  limits: true,
  onProgress: true,
} as const;

/**
 * Opens the log of one job, which is there as soon as the job has completed, while its run still goes on. It is
 * read once on opening, which finds its steps. Up to 32 MiB are kept in memory; a longer log is fetched again each
 * time it is read.
 *
 * @example
 * const job = await openJobLog(github, { owner: "cli", repo: "cli", job_id: 42 });
 * for await (const { step, text } of job.lines({ levels: ["error"] })) console.log(step?.name, text);
 * @throws {NotFoundError} core's, while the job has not completed, and when it did not run or its log was deleted
 * @throws {GoneError} core's, when the log has expired
 * @throws {DownloadError} named `NetworkError`, when the download breaks off and cannot be taken up again
 * @throws {ArchiveLimitError} when a line is longer than `limits.lineLength`
 * @throws {LogsOptionError} for an option that does not exist or cannot be used, or when `options.job` is another job
 * @see https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export async function openJobLog<C extends JobLogClient>(
  client: C,
  reference: JobReferenceOf<C>,
  options: JobLogOptions = {},
): Promise<JobLog> {
  checkOptionNames(options, optionNames);
  const { job, signal, onProgress, fetch = globalThis.fetch } = options;
  // What is left out, the client is bound to and fills in.
  const { owner, repo, job_id } = reference as JobReference;
  const limits = withDefaults(options.limits);
  if (job && job.id !== job_id)
    throw new LogsOptionError(
      "job",
      `it is job ${job.id}, and job_id is ${job_id}; give the job that the log is of, or none.`,
    );
  const log = fetchedJobLog(client, { owner, repo, job_id }, { fetch, signal, onProgress });
  const scan = await scanLog(log, limits);
  // Asked for behind the log, which only a completed job has, so that its end is in it.
  const api = job ?? (await client.getJobForWorkflowRun({ owner, repo, job_id }, { signal }));
  const cursors = createCursors();
  return jobLog({ name: api.name, api, origin: "job-log", log, files: [], scan, limits, cursors });
}
