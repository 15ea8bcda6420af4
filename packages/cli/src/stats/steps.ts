import { groupBy } from "./group-by.ts";
import { elapsed, isFailure, ranJobs, type RunHistory } from "./run-history.ts";
import { compare, quantile } from "./statistics.ts";
import { workflowOf } from "./unit.ts";

/** Figures of one step of one job. */
export interface StepStatistics {
  workflow: string;
  job: string;
  step: string;
  /** How often it ran. */
  executions: number;
  failures: number;
  /** Milliseconds; null where GitHub gave no times. */
  duration_p50_ms: number | null;
  duration_p95_ms: number | null;
}

/** The figures of every step that ran, in the order of their names. */
export function stepStatistics(histories: readonly RunHistory[]): StepStatistics[] {
  const executions = histories.flatMap(({ run, jobs }) =>
    ranJobs(jobs).flatMap((job) =>
      (job.steps ?? [])
        .filter(({ conclusion }) => conclusion !== null && conclusion !== "skipped")
        .map((step) => ({ workflow: workflowOf(run), job: job.name, step })),
    ),
  );
  const groups = groupBy(executions, ({ workflow, job, step }) =>
    JSON.stringify([workflow, job, step.name]),
  );
  return [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const times = all.map(({ step }) => elapsed(step.started_at, step.completed_at));
      return {
        workflow: first.workflow,
        job: first.job,
        step: first.step.name,
        executions: all.length,
        failures: all.filter(({ step }) => isFailure(step.conclusion)).length,
        duration_p50_ms: quantile(times, 0.5),
        duration_p95_ms: quantile(times, 0.95),
      };
    });
}

/** The steps that take longest, by their 95th percentile. */
export function slowestSteps(steps: readonly StepStatistics[], count: number): StepStatistics[] {
  return steps
    .filter(({ duration_p95_ms }) => (duration_p95_ms ?? 0) > 0)
    .toSorted((a, b) => (b.duration_p95_ms ?? 0) - (a.duration_p95_ms ?? 0))
    .slice(0, count);
}

/** The steps that failed most often. */
export function mostFailingSteps(
  steps: readonly StepStatistics[],
  count: number,
): StepStatistics[] {
  return steps
    .filter(({ failures }) => failures > 0)
    .toSorted((a, b) => b.failures - a.failures)
    .slice(0, count);
}
