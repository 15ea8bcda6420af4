import type { Job, WorkflowRun } from "@workflow-runs/core";

/**
 * How long the run's attempt took, from its start to the end of its last job, or has taken so far; undefined when it
 * has not started, or no job of it ran. The run's own `updated_at` is no end: it moves whenever anything changes.
 */
export function runTime(run: WorkflowRun, jobs: readonly Job[], now: number): number | undefined {
  const start = Date.parse(run.run_started_at ?? run.created_at);
  if (run.status !== "completed") {
    return run.status === "in_progress" ? Math.max(0, now - start) : undefined;
  }
  const ends = jobs
    .filter(({ conclusion, completed_at }) => conclusion !== "skipped" && completed_at !== null)
    .map(({ completed_at }) => Date.parse(completed_at ?? ""));
  const took = Math.max(...ends) - start;
  return took >= 0 && Number.isFinite(took) ? took : undefined;
}

/** How long a job took, or has taken so far; undefined when it has not started. */
export function jobTime(job: Job, now: number): number | undefined {
  const start = Date.parse(job.started_at);
  if (job.status === "in_progress") return Math.max(0, now - start);
  if (job.status !== "completed" || job.conclusion === "skipped") return undefined;
  const took = Date.parse(job.completed_at ?? "") - start;
  return Number.isNaN(took) ? undefined : Math.max(0, took);
}
