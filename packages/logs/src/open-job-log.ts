import type { Job } from "@workflow-runs/core";
import {
  checkOptions,
  checkValue,
  kinds,
  type OptionKind,
  ParameterError,
} from "@workflow-runs/core/support";
import { type Encoding, encodingOf, repaired, withoutMark } from "./at-hand-text.ts";
import { createCursors } from "./cursors.ts";
import { fetchedJobLog } from "./download/fetched-job-log.ts";
import type { JobLogClient, JobReference, JobReferenceOf } from "./download/log-client.ts";
import { isDump, jobsOfDump } from "./dump.ts";
import { jobLog, scanLog } from "./job-log.ts";
import type { Readable } from "./readable.ts";
import { byteSourceOf, isLogSource, type LogSource } from "./log-source.ts";
import { pauses, whyMissing } from "./missing-log.ts";
import type { JobLog } from "./model.ts";
import type { ReadOptions } from "./open-run-logs.ts";
import type { JobScan } from "./steps/job-scan.ts";
import { joined } from "./zip/byte-reader.ts";
import { type Limits, withDefaults } from "./zip/limits.ts";

/** Options of `openJobLog`. Of the `limits`, `lineLength` and `textSize` apply: a job's own log is not packed. */
export interface JobLogOptions extends ReadOptions {
  /** The API's job, where you have it. @default it is requested */
  readonly job?: Job | undefined;
  /** Stops the download, and all reading that is still to come. */
  readonly signal?: AbortSignal | undefined;
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
   * The `fetch` for the rest of a download that broke off, sent to the log's host without a token. Everything else
   * goes through the client.
   * @default globalThis.fetch, looked up when the log is opened
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Options of `openJobLog` for a log you already have. */
export interface OpenJobOptions extends ReadOptions {
  /** The API's job, whose steps are then found in the log. @default the steps that the log shows */
  readonly job?: Job | undefined;
}

const optionKinds: Readonly<Record<keyof JobLogOptions, OptionKind>> = {
  job: kinds.object,
  signal: kinds.abortSignal,
  wait: kinds.milliseconds,
  idleTimeout: kinds.milliseconds,
  fetch: kinds.callback,
  limits: kinds.object,
  onProgress: kinds.callback,
};

/** What the options of `openJobLog` for a log you already have may be. */
const openKinds: Readonly<Record<keyof OpenJobOptions, OptionKind>> = {
  job: kinds.object,
  limits: kinds.object,
  onProgress: kinds.callback,
};

/**
 * Opens the log of one job, which you already have: its text, bytes, a `Response`, `Blob` or stream; also what
 * `gh run view --job … --log` prints. Bytes are UTF-8, or UTF-16, with its byte order mark or without. Lines without times are read
 * by the runner's markers.
 *
 * @example
 * const job = await openJobLog(await (await fetch(url)).text());
 * for (const { number, name } of job.steps) console.log(number, name);
 * @throws {ParameterError} core's, for a source or an option that cannot be used
 */
export function openJobLog(source: string | LogSource, options?: OpenJobOptions): Promise<JobLog>;
// Behind the other, because TypeScript explains a mistake by the last overload.
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
 * @throws {ParameterError} core's, for an option that does not exist or cannot be used, or when `options.job` is another job
 * @see https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export function openJobLog<C extends JobLogClient>(
  client: C,
  reference: JobReferenceOf<C>,
  options?: JobLogOptions,
): Promise<JobLog>;
export async function openJobLog(
  subject: JobLogClient | string | LogSource,
  referenceOrOptions?: unknown,
  options: JobLogOptions = {},
): Promise<JobLog> {
  if (typeof subject === "string" || isLogSource(subject))
    return atHand(subject, referenceOrOptions as OpenJobOptions | undefined);
  checkValue("openJobLog", "source", subject, {
    allows: (value) =>
      typeof (value as JobLogClient | null | undefined)?.downloadJobLogsForWorkflowRun ===
      "function",
    words: "a client, or a job's log (text, bytes, Blob, Response or stream)",
  });
  checkValue("openJobLog", "reference", referenceOrOptions, {
    allows: (value) => typeof value === "object" && value !== null && "job_id" in value,
    words: "{ owner, repo, job_id }",
  });
  checkOptions("openJobLog", options, optionKinds);
  const { job, signal, onProgress, fetch = globalThis.fetch } = options;
  const { wait = 15_000, idleTimeout: idle = 30_000 } = options;
  // What is left out, the client is bound to and fills in.
  const { owner, repo, job_id } = referenceOrOptions as JobReference;
  const limits = withDefaults(options.limits, "openJobLog");
  if (job && job.id !== job_id)
    throw new ParameterError(
      `openJobLog: job: it is job ${job.id}, and job_id is ${job_id}; give the job that the log is of, or none.`,
      { parameter: "job" },
    );
  const log = fetchedJobLog(subject, { owner, repo, job_id }, { fetch, signal, idle, onProgress });
  // Requested behind the log, which only a completed job has, so that its end is in it.
  const ask = () => subject.getJobForWorkflowRun({ owner, repo, job_id }, { signal });
  const { scan, found } = await scanStored(log, limits, { job, ask, wait, signal });
  const api = job ?? found ?? (await ask());
  return oneJob(log, scan, limits, api);
}

/** Reads a log, which may not be stored yet: then it is requested again for a while. */
async function scanStored(
  log: Readable,
  limits: Limits,
  {
    job,
    ask,
    wait,
    signal,
  }: {
    job: Job | undefined;
    ask: () => Promise<Job>;
    wait: number;
    signal: AbortSignal | undefined;
  },
): Promise<{ scan: JobScan; found?: Job | undefined }> {
  const again = pauses({ wait, signal });
  for (let known = job; ;) {
    try {
      return { scan: await scanLog(log, limits), found: known };
    } catch (error) {
      if ((error as { status?: number }).status !== 404) throw error;
      known ??= await ask().catch(() => undefined);
      const justEnded =
        known?.status === "completed" && whyMissing(known, error) === "not-stored-yet";
      if (!justEnded || (await again.next()).done) throw error;
    }
  }
}

async function atHand(source: string | LogSource, options: OpenJobOptions = {}): Promise<JobLog> {
  checkOptions("openJobLog", options, openKinds);
  if (typeof source === "string" && isPath.test(source))
    throw new ParameterError(
      `openJobLog: source: ${JSON.stringify(source)} is a path; openJobLog of @workflow-runs/logs/node opens files.`,
      { parameter: "source" },
    );
  const limits = withDefaults(options.limits, "openJobLog");
  const bytes = await bytesOf(source, limits, options);
  const start = startOf(bytes);
  const encoding = encodingOf(start);
  const head = new TextDecoder(encoding).decode(start);
  if (isDump(head)) return onlyJob(await jobsOfDump(textOf(bytes, encoding), limits), source);
  // A log is read as UTF-8, from where its own first character is.
  const isRead = encoding === "utf-8" && withoutMark(head) === head;
  const log = readable(isRead ? bytes : [toUtf8(withoutMark(repaired(textOf(bytes, encoding))))]);
  return oneJob(log, await scanLog(log, limits), limits, options.job);
}

/** The first bytes, however small the pieces are that a stream comes in. */
function startOf(pieces: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  const first = pieces.filter((piece) => {
    const isWanted = size < startSize;
    size += piece.length;
    return isWanted;
  });
  return joined(first).subarray(0, startSize);
}

const startSize = 4096;

function readable(pieces: readonly Uint8Array[]): Readable {
  return async function* () {
    yield* pieces;
  };
}

function toUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One word that has a folder or a file's ending: no runner writes that alone. */
const isPath = /^\S*(?:[/\\]\S+|\.[a-z]\w*)$/i;

async function bytesOf(
  source: string | LogSource,
  limits: Limits,
  { onProgress }: OpenJobOptions,
): Promise<readonly Uint8Array[]> {
  if (typeof source === "string") return [toUtf8(source)];
  const whole = await byteSourceOf(source, limits, onProgress);
  const pieces: Uint8Array[] = [];
  for await (const piece of whole.bytes(0, whole.size)) pieces.push(piece);
  const first = startOf(pieces);
  if (first[0] === 0x50 && first[1] === 0x4b && (first[2] === 3 || first[2] === 5))
    throw new ParameterError(
      "openJobLog: source: it is a zip archive, of a run's logs; openRunLogs opens it.",
      { parameter: "source" },
    );
  return pieces;
}

function textOf(pieces: readonly Uint8Array[], encoding: Encoding): string {
  const decoder = new TextDecoder(encoding);
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
}

function onlyJob(jobs: readonly JobLog[], source: unknown): JobLog {
  const [job, ...others] = jobs;
  if (job && others.length === 0) return job;
  throw new ParameterError(
    `openJobLog: source: the ${typeof source === "string" ? "text" : "source"} holds the logs of ${jobs.length} jobs; openRunLogs opens it.`,
    { parameter: "source" },
  );
}

function oneJob(log: Readable, scan: JobScan, limits: Limits, api: Job | undefined): JobLog {
  return jobLog({
    name: api?.name ?? scan.jobName ?? "job",
    api,
    state: { origin: "job-log", missing: undefined },
    log,
    files: [],
    scan,
    limits,
    cursors: createCursors(),
  });
}
