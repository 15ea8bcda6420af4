import type {
  AttemptRecord,
  EnvironmentRecord,
  JobConclusion,
  RunRecord,
} from "../state/records.ts";
import { gate } from "./gates.ts";
import { jobOrder } from "./job-order.ts";
import type { JobPlan, JobTimes, StepTimes } from "./job-times.ts";
import { recordedTimes } from "./recorded-job.ts";
import { planJob, plannedConclusion, stepNumbers } from "./job-plan.ts";

/** How each job of an attempt goes, in the author's order, as far as it is decided by now. */
export function timeline(
  run: RunRecord,
  attemptNumber: number,
  environments: readonly EnvironmentRecord[],
): JobTimes[] {
  const attempt = run.attempts[attemptNumber - 1];
  if (attempt === undefined || awaitsApproval(attempt)) return [];
  if (run.recorded !== undefined && attemptNumber <= run.recorded.attempt) {
    const { jobs, attempt: latest } = run.recorded;
    return jobs
      .filter((job) => (job.run_attempt ?? latest) === attemptNumber)
      .map((job) => stopped(recordedTimes(job, attemptNumber), attempt));
  }
  const before = attempt.runs === "all" ? [] : timeline(run, attemptNumber - 1, environments);
  const jobs: JobTimes[] = Array.from({ length: run.jobs.length });
  const byName = new Map<string, JobTimes[]>();
  for (const index of jobOrder(run.jobs)) {
    const source = run.jobs[index] as RunRecord["jobs"][number];
    const id = run.firstJobId + (attemptNumber - 1) * run.jobs.length + index;
    const earlier = before[index];
    const carried = attempt.runs !== "all" && !attempt.runs.includes(source.name);
    const job =
      carried && earlier !== undefined
        ? { ...earlier, id, createdAt: attempt.startedAt }
        : schedule(
            planJob(source, run.id, attemptNumber),
            plannedConclusion(source, attemptNumber),
            id,
            attempt,
            (source.needs ?? []).flatMap((need) => byName.get(need) ?? []),
            environments,
          );
    jobs[index] = job;
    byName.set(source.name, [...(byName.get(source.name) ?? []), job]);
  }
  return jobs;
}

/** Whether an attempt waits for a maintainer, and has no jobs. */
export function awaitsApproval(attempt: Pick<AttemptRecord, "blocked" | "settledAt">): boolean {
  return attempt.blocked !== undefined && attempt.settledAt === undefined;
}

function schedule(
  plan: JobPlan,
  conclusion: JobConclusion,
  id: number,
  attempt: AttemptRecord,
  needs: readonly JobTimes[],
  environments: readonly EnvironmentRecord[],
): JobTimes {
  const reachedAt = Math.max(attempt.startedAt, ...needs.map((need) => need.completedAt));
  const skipped =
    conclusion === "skipped" ||
    (!plan.always && needs.some((need) => need.conclusion !== "success"));
  const base = { id, plan, ranIn: attempt.number, createdAt: reachedAt };
  if (skipped) {
    return stopped(
      {
        ...base,
        queuedAt: reachedAt,
        startedAt: reachedAt,
        completedAt: reachedAt,
        conclusion: "skipped",
        steps: [],
      },
      attempt,
    );
  }
  const environment = environments.find(({ name }) => name === plan.environment);
  const { opensAt, rejected } = gate(environment, attempt, reachedAt);
  if (rejected) {
    return stopped(
      {
        ...base,
        queuedAt: opensAt,
        startedAt: opensAt,
        completedAt: opensAt,
        conclusion: "failure",
        steps: [],
      },
      attempt,
    );
  }
  const neverStarts = attempt.hold !== undefined && attempt.hold !== "in_progress";
  // A run that is kept in progress is there from its first moment on.
  const queued = attempt.hold === "in_progress" ? 0 : plan.queuedSeconds * 1000;
  const startedAt = neverStarts ? Infinity : opensAt + queued;
  const steps = stepTimes(plan, startedAt, attempt.hold === "in_progress");
  const completedAt = steps.at(-1)?.completedAt ?? startedAt;
  const job = { ...base, queuedAt: opensAt, startedAt, completedAt, conclusion, steps };
  return stopped(plan.lostRunner ? withoutRunner(job) : timedOut(job), attempt);
}

