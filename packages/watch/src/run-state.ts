import type { Job, WorkflowRun } from "@workflow-runs/core";

/**
 * Whether the run waits for a person: `waiting` for a deployment review (or another protection rule of an
 * environment), or `action_required`, the approval of a pull request from a fork.
 *
 * @see https://docs.github.com/actions/managing-workflow-runs-and-deployments/managing-deployments/reviewing-deployments
 * @see https://docs.github.com/actions/managing-workflow-runs/approving-workflow-runs-from-public-forks
 */
export function isBlocked(run: Pick<WorkflowRun, "status" | "conclusion">): boolean {
  return (
    run.status === "waiting" ||
    run.status === "action_required" ||
    run.conclusion === "action_required"
  );
}

/**
 * Whether the run came to its end. GitHub calls a run that still needs approval `completed` with the
 * conclusion `action_required`; it has not run yet, so it is not finished.
 */
export function isFinished(run: Pick<WorkflowRun, "status" | "conclusion">): boolean {
  return run.status === "completed" && !isBlocked(run);
}

/** Two polls with the same key show the same state of the run. */
export function runKey(run: WorkflowRun): string {
  return `${run.run_attempt ?? 1}/${run.status}/${run.conclusion}`;
}

/** Two polls with the same key show the same state of the job and of its steps. */
export function jobKey(job: Job): string {
  const steps = job.steps ?? [];
  return [
    `${job.status}/${job.conclusion}`,
    ...steps.map((step) => `${step.number}:${step.status}/${step.conclusion}`),
  ].join(" ");
}

/** Milliseconds since the run's current attempt started, by its own times; never negative. */
export function attemptAge(run: WorkflowRun, now: number): number {
  const started = Date.parse(run.run_started_at ?? run.created_at);
  return Number.isNaN(started) ? 0 : Math.max(0, now - started);
}

/** Whether nothing of the run's current attempt has begun: it is queued, pending, requested, or waits for a person. */
export function isQueued(run: Pick<WorkflowRun, "status" | "conclusion">): boolean {
  return run.status !== "in_progress" && !isFinished(run);
}
