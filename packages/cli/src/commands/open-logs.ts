import type { Job } from "@workflow-runs/core";
import {
  openJobLog,
  openRunLogs,
  whyMissing,
  type JobLog,
  type MissingLog,
} from "@workflow-runs/logs";
import { note } from "../print.ts";
import { downloadLine } from "../render/download-line.ts";
import { didNotStart } from "../render/run-summary.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { countOf } from "../terminal/count.ts";
import { plain } from "../terminal/plain.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import { noteJobError } from "./job-errors.ts";
import type { OpenRun } from "./open-run.ts";
import { jobsOf } from "./view.ts";

/** Logs that were opened: of a run, of those of its jobs that have ended, or of a file. */
export interface OpenedLogs {
  jobs: readonly JobLog[];
  /** The jobs of a run that goes on which have not ended; undefined when the run has. */
  waiting?: readonly Job[];
  close(): Promise<void>;
}

/** The run never started, so it has no logs. */
export class NoLogsError extends Error {
  override readonly name: string = "NoLogsError";
}

/**
 * Opens the logs of a run: its archive, or while it goes on, the logs of those of its jobs that have ended.
 *
 * @throws {NoLogsError} when the run has no job
 */
export async function openLogs(
  session: Session,
  target: OpenRun,
  attempt_number: number | undefined,
): Promise<OpenedLogs> {
  const { run } = target;
  if (run.status !== "completed" && attempt_number === undefined) return endedJobs(session, target);
  return withProgress(session, (onProgress) =>
    orWithoutJobs(session, target, attempt_number, async () =>
      openRunLogs(
        target.github,
        { ...target.params, attempt_number },
        { signal: session.context.signal, fetch: session.context.fetch, onProgress },
      ),
    ),
  );
}

async function endedJobs(session: Session, target: OpenRun): Promise<OpenedLogs> {
  const { signal, fetch } = session.context;
  const { github, params, run } = target;
  const { owner, repo } = params;
  const all = await jobsOf(github, params, undefined, signal);
  const jobs: JobLog[] = [];
  for (const job of all.filter(({ status }) => status === "completed")) {
    if (whyMissing(job) === "never-began") {
      jobs.push(await withoutLog(job, "never-began"));
      continue;
    }
    try {
      const log = await withProgress(session, (onProgress) =>
        openJobLog(github, { owner, repo, job_id: job.id }, { job, signal, fetch, onProgress }),
      );
      jobs.push(log);
    } catch (error) {
      const missing = whyMissing(job, error, session.context.now());
      if (missing) jobs.push(await withoutLog(job, missing));
      else await noteJobError(session, job, error);
    }
  }
  const waiting = all.filter(({ status }) => status !== "completed");
  if (waiting.length > 0) {
    await note(
      session,
      `Run ${run.id} goes on: ${countOf(waiting.length, "job")} of ${all.length} ${waiting.length === 1 ? "has" : "have"} no log before the end (${waiting
        .slice(0, 5)
        .map(({ name }) => plain(name))
        .join(", ")}${waiting.length > 5 ? ", …" : ""}); --follow shows each as it ends.`,
    );
  }
  return { jobs, waiting, close: async () => {} };
}

/** A job without a log, which says why. */
async function withoutLog(job: Job, missing: MissingLog): Promise<JobLog> {
  return { ...(await openJobLog("", { job })), origin: "none", missing };
}

/** Whether an error says that a log is not there: the API's, or that of the host that stores it. */
export function isMissing(error: unknown): boolean {
  const { status } = Object(error) as { status?: unknown };
  return status === 404 || status === 410;
}

/** Where GitHub has no archive: whether that is because the attempt has no jobs. */
export async function orWithoutJobs<Result>(
  { context: { signal } }: Session,
  { github, params, run }: OpenRun,
  attempt_number: number | undefined,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isMissing(error)) throw error;
    const jobs = await jobsOf(github, params, attempt_number, signal);
    throw jobs.length === 0 ? new NoLogsError(didNotStart(run).join("\n")) : error;
  }
}

/** Draws how far a download is. */
export async function withProgress<Result>(
  { context }: Session,
  download: (
    onProgress: (progress: { received: number; total: number | undefined }) => void,
  ) => Promise<Result>,
): Promise<Result> {
  const status = createStatusLine(context.stderr);
  try {
    return await download((progress) => {
      // Drawing is not worth waiting for.
      status.show(downloadLine(progress)).catch(() => {});
    });
  } finally {
    await status.clear().catch(() => {});
  }
}

/**
 * The jobs with this name or id, or all. Of one that has not ended, there is none yet.
 *
 * @throws {UsageError} when there is none, with those there are
 */
export function chooseJobs(
  { jobs, waiting = [] }: OpenedLogs,
  wanted: string | undefined,
): readonly JobLog[] {
  if (wanted === undefined) return jobs;
  const found = jobs.filter(({ name, api }) => name === wanted || String(api?.id) === wanted);
  if (found.length > 0) return found;
  if (waiting.some(({ name, id }) => name === wanted || String(id) === wanted)) return [];
  throw noJob(wanted, [...jobs.map(({ name, api }) => ({ name, id: api?.id })), ...waiting]);
}

/** That a run has no job of this name or id, with those it has. */
export function noJob(
  wanted: string,
  jobs: readonly { readonly name: string; readonly id: number | undefined }[],
): UsageError {
  const names = jobs.map(({ name, id }) => plain(name) + (id === undefined ? "" : ` (${id})`));
  return new UsageError(
    `The run has no job ${JSON.stringify(wanted)}; it has ${names.join(", ") || "none"}.`,
  );
}