/** A job over its time is cancelled, and so is its run if nothing else failed. */
function timedOut(job: JobTimes): JobTimes {
  const { timeoutSeconds } = job.plan;
  if (timeoutSeconds === undefined || job.startedAt === Infinity) return job;
  return endAt(job, job.startedAt + timeoutSeconds * 1000, 0, () => "cancelled");
}

/** So long GitHub waits for a runner that has gone silent. */
const lostRunnerTimeout = 15 * 60_000;

/**
 * A job whose runner went away: it fails, but the step it was in stays in progress, and those after
 * it pending.
 */
function withoutRunner(job: JobTimes): JobTimes {
  const lost = job.steps.findIndex(({ conclusion }) => conclusion !== "success");
  const inStep = job.steps[lost === -1 ? 0 : lost];
  if (inStep === undefined || job.startedAt === Infinity) return job;
  const completedAt = inStep.startedAt + lostRunnerTimeout;
  const steps = job.steps.map((step, index) =>
    index < lost
      ? step
      : Object.assign({}, step, {
          startedAt: step === inStep ? step.startedAt : Infinity,
          completedAt: Infinity,
        }),
  );
  return { ...job, completedAt, conclusion: "failure", steps };
}

function stepTimes(plan: JobPlan, startedAt: number, held: boolean): StepTimes[] {
  const numbers = stepNumbers(plan.steps.map(({ name }) => name));
  let at = startedAt;
  let failed = false;
  return plan.steps.map((step, index) => {
    const runs = step.always || !failed;
    const stepStart = at;
    // A run held in progress stays in its first real step.
    at += held && index === 1 ? Infinity : runs ? step.seconds * 1000 : 0;
    const conclusion = runs ? step.conclusion : "skipped";
    if (conclusion === "failure" || conclusion === "cancelled") failed = true;
    return {
      name: step.name,
      number: numbers[index] as number,
      startedAt: stepStart,
      completedAt: at,
      conclusion,
      always: step.always,
      log: step.log,
      lines: step.lines,
    };
  });
}

/** What remains of a job when its run is cancelled, or ended by the test's author. */
function stopped(job: JobTimes, attempt: AttemptRecord): JobTimes {
  const cancelled =
    attempt.cancelledAt === undefined
      ? job
      : endAt(job, attempt.cancelledAt, attempt.forced === true ? 0 : 2000, () => "cancelled");
  if (attempt.settledAt === undefined) return cancelled;
  return endAt(cancelled, attempt.settledAt, 0, () => settledConclusion(job, attempt));
}

function settledConclusion(job: JobTimes, attempt: AttemptRecord): JobConclusion {
  const as = attempt.settledAs;
  if (as === undefined || as === "failure") return job.conclusion;
  if (as === "stale" || as === "startup_failure") return "cancelled";
  return as;
}

function endAt(job: JobTimes, at: number, grace: number, conclude: () => JobConclusion): JobTimes {
  if (job.completedAt <= at) return job;
  if (job.startedAt > at) {
    const conclusion = conclude();
    const never = conclusion === "cancelled" || conclusion === "skipped";
    return {
      ...job,
      createdAt: Math.min(job.createdAt, at),
      queuedAt: Math.min(job.queuedAt, at),
      startedAt: at,
      completedAt: at,
      conclusion,
      steps: never
        ? []
        : job.steps.map((step) => ({
            ...step,
            startedAt: at,
            completedAt: at,
            conclusion: finished(step, conclusion),
          })),
    };
  }
  const end = at + grace;
  const conclusion = conclude();
  return {
    ...job,
    completedAt: end,
    conclusion,
    steps: job.steps.map((step) => {
      if (step.completedAt <= at || job.plan.lostRunner) return step;
      const running = step.startedAt <= at;
      return {
        ...step,
        startedAt: Math.min(step.startedAt, end),
        completedAt: end,
        conclusion:
          conclusion === "cancelled"
            ? running
              ? "cancelled"
              : "skipped"
            : finished(step, conclusion),
      };
    }),
  };
}

function finished(step: StepTimes, job: JobConclusion): JobConclusion {
  return job === "success" ? "success" : step.conclusion;
}
