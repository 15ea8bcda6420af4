import { runState } from "../rules/run-state.ts";
import type { JobTimes } from "../rules/job-times.ts";
import { timeline } from "../rules/timeline.ts";
import type { EnvironmentRecord, RunRecord } from "../state/records.ts";

/** One change of a run or of a job that GitHub sends an event for. */
export type Change =
  | { event: "workflow_run"; action: RunAction; at: number; attempt: number }
  | { event: "workflow_job"; action: JobAction; at: number; attempt: number; jobId: number };

/** What happens to a run. */
export type RunAction = "requested" | "in_progress" | "completed";

/** What happens to a job. */
export type JobAction = "queued" | "waiting" | "in_progress" | "completed";

/**
 * At one moment a job ends before those begin that need it; a run begins before its jobs, and ends
 * after them.
 */
const order: Record<Change["event"], Record<string, number>> = {
  workflow_run: { requested: 1, in_progress: 5, completed: 7 },
  workflow_job: { waiting: 2, queued: 3, in_progress: 4, completed: 6 },
};

/**
 * The changes of the latest attempt, in their order, as far as they are decided by now; what has no
 * time yet is not among them.
 *
 * A re-run has no `requested`.
 *
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
export function changesOf(run: RunRecord, environments: readonly EnvironmentRecord[]): Change[] {
  const attempt = run.attempts.length;
  const { startedAt, completedAt } = runState(run, attempt, environments, Number.MAX_VALUE);
  const jobs = timeline(run, attempt, environments).filter(({ ranIn }) => ranIn === attempt);
  const firstStart = Math.min(...jobs.filter(runs).map((job) => job.startedAt));
  const held = run.attempts[attempt - 1]?.hold === "in_progress" && jobs.length === 0;
  const began = new Map(jobs.map(({ id, createdAt }) => [id, createdAt]));
  const rank = (change: Change): number => {
    const lasted = change.event === "workflow_job" && (began.get(change.jobId) ?? 0) < change.at;
    return lasted && change.action === "completed"
      ? 0
      : (order[change.event][change.action] as number);
  };
  const ofRun = (action: RunAction, at: number): Change => ({
    event: "workflow_run",
    action,
    at,
    attempt,
  });
  return [
    ...(attempt === 1 ? [ofRun("requested", startedAt)] : []),
    ofRun("in_progress", held ? startedAt : firstStart),
    ofRun("completed", completedAt),
    ...jobs.flatMap((job) => jobChanges(job, attempt)),
  ]
    .filter(({ at }) => Number.isFinite(at))
    .toSorted((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** Whether a job ever comes onto a runner. */
function runs(job: JobTimes): boolean {
  return job.steps.length > 0;
}

function jobChanges(job: JobTimes, attempt: number): Change[] {
  const change = (action: JobAction, at: number): Change => ({
    event: "workflow_job",
    action,
    at,
    attempt,
    jobId: job.id,
  });
  const waits = job.queuedAt > job.createdAt;
  const queues = runs(job) || job.completedAt > job.queuedAt;
  return [
    ...(waits ? [change("waiting", job.createdAt)] : []),
    ...(queues ? [change("queued", job.queuedAt)] : []),
    ...(runs(job) ? [change("in_progress", job.startedAt)] : []),
    change("completed", job.completedAt),
  ];
}
