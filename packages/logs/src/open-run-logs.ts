import type { Job } from "@workflow-runs/core";
import { piecesOf, type Progress } from "./download/collect.ts";
import {
  listJobs,
  type LogClient,
  requestArchive,
  type RunReference,
} from "./download/log-client.ts";
import type { Readable } from "./job-log.ts";
import { byteSourceOf, isLogSource, type LogSource } from "./log-source.ts";
import type { RunLogs } from "./model.ts";
import { openArchiveLogs } from "./open-archive-logs.ts";
import { type Limits, withDefaults } from "./zip/limits.ts";
import { pickEngine } from "./zip/pick-engine.ts";

/** Options of `openRunLogs`. */
export interface OpenOptions {
  /** Limits on what the archive may cost, over the defaults. */
  readonly limits?: Partial<Limits>;
  /** Called with the bytes received and, where the server says it, the bytes in all. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the download and all reading. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the logs of a run: downloads the archive and puts its entries to the jobs and steps of the API.
 *
 * @example
 * const logs = await openRunLogs(github, { owner: "cli", repo: "cli", run_id: 42 });
 * for await (const { step, lines } of logs.failures()) console.log(step?.name, lines.length);
 * @throws {NotFoundError} core's, while the run has not completed, or when its logs were deleted
 * @throws {GoneError} core's, when the logs have expired
 * @throws {CorruptArchiveError} when the archive is damaged
 * @see https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs
 */
export function openRunLogs(
  client: LogClient,
  run: RunReference,
  options?: OpenOptions,
): Promise<RunLogs>;
/**
 * Opens a log archive that is at hand. Steps come from the step files, and where these are missing from what
 * the runner writes where a step starts.
 *
 * @throws {CorruptArchiveError} when the archive is damaged
 */
export function openRunLogs(source: LogSource, options?: OpenOptions): Promise<RunLogs>;
export async function openRunLogs(
  subject: LogClient | LogSource,
  runOrOptions?: RunReference | OpenOptions,
  clientOptions?: OpenOptions,
): Promise<RunLogs> {
  if (isLogSource(subject)) {
    const { limits, onProgress } = (runOrOptions ?? {}) as OpenOptions;
    const reading = { engine: pickEngine(), limits: withDefaults(limits) };
    return openArchiveLogs(await byteSourceOf(subject, reading.limits, onProgress), reading);
  }
  const run = runOrOptions as RunReference;
  const { limits, onProgress, signal } = clientOptions ?? {};
  const reading = { engine: pickEngine(), limits: withDefaults(limits) };
  const response = await requestArchive(subject, run, signal);
  const jobs = await listJobs(subject, run, signal);
  const source = await byteSourceOf(response, reading.limits, onProgress);
  return openArchiveLogs(source, reading, {
    jobs,
    fetchLog: (job) => jobLogOf(subject, run, job, signal),
  });
}

function jobLogOf(
  client: LogClient,
  { owner, repo }: RunReference,
  job: Job,
  signal: AbortSignal | undefined,
): Readable {
  return async function* () {
    const response = await client.downloadJobLogsForWorkflowRun(
      { owner, repo, job_id: job.id },
      { signal },
    );
    if (response.body) yield* piecesOf(response.body);
  };
}
