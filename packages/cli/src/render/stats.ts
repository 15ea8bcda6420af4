import type { WorkflowRun } from "@workflow-runs/core";
import { between } from "../terminal/duration.ts";

/** The figures of one workflow, or of all. */
export interface WorkflowStats {
  /** The workflow's name; undefined for all together. */
  workflow: string | undefined;
  /** Runs that came to an end; the others are counted in `unfinished` only. */
  runs: number;
  unfinished: number;
  success: number;
  failure: number;
  /** Cancelled, skipped, neutral, stale, action_required: neither. */
  other: number;
  /** Success after a re-run: `run_attempt` above 1. Often a flaky test. */
  flaky: number;
  /** Share of success among success and failure, 0 to 1; undefined when there is neither. */
  success_rate: number | undefined;
  /** Of the runs that succeeded or failed, their last attempt, in milliseconds; undefined without such runs. */
  median_ms: number | undefined;
  p95_ms: number | undefined;
}

const FAILURES = new Set(["failure", "timed_out", "startup_failure"]);

/** The figures of each workflow, those with the most runs first. */
export function statsByWorkflow(runs: readonly WorkflowRun[]): WorkflowStats[] {
  const groups = new Map<number, WorkflowRun[]>();
  for (const run of runs) {
    const group = groups.get(run.workflow_id);
    if (group === undefined) groups.set(run.workflow_id, [run]);
    else group.push(run);
  }
  return [...groups.values()]
    .map((group) => stats(group, group[0]?.name ?? group[0]?.path))
    .toSorted((a, b) => b.runs + b.unfinished - a.runs - a.unfinished);
}

/** The figures of these runs together. */
export function stats(runs: readonly WorkflowRun[], workflow?: string): WorkflowStats {
  const finished = runs.filter(({ status }) => status === "completed");
  const success = finished.filter(({ conclusion }) => conclusion === "success");
  const failure = finished.filter(({ conclusion }) => FAILURES.has(conclusion ?? ""));
  const decided = [...success, ...failure];
  const times = decided
    .map((run) => between(run.run_started_at ?? run.created_at, run.updated_at))
    .filter((ms) => ms !== undefined)
    .toSorted((a, b) => a - b);
  return {
    workflow,
    runs: finished.length,
    unfinished: runs.length - finished.length,
    success: success.length,
    failure: failure.length,
    other: finished.length - decided.length,
    flaky: success.filter(({ run_attempt = 1 }) => run_attempt > 1).length,
    success_rate: decided.length === 0 ? undefined : success.length / decided.length,
    median_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
  };
}

/** The smallest value that so many of the others do not exceed (nearest rank). */
function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
