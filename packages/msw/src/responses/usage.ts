import type { WorkflowRunUsage } from "@workflow-runs/openapi-types";
import type { JobTimes } from "../rules/job-times.ts";

/** The operating system a job is billed for, undefined on a self-hosted runner. */
export function billedSystem(
  labels: readonly string[],
): "UBUNTU" | "MACOS" | "WINDOWS" | undefined {
  if (labels.includes("self-hosted")) return undefined;
  const label = labels.join(" ").toLowerCase();
  if (label.includes("windows")) return "WINDOWS";
  if (label.includes("macos")) return "MACOS";
  return "UBUNTU";
}

/** Milliseconds of a workflow's finished jobs by operating system, not rounded. */
export function workflowUsageBody(
  jobs: readonly Pick<JobTimes, "plan" | "startedAt" | "completedAt">[],
  billed: boolean,
): { billable: Record<string, { total_ms: number }> } {
  const billable: Record<string, { total_ms: number }> = {};
  for (const { plan, startedAt, completedAt } of jobs) {
    const system = billedSystem(plan.labels);
    if (system === undefined) continue;
    const entry = (billable[system] ??= { total_ms: 0 });
    if (billed) entry.total_ms += completedAt - startedAt;
  }
  return { billable };
}

/**
 * Billable time of one attempt's finished jobs, each rounded up to whole minutes as GitHub bills it.
 * Only private repositories are billed; `run_duration_ms` is there once the run is over.
 */
export function usageBody(
  jobs: readonly JobTimes[],
  options: {
    attempt: number;
    startedAt: number;
    completedAt: number;
    billed: boolean;
    now: number;
  },
): WorkflowRunUsage {
  const billable: WorkflowRunUsage["billable"] = {};
  for (const job of jobs) {
    const system = billedSystem(job.plan.labels);
    const ran =
      job.ranIn === options.attempt && job.steps.length > 0 && job.completedAt <= options.now;
    if (system === undefined || !ran) continue;
    const exact = job.completedAt - job.startedAt;
    const duration = options.billed ? Math.ceil(exact / 60_000) * 60_000 : 0;
    const entry = (billable[system] ??= { total_ms: 0, jobs: 0, job_runs: [] });
    entry.total_ms += duration;
    entry.jobs += 1;
    entry.job_runs?.push({ job_id: job.id, duration_ms: duration });
  }
  return options.completedAt <= options.now
    ? { billable, run_duration_ms: options.completedAt - options.startedAt }
    : { billable };
}
