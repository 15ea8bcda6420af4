import type { JobConclusion, RecordedJob, RunStatus } from "../state/records.ts";
import type { JobPlan, JobTimes } from "./job-times.ts";

/** A job that really ran somewhere, with the times it had. */
export function recordedTimes(job: RecordedJob, attempt: number): JobTimes {
  const never = (text: string | null | undefined): number => (text ? Date.parse(text) : Infinity);
  const { status } = job;
  const open = status !== undefined && status !== "completed";
  // A job that has yet to begin has the date of its creation there.
  const startedAt = open && status !== "in_progress" ? Infinity : never(job.started_at);
  const steps = (job.steps ?? []).map((step) => ({
    name: step.name,
    number: step.number,
    startedAt: never(step.started_at),
    completedAt: never(step.completed_at),
    conclusion: (step.conclusion ?? "success") as JobConclusion,
    always: false,
  }));
  const plan: JobPlan = {
    name: job.name,
    needs: [],
    always: false,
    labels: job.labels,
    runnerName: job.runner_name ?? "GitHub Actions 1",
    queuedSeconds: 0,
    lostRunner: false,
    steps: steps.map(({ name, conclusion }) => ({ name, conclusion, seconds: 0, always: false })),
  };
  const createdAt = never(job.created_at ?? job.started_at);
  return {
    id: job.id,
    plan,
    ranIn: job.run_attempt ?? attempt,
    createdAt,
    queuedAt: createdAt,
    startedAt,
    completedAt: never(job.completed_at),
    conclusion: (job.conclusion ?? "success") as JobConclusion,
    steps,
    ...(open ? { recordedStatus: status as RunStatus } : {}),
  };
}
