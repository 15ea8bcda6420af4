import type { Job } from "@workflow-runs/core";
import { archiveHost } from "./download/archive-host.ts";
import type { Progress } from "./download/collect.ts";
import { fetchedJobLog } from "./download/fetched-job-log.ts";
import {
  type BoundRunReference,
  listJobs,
  type LogClient,
  requestArchive,
  type RunReference,
  type RunReferenceOf,
} from "./download/log-client.ts";
import { openRemote } from "./download/open-remote.ts";
import { withEarlierAttempts } from "./earlier-attempts.ts";
import { byteSourceOf, isLogSource, isUrl, type LogSource } from "./log-source.ts";
import type { RunLogs } from "./model.ts";
import { openArchiveLogs } from "./open-archive-logs.ts";
import { checkOptionNames, LogsOptionError } from "./option-error.ts";
import { CorruptArchiveError } from "./zip/errors.ts";
import { type Limits, withDefaults } from "./zip/limits.ts";
import { pickEngine } from "./zip/pick-engine.ts";

/** What every way to open logs can be told. */
export interface ReadOptions {
  /** Limits on what the archive may cost, over the defaults. */
  readonly limits?: Partial<Limits>;
  /** Called with the bytes received and, where it is known, the bytes in all. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Options of `openRunLogs` for an archive at hand. */
export interface OpenOptions extends ReadOptions {
  /**
   * Split the jobs' logs into steps where the archive has no step files, which takes reading them once on opening.
   * Default true. With false such a job has no steps; its lines are read all the same.
   */
  readonly split?: boolean;
}

/** Options of `openRunLogs` with a client. */
export interface DownloadOptions extends ReadOptions {
  /** Stops the download, and all reading that is still to come. */
  readonly signal?: AbortSignal | undefined;
  /**
   * `"all"`: jobs that a re-run left out come from the attempts before. `"latest"` (default): they come from their
   * own logs, one request each, when they are read.
   */
  readonly attempts?: "latest" | "all";
  /**
   * Length in bytes from which an archive is not downloaded but read in parts, where its host serves ranges.
   * Default 8 MiB; `Infinity` downloads always.
   */
  readonly partsFrom?: number;
  /**
   * The `fetch` for parts of an archive or a job's log, asked of its own host without a token. Default
   * `globalThis.fetch`, looked up when the logs are opened. Everything else goes through the client.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Opens a log archive that is at hand. Steps come from the step files, and where these are missing from what
 * the runner writes where a step starts.
 *
 * @throws {CorruptArchiveError} when the archive is damaged
 */
export function openRunLogs(source: LogSource, options?: OpenOptions): Promise<RunLogs>;
// Behind the other, because TypeScript explains a mistake by the last overload.
/**
 * Opens the logs of a run: downloads the archive and puts its entries to the jobs and steps of the API.
 *
 * @example
 * const logs = await openRunLogs(github, { owner: "cli", repo: "cli", run_id: 42 });
 * for await (const { step, lines } of logs.failures()) console.log(step?.name, lines.length);
 * @throws {NotFoundError} core's, while the run has not completed, or when its logs were deleted
 * @throws {GoneError} core's, when the logs have expired
 * @throws {DownloadError} named `NetworkError`, when the download breaks off and cannot be taken up again
 * @throws {CorruptArchiveError} when the archive is damaged, also when fetched again
 * @throws {LogsOptionError} for an argument or option that does not exist or cannot be used
 * @see https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs
 */
export function openRunLogs<C extends LogClient>(
  client: C,
  run: RunReferenceOf<C>,
  options?: DownloadOptions,
): Promise<RunLogs>;
export async function openRunLogs(
  subject: LogClient | LogSource,
  runOrOptions?: BoundRunReference | OpenOptions,
  options?: DownloadOptions,
): Promise<RunLogs> {
  if (!isLogSource(subject)) {
    checkDownload(subject, runOrOptions, options);
    // What is left out, the client is bound to and fills in.
    return download(subject, runOrOptions as RunReference, options);
  }
  checkOptionNames(runOrOptions as OpenOptions | undefined, openOptionNames);
  const { limits, onProgress, split } = (runOrOptions ?? {}) as OpenOptions;
  const reading = { engine: pickEngine(), limits: withDefaults(limits), split };
  return openArchiveLogs(await byteSourceOf(subject, reading.limits, onProgress), reading);
}

/** The options of `openRunLogs` for an archive at hand. */
export const openOptionNames = { limits: true, onProgress: true, split: true } as const;

const downloadOptionNames = {
  limits: true,
  onProgress: true,
  signal: true,
  attempts: true,
  partsFrom: true,
  fetch: true,
} as const;

// What the types refuse, said at run time too; the client checks the run's own parameters.
function checkDownload(subject: unknown, run: unknown, options: DownloadOptions = {}): void {
  if (typeof subject === "string" || isUrl(subject))
    throw new LogsOptionError(
      "source",
      `${JSON.stringify(String(subject))} is a path; openRunLogs of @workflow-runs/logs/node opens files.`,
    );
  if (typeof (subject as LogClient | null | undefined)?.downloadWorkflowRunLogs !== "function")
    throw new LogsOptionError(
      "source",
      "it is neither a client nor a log archive (bytes, Blob, Response or stream).",
    );
  if (typeof run !== "object" || run === null)
    throw new LogsOptionError("run", "it is missing; give { owner, repo, run_id }.");
  checkOptionNames(options, downloadOptionNames);
  const { attempts = "latest", partsFrom = 0 } = options;
  if (attempts !== "latest" && attempts !== "all")
    throw new LogsOptionError("attempts", `${JSON.stringify(attempts)} is not "latest" or "all".`);
  if (!(typeof partsFrom === "number" && partsFrom >= 0))
    throw new LogsOptionError("partsFrom", `${String(partsFrom)} is not a number of bytes.`);
}

async function download(
  client: LogClient,
  run: RunReference,
  options: DownloadOptions = {},
): Promise<RunLogs> {
  const { signal, attempts = "latest" } = options;
  const opened = await openAttempt(client, run, options);
  if (attempts === "latest") return opened;
  const latest =
    run.attempt_number ?? Math.max(1, ...opened.jobs.map(({ attempt }) => attempt ?? 1));
  const { owner, repo, run_id } = run;
  const at = (attempt_number: number) => ({ owner, repo, run_id, attempt_number });
  return withEarlierAttempts(opened, {
    latest,
    listJobs: (attempt) => listJobs(client, at(attempt), signal),
    open: (attempt, jobs) =>
      openAttempt(client, at(attempt), options, jobs).catch((error: unknown) => {
        // Its logs were deleted or have expired; what other attempts have is given all the same.
        if ([404, 410].includes((error as { status?: number }).status ?? 0)) return undefined;
        throw error;
      }),
  });
}

async function openAttempt(
  client: LogClient,
  run: RunReference,
  options: DownloadOptions,
  listed?: readonly Job[],
): Promise<RunLogs> {
  const { limits, onProgress, signal, partsFrom = 2 ** 23, fetch = globalThis.fetch } = options;
  const reading = { engine: pickEngine(), limits: withDefaults(limits) };
  const host = archiveHost({
    request: (headers) => requestArchive(client, run, headers, signal),
    fetch,
    signal,
  });
  let answer = await host.open();
  const jobs =
    listed ??
    (await listJobs(client, run, signal).catch(async (error: unknown) => {
      await answer.response.body?.cancel();
      throw error;
    }));
  const { owner, repo } = run;
  const fetchLog = ({ id }: Job) =>
    fetchedJobLog(client, { owner, repo, job_id: id }, { fetch, signal });
  for (let again = false; ; again = true) {
    try {
      const source = await openRemote(host, answer, { ...reading, partsFrom, signal, onProgress });
      return await openArchiveLogs(source, reading, { jobs, fetchLog });
    } catch (error) {
      if (again || !(error instanceof CorruptArchiveError)) throw error;
      // GitHub serves a damaged archive now and then, and a whole one the next time.
      answer = await host.open();
    }
  }
}
