import type { JobConclusion, JobPlan, RecordedJob } from "../state/records.ts";
import type { JobTimes } from "./timeline.ts";

/** A job that really ran somewhere, with the times it had. */
export function recordedTimes(job: RecordedJob, attempt: number): JobTimes {
  const never = (text: string | null | undefined): number => (text ? Date.parse(text) : Infinity);
  const startedAt = never(job.started_at);
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
  const createdAt = job.created_at === undefined ? startedAt : Date.parse(job.created_at);
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
  };
}
