import type { EnvironmentRecord, RunConclusion, RunRecord, RunStatus } from "../state/records.ts";
import { inAttempt } from "./job-plan.ts";
import type { JobTimes } from "./job-times.ts";
import { awaitsApproval, timeline } from "./timeline.ts";

/** A run as it is at one moment. */
export interface RunState {
  status: RunStatus;
  conclusion: RunConclusion | null;
  startedAt: number;
  updatedAt: number;
  /** When it ends if nothing happens to it; Infinity for never. */
  completedAt: number;
  /** Every job, also those that GitHub does not list yet because they wait for others. */
  jobs: JobTimes[];
}

/** How an attempt stands at `now`. */
export function runState(
  run: RunRecord,
  attemptNumber: number,
  environments: readonly EnvironmentRecord[],
  now: number,
): RunState {
  const attempt = run.attempts[attemptNumber - 1] as RunRecord["attempts"][number];
  const { startedAt } = attempt;
  if (awaitsApproval(attempt)) {
    // GitHub shows a run that waits for a maintainer as completed with this conclusion.
    return {
      status: "completed",
      conclusion: "action_required",
      startedAt,
      updatedAt: startedAt,
      completedAt: startedAt,
      jobs: [],
    };
  }
  const jobs = timeline(run, attemptNumber, environments);
  const end = jobs.reduce((latest, job) => Math.max(latest, job.completedAt), startedAt);
  const ended = attempt.settledAt ?? attempt.cancelledAt;
  const completedAt =
    jobs.length > 0 ? end : (ended ?? (attempt.hold === undefined ? end : Infinity));
  const updatedAt = lastChange(jobs, attempt.cancelledAt, startedAt, now);
  if (completedAt <= now) {
    const written =
      attempt.settledAs ??
      (attempt.cancelledAt === undefined ? inAttempt(run.conclusion, attemptNumber) : undefined);
    return {
      status: "completed",
      conclusion:
        written ??
        (jobs.length === 0 && attempt.cancelledAt !== undefined
          ? "cancelled"
          : derivedConclusion(jobs)),
      startedAt,
      updatedAt: Math.max(updatedAt, completedAt),
      completedAt,
      jobs,
    };
  }
  return {
    status: recordedStatus(run, attempt) ?? openStatus(jobs, attempt.hold, now),
    conclusion: null,
    startedAt,
    updatedAt,
    completedAt,
    jobs,
  };
}

/** The status a run was recorded with, until somebody tells it to go on. */
function recordedStatus(
  { recorded }: RunRecord,
  { number, hold, cancelledAt }: RunRecord["attempts"][number],
): RunStatus | undefined {
  const same = recorded?.attempt === number && hold !== undefined && cancelledAt === undefined;
  return same ? (recorded.body.status as RunStatus) : undefined;
}

/** The status of one job at `now`. */
export function jobStatus(job: JobTimes, hold: string | undefined, now: number): RunStatus {
  if (job.completedAt <= now) return "completed";
  if (job.recordedStatus !== undefined) return job.recordedStatus;
  if (job.startedAt <= now) return "in_progress";
  if (job.queuedAt > now) return "waiting";
  return hold === "requested" || hold === "pending" ? hold : "queued";
}

function openStatus(jobs: readonly JobTimes[], hold: string | undefined, now: number): RunStatus {
  const listed = new Set(
    jobs.filter((job) => job.createdAt <= now).map((job) => jobStatus(job, hold, now)),
  );
  if (listed.has("in_progress")) return "in_progress";
  if (listed.has("queued")) return listed.has("completed") ? "in_progress" : "queued";
  if (listed.has("waiting")) return "waiting";
  if (hold === "requested" || hold === "pending" || hold === "in_progress") return hold;
  return listed.has("completed") ? "in_progress" : "queued";
}

/** A run fails when one job failed; a skipped job does no harm, unless all were skipped. */
export function derivedConclusion(jobs: readonly Pick<JobTimes, "conclusion">[]): RunConclusion {
  const worst = (["failure", "timed_out", "cancelled", "action_required"] as const).find(
    (conclusion) => jobs.some((job) => job.conclusion === conclusion),
  );
  if (worst !== undefined) return worst;
  if (jobs.length > 0 && jobs.every((job) => job.conclusion === "skipped")) return "skipped";
  if (jobs.length > 0 && jobs.every((job) => job.conclusion === "neutral")) return "neutral";
  return "success";
}

function lastChange(
  jobs: readonly JobTimes[],
  cancelledAt: number | undefined,
  startedAt: number,
  now: number,
): number {
  let latest = startedAt;
  const consider = (at: number | undefined): void => {
    if (at !== undefined && at <= now && at > latest) latest = at;
  };
  consider(cancelledAt);
  for (const job of jobs) {
    consider(job.queuedAt);
    consider(job.startedAt);
    consider(job.completedAt);
  }
  return latest;
}
