import type { JobConclusion, JobSource, PerAttempt } from "../state/records.ts";
import type { JobPlan, StepPlan } from "./job-times.ts";
import { seeded } from "./seeded.ts";

/** The value that counts in an attempt: the list's last repeats. */
export function inAttempt<T>(value: PerAttempt<T> | undefined, attempt: number): T | undefined {
  if (!Array.isArray(value)) return value as T | undefined;
  const list = value as readonly T[];
  return list[Math.min(attempt, list.length) - 1];
}

const setUp = "Set up job";
const complete = "Complete job";
const isPost = (name: string): boolean => name.startsWith("Post ");

/**
 * What a job will do in one attempt: the author's steps between "Set up job" and "Complete job", with
 * a conclusion and a length for each. When the job is to fail and no step says so, its last
 * step before the clean-up fails.
 */
export function planJob(source: JobSource, runId: number, attempt: number): JobPlan {
  const lostRunner = inAttempt(source.lostRunner, attempt) ?? false;
  const conclusion = lostRunner ? "failure" : (inAttempt(source.conclusion, attempt) ?? "success");
  const own = source.steps ?? [
    { name: "Run actions/checkout@v4" },
    { name: "Run npm ci" },
    { name: "Run npm test" },
    { name: "Post Run actions/checkout@v4" },
  ];
  const middle = own.filter((step) => step.name !== setUp && step.name !== complete);
  const blamed = blamedStep(middle, conclusion, attempt);
  const length = (name: string): number => 1 + (seeded(runId, source.name, name) % 12);
  const steps: StepPlan[] = middle.map((step, index) => {
    return {
      name: step.name,
      seconds: step.seconds ?? (isPost(step.name) ? 1 : length(step.name)),
      conclusion:
        inAttempt(step.conclusion, attempt) ??
        (index === blamed ? stepConclusion(conclusion) : "success"),
      always: step.always ?? isPost(step.name),
      log: inAttempt(step.log, attempt),
      lines: step.lines,
    };
  });
  const edge = (name: string): StepPlan => {
    const edgeStep = own.find((step) => step.name === name);
    return {
      name,
      seconds: edgeStep?.seconds ?? (name === setUp ? 2 : 0),
      conclusion: inAttempt(edgeStep?.conclusion, attempt) ?? "success",
      always: true,
      log: inAttempt(edgeStep?.log, attempt),
    };
  };
  const labels = source.labels ?? ["ubuntu-latest"];
  return {
    name: source.name,
    needs: source.needs ?? [],
    always: source.always ?? false,
    labels,
    runnerName:
      source.runnerName ??
      `GitHub Actions ${1_000_000_000 + (seeded(runId, source.name, attempt) % 1000)}`,
    ...(source.environment === undefined ? {} : { environment: source.environment }),
    queuedSeconds: source.queuedSeconds ?? 2,
    ...(source.timeoutSeconds === undefined ? {} : { timeoutSeconds: source.timeoutSeconds }),
    lostRunner,
    steps: conclusion === "skipped" ? [] : [edge(setUp), ...steps, edge(complete)],
  };
}

function blamedStep(
  steps: NonNullable<JobSource["steps"]>,
  conclusion: JobConclusion,
  attempt: number,
): number {
  if (conclusion === "success" || conclusion === "skipped" || conclusion === "neutral") return -1;
  if (steps.some((step) => (inAttempt(step.conclusion, attempt) ?? "success") === "failure"))
    return -1;
  return steps.findLastIndex((step) => !isPost(step.name) && step.always !== true);
}

function stepConclusion(job: JobConclusion): JobConclusion {
  return job === "failure" || job === "action_required" ? "failure" : "cancelled";
}

/** The conclusion a job's author wrote, or the one its steps lead to. */
export function plannedConclusion(source: JobSource, attempt: number): JobConclusion {
  if (inAttempt(source.lostRunner, attempt) === true) return "failure";
  const written = inAttempt(source.conclusion, attempt);
  if (written !== undefined) return written;
  const failed = source.steps?.some((step) => inAttempt(step.conclusion, attempt) === "failure");
  return failed === true ? "failure" : "success";
}

/**
 * The numbers GitHub gives steps: the main ones count from 1, "Complete job" is twice their number
 * plus one, and the post steps stand right before it.
 */
export function stepNumbers(names: readonly string[]): number[] {
  const posts = names.filter(isPost).length;
  const main = names.filter((name) => !isPost(name) && name !== complete).length;
  let nextMain = 1;
  let nextPost = 2 * main - posts + 1;
  // A job with more post steps than main ones keeps counting instead of going backwards.
  nextPost = Math.max(nextPost, main + 1);
  return names.map((name) => {
    if (name === complete) return Math.max(2 * main + 1, nextPost);
    if (isPost(name)) return nextPost++;
    return nextMain++;
  });
}
