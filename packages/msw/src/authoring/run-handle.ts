import type { Job, WorkflowRun } from "@workflow-runs/openapi-types";
import { check } from "../input/check.ts";
import { jobBody } from "../responses/job.ts";
import { runBody } from "../responses/run.ts";
import { inAttempt, plannedConclusion } from "../rules/job-plan.ts";
import { runState, type RunState } from "../rules/run-state.ts";
import {
  runConclusion,
  type AttemptRecord,
  type JobConclusion,
  type RepositoryRecord,
  type RunConclusion,
  type RunRecord,
} from "../state/records.ts";
import { repositoryOf, type World } from "./world.ts";

/** One run of the fake, for a test to steer and to look at. */
export interface FakeRun {
  readonly id: number;
  /** The run as the API gives it now. */
  readonly data: WorkflowRun;
  /** The latest attempt's jobs as the API lists them now. */
  readonly jobs: Job[];
  /** Lets a run that was created with a `status`, in which it stays, go on from now. */
  start(): void;
  /**
   * Ends the run now. Jobs that are not over yet end as they were to end, or as `conclusion` says;
   * `"failure"` fails the last of them when none was to fail.
   */
  complete(conclusion?: RunConclusion): void;
  /** Deletes the run, as `DELETE /runs/{run_id}` does. */
  delete(): void;
}

export function runHandle(world: World, id: number): FakeRun {
  const record = (): RunRecord => {
    const run = world.store.run(id);
    if (run === undefined) throw new ReferenceError(`run ${id} is deleted`);
    return run;
  };
  const repositoryNow = (run: RunRecord): RepositoryRecord => repositoryOf(world, run.repositoryId);
  const latest = (run: RunRecord): AttemptRecord => run.attempts.at(-1) as AttemptRecord;
  const state = (run: RunRecord): RunState =>
    runState(run, run.attempts.length, repositoryNow(run).environments, world.now());
  return {
    id,
    get data() {
      const run = record();
      return runBody(run, run.attempts.length, state(run), repositoryNow(run), world.urls);
    },
    get jobs() {
      const run = record();
      const now = world.now();
      return state(run)
        .jobs.filter((job) => job.createdAt <= now)
        .map((job) => jobBody(job, run, run.attempts.length, repositoryNow(run), world.urls, now));
    },
    start() {
      const run = record();
      const attempt = latest(run);
      if (attempt.hold === undefined) return;
      const started = attempt.hold === "in_progress";
      delete attempt.hold;
      const queued = started
        ? Math.max(0, ...run.jobs.map((job) => job.queuedSeconds ?? 2)) * 1000
        : 0;
      attempt.startedAt = world.now() - queued;
      world.store.keep(run);
    },
    complete(conclusion) {
      if (conclusion !== undefined)
        check(runConclusion, conclusion, "complete", { path: "conclusion" });
      const run = record();
      const before = state(run);
      const attempt = latest(run);
      attempt.settledAt = world.now();
      if (conclusion !== undefined) {
        attempt.settledAs = conclusion;
        if (conclusion === "failure") failOne(run, before);
      }
      world.store.keep(run);
    },
    delete() {
      world.store.deleteRun(id);
    },
  };
}

/** Makes the last open job of the latest attempt fail, unless one was going to anyway. */
function failOne(run: RunRecord, before: RunState): void {
  const attempt = run.attempts.length;
  if (run.jobs.some((job) => plannedConclusion(job, attempt) === "failure")) return;
  const open = run.jobs.findLast((job) =>
    before.jobs.some(({ plan, steps }) => plan.name === job.name && steps.length > 0),
  );
  const job = open ?? run.jobs.at(-1);
  if (job === undefined) return;
  const outcomes: JobConclusion[] = Array.from(
    { length: attempt },
    (_, index) => inAttempt(job.conclusion, index + 1) ?? "success",
  );
  outcomes[attempt - 1] = "failure";
  job.conclusion = outcomes;
}
