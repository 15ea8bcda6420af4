import type { Job, WorkflowRun } from "@workflow-runs/core";
import { groupBy } from "./group-by.ts";
import { isFailure, ranJobs, type RunHistory } from "./run-history.ts";
import { compare } from "./statistics.ts";
import { workflowOf } from "./unit.ts";

/** A job, or a step of it, that failed and then passed on one commit. */
export interface FlakyJob {
  workflow: string;
  job: string;
  /** The step that failed; null where none did. */
  step: string | null;
  /** How often it failed and later passed on the same commit. */
  flakes: number;
  /** How often the job ran. */
  executions: number;
  /** flakes / executions. */
  rate: number;
  /** The newest of these failures. */
  last: { run_id: number; run_attempt: number; job_id: number; failed_at: string | null };
}

interface Execution {
  run: WorkflowRun;
  job: Job;
}

/**
 * The jobs that failed and then passed though nothing had changed: in a later attempt, or in a later run of the same
 * workflow for the same event on the same commit. The most flaky first.
 */
export function flakyJobs(histories: readonly RunHistory[]): FlakyJob[] {
  const executions = histories.flatMap(({ run, jobs }) =>
    ranJobs(jobs).map((job): Execution => ({ run, job })),
  );
  const ofJob = groupBy(executions, ({ run, job }) => key(run.workflow_id, job.name));
  return [...ofJob.values()]
    .flatMap((all) => flakesOf(all))
    .toSorted(
      (a, b) =>
        b.flakes - a.flakes ||
        b.rate - a.rate ||
        compare(key(a.workflow, a.job, a.step), key(b.workflow, b.job, b.step)),
    );
}

function flakesOf(all: readonly Execution[]): FlakyJob[] {
  const sameCode = groupBy(all, ({ run }) => key(run.head_sha, run.event));
  const failed = [...sameCode.values()].flatMap((executions) => {
    const passed = executions
      .filter(({ job }) => job.conclusion === "success")
      .map(({ job }) => job.started_at)
      .toSorted();
    return executions.filter(
      ({ job }) => isFailure(job.conclusion) && (passed.at(-1) ?? "") > job.started_at,
    );
  });
  const byStep = groupBy(failed, ({ job }) => failedStep(job));
  return [...byStep].map(([step, flakes]) => {
    const { run, job } = flakes.toSorted((a, b) =>
      compare(b.job.started_at, a.job.started_at),
    )[0] as Execution;
    return {
      workflow: workflowOf(run),
      job: job.name,
      step,
      flakes: flakes.length,
      executions: all.length,
      rate: flakes.length / all.length,
      last: {
        run_id: run.id,
        run_attempt: job.run_attempt ?? 1,
        job_id: job.id,
        failed_at: job.completed_at,
      },
    };
  });
}

/** The name of the step that made a job fail: the first that failed, else the one that its runner was lost in. */
export function failedStep({ steps = [] }: Pick<Job, "steps">): string | null {
  const failed =
    steps.find(({ conclusion }) => isFailure(conclusion)) ??
    steps.find(({ status }) => status === "in_progress");
  return failed?.name ?? null;
}

function key(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
