import { failedStep, flakyJobs } from "./flaky.ts";
import { isFailure, ranJobs, type RunHistory } from "./run-history.ts";

/** A failing job of a run, beside the same job in other runs. */
export interface Suspect {
  job: string;
  job_id: number;
  /** The step that failed; null where none did. */
  step: string | null;
  /** How often the job ran in the other runs. */
  executions: number;
  /** How often it failed there in the same step. */
  failures: number;
  /** How many of these passed later on the same commit. */
  flakes: number;
  /** The newest run in which it failed so. */
  last_run_id: number | null;
  /**
   * `mine`: it never failed so elsewhere. `flaky`: it did, and passed on the same commit. `broken`: the newest of the
   * other runs fails so too. `seen`: it did, and not in the newest. `unknown`: the job did not run elsewhere.
   */
  likely: "mine" | "flaky" | "broken" | "seen" | "unknown";
}

/**
 * Whether a run's failures are its own: how often the same job failed in the same step in the other runs, the newest
 * first.
 */
export function suspectsOf(history: RunHistory, others: readonly RunHistory[]): Suspect[] {
  const attempt = history.run.run_attempt ?? 1;
  const flaky = flakyJobs(others);
  return ranJobs(history.jobs)
    .filter(({ conclusion, run_attempt = 1 }) => isFailure(conclusion) && run_attempt === attempt)
    .map((job) => {
      const step = failedStep(job);
      const executions = others.flatMap(({ run, jobs }) =>
        ranJobs(jobs)
          .filter(({ name }) => name === job.name)
          .map((each) => ({ run, job: each })),
      );
      const failures = executions.filter(
        (each) => isFailure(each.job.conclusion) && failedStep(each.job) === step,
      );
      const flakes = flaky
        .filter((each) => each.job === job.name && each.step === step)
        .reduce((sum, each) => sum + each.flakes, 0);
      const [newest] = executions;
      const likely =
        newest === undefined
          ? "unknown"
          : failures.length === 0
            ? "mine"
            : flakes > 0
              ? "flaky"
              : failures.some(({ run }) => run.id === newest.run.id)
                ? "broken"
                : "seen";
      return {
        job: job.name,
        job_id: job.id,
        step,
        executions: executions.length,
        failures: failures.length,
        flakes,
        last_run_id: failures[0]?.run.id ?? null,
        likely,
      };
    });
}
