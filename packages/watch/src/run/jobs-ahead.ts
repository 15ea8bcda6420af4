import type { Job, WorkflowRun } from "@workflow-runs/core";
import { isFinished } from "../run-state.ts";

/** What a run says of itself. */
export type RunFacts = Pick<WorkflowRun, "status" | "conclusion" | "run_attempt">;

/** What a job says of itself. */
export type JobFacts = Pick<Job, "status" | "run_attempt">;

/**
 * Whether the jobs, requested after the run, show a later moment than it: those of a newer attempt, or in a state
 * that the run's own does not go with. It may be so by rights (all jobs so far are completed, more are to come),
 * so it says "look at the run again", not "this is wrong".
 */
export function jobsAreAhead(run: RunFacts, jobs: readonly JobFacts[]): boolean {
  const attempt = run.run_attempt ?? 1;
  if (jobs.some((job) => (job.run_attempt ?? 1) > attempt)) return true;
  const current = jobs.filter((job) => (job.run_attempt ?? 1) === attempt);
  if (current.length === 0 || isFinished(run)) return false;
  // Nothing of a run that needs approval has run, whatever `status` says.
  if (run.conclusion === "action_required") return true;
  const shown = statusOf(current);
  return shown === "queued" ? run.status === "waiting" : shown !== run.status;
}

/** The status of a run with these jobs. */
function statusOf(jobs: readonly JobFacts[]): string {
  const statuses = new Set<string>(jobs.map(({ status }) => status));
  if (statuses.has("in_progress")) return "in_progress";
  if (statuses.has("waiting")) return "waiting";
  if (!statuses.has("completed")) return "queued";
  return statuses.size === 1 ? "completed" : "in_progress";
}
