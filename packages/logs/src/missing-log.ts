import type { Job } from "@workflow-runs/core";
import { checkValue, kinds, type Sleep, sleep } from "@workflow-runs/core/support";
import type { Readable } from "./readable.ts";
import type { JobLog, MissingLog } from "./model.ts";

/** Where a job's log is read from, and why there is none, as far as that is known. */
export interface LogState {
  origin: JobLog["origin"];
  missing: MissingLog | undefined;
}

const minute = 60_000;
/** GitHub stores a log a little after its job has ended. */
const storedWithin = 5 * minute;
const moment = 1000;
/** The longest that a repository can keep logs: https://docs.github.com/en/actions/reference/limits */
const longestRetention = 400 * 24 * 60 * minute;

/** What is read of the API's job, to tell why it has no log. */
export type EndedJob = Pick<
  Job,
  "status" | "conclusion" | "started_at" | "completed_at" | "steps" | "runner_name"
>;

/** Why a job can have no log, by what the API says of it alone; undefined when it should have one. */
export function knownMissing(job: EndedJob): "never-began" | "lost-runner" | undefined {
  const { conclusion, started_at } = job;
  if (conclusion === "skipped" || started_at === null) return "never-began";
  // One that was cancelled while it waited for a runner has times all the same, of its own if not of its steps.
  if (conclusion === "cancelled" && !hasBegun(job)) return "never-began";
  return lostStep(job) ? "lost-runner" : undefined;
}

/** Whether a step of it has begun; of a job without steps, whether it had a runner. */
function hasBegun({ steps, runner_name }: EndedJob): boolean {
  if (!steps || steps.length === 0) return steps === undefined && Boolean(runner_name);
  return steps.some(({ status, conclusion, started_at }) =>
    status === "completed"
      ? Boolean(started_at) || (conclusion !== "cancelled" && conclusion !== "skipped")
      : status === "in_progress",
  );
}

/** The step that still ran when the job ended: its runner was lost. */
export function lostStep({
  status,
  steps,
}: EndedJob): NonNullable<Job["steps"]>[number] | undefined {
  return status === "completed" ? steps?.find((step) => step.status === "in_progress") : undefined;
}

/**
 * Why a job has no log, in one place for all who ask. Without an error, by what the API says of the job alone.
 *
 * @param job the API's job
 * @param error what requesting its log has thrown: 404 of GitHub itself says that it was deleted, the storage's
 * `BlobNotFound` that it was never stored, 410 that it has expired
 * @param now in milliseconds since 1970. @default Date.now()
 * @returns undefined when it should have one, or when the error means something else
 * @example
 * const missing = whyMissing(job, error);
 * if (missing === undefined) throw error;
 * @see https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export function whyMissing(
  job: EndedJob,
  error?: unknown,
  now: number = Date.now(),
): MissingLog | undefined {
  checkValue("whyMissing", "job", job, kinds.object);
  checkValue("whyMissing", "now", now, {
    allows: Number.isFinite,
    words: "a time in milliseconds since 1970",
  });
  if (error === undefined) return knownMissing(job);
  const { status } = Object(error) as { status?: unknown };
  if (status === 410) return "expired";
  if (status !== 404) return undefined;
  const known = knownMissing(job);
  if (known) return known;
  const end = job.completed_at ? Date.parse(job.completed_at) : Number.NaN;
  if (job.status !== "completed" || Math.abs(now - end) < storedWithin) return "not-stored-yet";
  if (!hasBegun(job)) return "never-began";
  if (now - end > longestRetention) return "expired";
  return isOfStorage(error) ? "lost-runner" : "deleted";
}

/** Whether the host of the logs said that it has none: core keeps the code of its XML. GitHub's own 404 is JSON. */
function isOfStorage(error: unknown): boolean {
  const { data } = Object(error) as { data?: unknown };
  return typeof data === "string" && /\b(?:BlobNotFound|NoSuchKey)\b/.test(data);
}

/** How a log that is not stored yet is requested again. */
export interface MissingLogRetry {
  /** For how long, in milliseconds. */
  readonly wait: number;
  readonly signal: AbortSignal | undefined;
  readonly now?: () => number;
  readonly sleep?: Sleep;
}

/** The pauses in which a log that is not stored yet is requested again: a second, two, four, until `wait` is over. */
export async function* pauses({
  wait,
  signal,
  sleep: pause = sleep,
}: MissingLogRetry): AsyncGenerator<void, void, undefined> {
  for (let [waited, next] = [0, 1000]; waited < wait; next *= 2) {
    const length = Math.min(next, wait - waited);
    await pause(length, signal);
    waited += length;
    yield;
  }
}

/**
 * The own log of a job of a run. One that is missing is empty, and no error: it must not hide the other jobs' logs. Its
 * state then says why.
 */
export function ownLog(
  log: Readable,
  job: Job,
  retry: MissingLogRetry,
): { readonly log: Readable; readonly state: LogState } {
  const { now = Date.now } = retry;
  const lost = knownMissing(job);
  const state: LogState = { origin: lost ? "none" : "job-log", missing: lost };
  let settled = false;
  let askedAt = -Infinity;
  const read = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    // Its steps are looked for and then read: what was not there a moment ago is missing for both.
    if (settled || now() - askedAt < moment) return;
    const again = pauses(retry);
    for (;;) {
      let began = false;
      try {
        for await (const piece of log()) {
          began = true;
          yield piece;
        }
        Object.assign(state, { origin: "job-log", missing: undefined });
        return;
      } catch (error) {
        const missing = began ? undefined : whyMissing(job, error, now());
        if (missing === undefined) throw error;
        Object.assign(state, { origin: "none", missing });
        settled = missing !== "not-stored-yet";
        if (settled || (await again.next()).done) {
          askedAt = now();
          return;
        }
      }
    }
  };
  return { log: read, state };
}
