import type { Job, WorkflowRun } from "@workflow-runs/core";

/** A run with what its figures are made of. */
export interface RunHistory {
  /** The run, as its latest attempt has it. */
  run: WorkflowRun;
  /**
   * Its first attempt that ran (an attempt that waited for a maintainer's approval did not); undefined when that is
   * the latest one.
   */
  firstAttempt?: WorkflowRun | undefined;
  /** The jobs of all its attempts: `listJobsForWorkflowRun` with `filter: "all"`. */
  jobs: readonly Job[];
}

/**
 * The jobs that really ran, oldest attempt first. When only failed jobs are run again, GitHub lists the others a second
 * time, with a new id and the new attempt, but with their old times.
 */
export function ranJobs(jobs: readonly Job[]): Job[] {
  const seen = new Set<string>();
  return jobs
    .filter(({ status, conclusion }) => status === "completed" && conclusion !== "skipped")
    .toSorted((a, b) => (a.run_attempt ?? 1) - (b.run_attempt ?? 1))
    .filter(({ name, started_at, completed_at }) => {
      const key = JSON.stringify([name, started_at, completed_at]);
      return !seen.has(key) && seen.add(key);
    });
}

/** Milliseconds from one of GitHub's times to another; undefined where one is missing or they are out of order. */
export function elapsed(
  from: string | null | undefined,
  to: string | null | undefined,
): number | undefined {
  const ms = Date.parse(to ?? "") - Date.parse(from ?? "");
  return ms >= 0 ? ms : undefined;
}

/** Whether it is a failure: of its own, or by its time limit. A run that did not start is counted apart. */
export function isFailure(conclusion: string | null | undefined): boolean {
  return conclusion === "failure" || conclusion === "timed_out";
}
