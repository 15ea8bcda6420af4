import type { Job } from "@workflow-runs/core";
import {
  checkOptions,
  checkValue,
  kinds,
  oneOf,
  type OptionKind,
  ParameterError,
} from "@workflow-runs/core/support";
import {
  type ApiJobs,
  logsWithoutArchive,
  openArchiveLogs,
  openAtHand,
} from "./archive/archive-logs.ts";
import { type ArchiveHost, archiveHost, type ArchiveResponse } from "./download/archive-host.ts";
import type { DownloadProgress } from "./download/collect.ts";
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
import { knownMissing, type MissingLogRetry, pauses, whyMissing } from "./missing-log.ts";
import type { RunLogs } from "./model.ts";
import { CorruptArchiveError } from "./zip/errors.ts";
import { type LimitOptions, withDefaults } from "./zip/limits.ts";
import { pickEngine } from "./zip/pick-engine.ts";

/** Options of every way to open logs. */
export interface ReadOptions {
  /** Limits on what the archive may cost, over the defaults. */
  readonly limits?: LimitOptions | undefined;
  /** Called with the bytes received and, where it is known, the bytes in all. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** Options of `openRunLogs` for an archive you already have. */
export interface OpenOptions extends ReadOptions {
  /**
   * Split the jobs' logs into steps where the archive has no step files, which takes reading them once on opening.
   * With false such a job has no steps; its lines are read all the same.
   * @default true
   */
  readonly split?: boolean | undefined;
}

/** Options of `openRunLogs` with a client. */
export interface DownloadOptions extends ReadOptions {
  /** Stops the download, and all reading that is still to come. */
  readonly signal?: AbortSignal | undefined;
  /**
   * `"all"`: jobs that a re-run left out come from the attempts before. `"latest"`: they come from their own logs, one
   * request each, when they are read.
   * @default "latest"
   */
  readonly attempts?: "latest" | "all" | undefined;
  /**
   * Length in bytes from which an archive is not downloaded but read in parts, where its host serves ranges;
   * `Infinity` downloads always.
   * @default 8388608
   */
  readonly partsFrom?: number | undefined;
  /**
   * Milliseconds for which the log of a job that has just ended is requested again: GitHub stores it a little after the
   * job's end.
   * @default 15000
   */
  readonly wait?: number | undefined;
  /**
   * Milliseconds without a byte after which a download counts as broken off, and is taken up again.
   * @default 30000
   */
  readonly idleTimeout?: number | undefined;
  /**
   * The `fetch` for parts of an archive or a job's log, sent to its own host without a token. Everything else goes
   * through the client.
   * @default globalThis.fetch, looked up when the logs are opened
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Opens a log archive you already have, or what `gh run view --log` prints. Steps come from the step files, and
 * where these are missing from what the runner writes where a step starts.
 *
 * @throws {CorruptArchiveError} when the archive is cut off or has no directory; a damaged entry is an error of who
 * reads it
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
 * @throws {CorruptArchiveError} when what came is no archive, also when requested again. Where an archive is cut off or an
 * entry damaged then too, the jobs' own logs are read; where a job has none, a damaged entry is an error of who reads it
 * @throws {ParameterError} core's, for an argument or option that does not exist or cannot be used
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
  checkOptions("openRunLogs", runOrOptions, openOptionKinds);
  const { limits, onProgress, split } = (runOrOptions ?? {}) as OpenOptions;
  const settings = { engine: pickEngine(), limits: withDefaults(limits), split };
  return openAtHand(await byteSourceOf(subject, settings.limits, onProgress), settings);
}

/** What the options of `openRunLogs` for an archive you already have may be. */
export const openOptionKinds: Readonly<Record<keyof OpenOptions, OptionKind>> = {
  limits: kinds.object,
  onProgress: kinds.callback,
  split: kinds.flag,
};

const downloadOptionKinds: Readonly<Record<keyof DownloadOptions, OptionKind>> = {
  limits: kinds.object,
  onProgress: kinds.callback,
  signal: kinds.abortSignal,
  attempts: oneOf("latest", "all"),
  partsFrom: kinds.bytes,
  wait: kinds.milliseconds,
  idleTimeout: kinds.milliseconds,
  fetch: kinds.callback,
};

// What the types refuse, said at run time too; the client checks the run's own parameters.
function checkDownload(subject: unknown, run: unknown, options: DownloadOptions = {}): void {
  if (typeof subject === "string" || isUrl(subject))
    throw new ParameterError(
      `openRunLogs: source: ${JSON.stringify(String(subject))} is a path; openRunLogs of @workflow-runs/logs/node opens files.`,
      { parameter: "source" },
    );
  checkValue("openRunLogs", "source", subject, {
    allows: (source) => typeof Object(source).downloadWorkflowRunLogs === "function",
    words: "a client, or a log archive (bytes, Blob, Response or stream)",
  });
  checkValue("openRunLogs", "run", run, { ...kinds.object, words: "{ owner, repo, run_id }" });
  checkOptions("openRunLogs", options, downloadOptionKinds);
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
        // Its logs were deleted or have expired; what other attempts have is read all the same.
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
  const { wait = 15_000, idleTimeout: idle = 30_000 } = options;
  const settings = { engine: pickEngine(), limits: withDefaults(limits) };
  const { owner, repo } = run;
  const retry = { wait, signal };
  const apiOf = (jobs: readonly Job[]): ApiJobs => ({
    jobs,
    fetchLog: ({ id }) =>
      fetchedJobLog(client, { owner, repo, job_id: id }, { fetch, signal, idle }),
    retry,
  });
  const host = archiveHost({
    request: (headers) => requestArchive(client, run, headers, signal),
    fetch,
    signal,
  });
  const found = await openOrMissing(host, () => listed ?? listJobs(client, run, signal), retry);
  if (!found.opened) return logsWithoutArchive(settings.limits, apiOf(found.jobs));
  let { opened } = found;
  const jobs =
    found.jobs ??
    listed ??
    (await listJobs(client, run, signal).catch(async (error: unknown) => {
      await opened.response.body?.cancel();
      throw error;
    }));
  for (let again = false; ; again = true) {
    try {
      const { source, unpacked } = await openRemote(host, opened, {
        ...settings,
        check: !again,
        partsFrom,
        idle,
        signal,
        onProgress,
      });
      return await openArchiveLogs(source, { ...settings, damaged: again }, apiOf(jobs), unpacked);
    } catch (error) {
      if (!(error instanceof CorruptArchiveError)) throw error;
      // What is no archive at all comes from somebody between, who would send the same for a job's log.
      if (again && (error.code === "not-a-zip" || jobs.length === 0)) throw error;
      if (again) return logsWithoutArchive(settings.limits, apiOf(jobs));
      // GitHub serves a damaged archive now and then, and a whole one the next time. What is damaged then too, hides
      // no other job.
      opened = await host.open();
    }
  }
}

type Found =
  | { readonly opened: ArchiveResponse; readonly jobs?: readonly Job[] }
  | { readonly opened?: undefined; readonly jobs: readonly Job[] };

/**
 * The archive's response, or the jobs of a run that can have no archive: none of its jobs has a log, and each knows
 * why. The archive of a run that has just ended may not be stored yet; it is requested again.
 */
async function openOrMissing(
  host: ArchiveHost,
  list: () => Promise<readonly Job[]> | readonly Job[],
  retry: MissingLogRetry,
): Promise<Found> {
  try {
    return { opened: await host.open() };
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
    // What the list says of why the archive is missing is the better error only when there is a list.
    const jobs = await Promise.resolve(list()).catch(() => []);
    if (jobs.length === 0 || !jobs.every(({ status }) => status === "completed")) throw error;
    if (jobs.every((job) => knownMissing(job))) return { jobs };
    if (!jobs.some((job) => whyMissing(job, error) === "not-stored-yet")) throw error;
    for await (const _ of pauses(retry)) {
      const opened = await host.open().catch((again: unknown) => {
        if ((again as { status?: number }).status !== 404) throw again;
      });
      if (opened) return { opened, jobs };
    }
    throw error;
  }
}
