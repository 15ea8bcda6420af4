import { withDependents } from "./job-order.ts";
import type { RunState } from "./run-state.ts";
import type { AttemptRecord, RunRecord } from "../state/records.ts";

/** Why GitHub refuses, as its message says it. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 409 | 422;
  message: string;
}

const month = 30 * 86_400_000;
/** GitHub lets a run be re-run this often. */
export const maximumReruns = 50;

/** What a re-run runs again: everything, what failed, or one job. */
export type RerunScope = "all" | "failed" | { job: string };

/**
 * The jobs a re-run runs again, or why there can be none.
 *
 * @see https://docs.github.com/actions/managing-workflow-runs/re-running-workflows-and-jobs
 */
export function rerunJobs(
  run: RunRecord,
  state: RunState,
  scope: RerunScope,
  now: number,
): Pick<AttemptRecord, "runs" | "blocked"> | Refusal {
  const refuse = (message: string): Refusal => ({ status: 403, message });
  if (state.status !== "completed") {
    return refuse(
      typeof scope === "string"
        ? "This workflow is already running"
        : "The workflow run containing this job is already running",
    );
  }
  if (now - run.createdAt > month) {
    return refuse("Unable to retry this workflow run because it was created over a month ago");
  }
  if (run.attempts.length > maximumReruns) {
    return refuse(
      `This workflow run has been retried too many times; ${maximumReruns} is the limit`,
    );
  }
  if (state.conclusion === "startup_failure") return refuse("This workflow run cannot be retried");
  // A fork's run waits again (Apicurio/apicurio-registry#9323), a bot's starts (kubernetes-sigs/prow#798).
  const { blocked } = run.attempts.at(-1) as RunRecord["attempts"][number];
  if (scope === "all") return { runs: "all", ...(blocked === "fork" ? { blocked } : {}) };
  const names =
    scope === "failed"
      ? state.jobs
          .filter(({ conclusion }) => failedConclusions.has(conclusion))
          .map(({ plan }) => plan.name)
      : [scope.job];
  if (names.length === 0) return refuse("This workflow run cannot be retried");
  return { runs: withDependents(run.jobs, names) };
}

const failedConclusions: ReadonlySet<string> = new Set([
  "failure",
  "cancelled",
  "timed_out",
  "action_required",
]);
