import { checkOptions, kinds, type OptionKind } from "@workflow-runs/core/support";
import { ownMemory } from "../lines/own-memory.ts";
import { lostStep } from "../missing-log.ts";
import type { Failure, FailureKind, FailureOptions, JobLog, LogLine, StepLog } from "../model.ts";
import { usualLines } from "./baseline.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { ReasonFinder } from "./reason-finder.ts";
import { defaultPerStep, rulesWith } from "./reasons-of.ts";
import type { RuleBook } from "./rule-book.ts";
import {
  cancelledSentence,
  lostRunnerSentence,
  missingSentence,
  noStepSentence,
  silentSentence,
  withExitCode,
} from "./sentences.ts";

/** What the options of `failures()` may be. */
export const failureOptionKinds: Readonly<Record<keyof FailureOptions, OptionKind>> = {
  context: {
    allows: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
    words: "a number of lines, 0 or more",
  },
  perStep: kinds.count,
  matchers: {
    allows: (value) => typeof value === "object" && value !== null,
    words: "a list of problem matchers",
  },
  baseline: kinds.object,
  signal: kinds.abortSignal,
};

const mostErrors = 10_000;
const lastWords = 12;
const failing = new Set(["failure", "timed_out"]);

/** The failing steps of some jobs, and why they failed. */
export async function* failuresOf(
  jobs: readonly JobLog[],
  options: FailureOptions = {},
): AsyncGenerator<Failure, void, undefined> {
  checkOptions("failures", options, failureOptionKinds);
  const rules = rulesWith(options.matchers);
  for (const job of jobs) {
    if (!job.api) yield* failuresWithoutApi(job, rules, options);
    else if (failing.has(job.conclusion ?? "")) yield* failuresOfJob(job, rules, options);
    else if (job.conclusion === "cancelled" && !cancelledBySibling(job, jobs)) {
      const stopped = job.steps.find(({ conclusion }) => conclusion === "cancelled");
      const lost = runningStep(job);
      if (stopped) yield await failureOf(job, stopped, "cancelled", rules, options);
      else if (lost) yield await failureOf(job, lost, "lost-runner", rules, options);
    }
  }
}

/** Without a client a step fails when it has `##[error]` lines, and so does what stands before the first step. */
async function* failuresWithoutApi(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): AsyncGenerator<Failure, void, undefined> {
  const steps = new Set<StepLog | undefined>();
  for await (const batch of job.lines({ levels: ["error"], signal: options.signal }).batches())
    for (const { step } of batch) steps.add(step);
  for (const step of steps)
    yield await failureOf(job, step, step ? "failed" : "no-step", rules, options);
}

async function* failuresOfJob(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): AsyncGenerator<Failure, void, undefined> {
  let found = false;
  for (const step of job.steps)
    if (failing.has(step.conclusion ?? "")) {
      found = true;
      yield await failureOf(job, step, "failed", rules, options);
    }
  if (found) return;
  const lost = runningStep(job);
  yield lost
    ? await failureOf(job, lost, "lost-runner", rules, options)
    : await failureOf(job, undefined, "no-step", rules, options);
}

/** The step that still ran when the job ended: its runner was lost. */
function runningStep(job: JobLog): StepLog | undefined {
  const running = job.api && lostStep(job.api);
  return running && job.steps.find(({ number }) => number === running.number);
}

async function failureOf(
  job: JobLog,
  step: StepLog | undefined,
  kind: FailureKind,
  rules: () => RuleBook,
  { context, perStep = defaultPerStep, baseline, signal }: FailureOptions,
): Promise<Failure> {
  const own = ownMemory();
  const isUsual = await usualLines(baseline, job, step, signal);
  const finder = new ReasonFinder<LogLine>(rules(), { keep: own, isUsual, context });
  const errors: LogLine[] = [];
  let omittedErrors = 0;
  for await (const batch of batchesOf(job, step, signal))
    for (const line of batch) {
      finder.add(line);
      if (line.level !== "error") continue;
      if (errors.length < mostErrors) errors.push(own(line));
      else omittedErrors++;
    }
  // What was stopped says in its last words what it was about.
  const last = kind === "cancelled" && context === undefined ? lastWords : undefined;
  const excerpt = excerptOf(finder.end(), { perStep, context, last });
  return {
    job,
    step,
    kind,
    ...wordsOf(job, step, kind, excerpt),
    ...excerpt,
    errors,
    omittedErrors,
  };
}

/** A step's lines. A job without a failing step may say why anywhere; without a client, before its first step. */
async function* batchesOf(
  job: JobLog,
  step: StepLog | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogLine[], void, undefined> {
  const batches = (step ?? job).lines({ signal }).batches();
  if (step || job.api) {
    yield* batches;
    return;
  }
  for await (const batch of batches) {
    const before = batch.filter((line) => !line.step);
    yield before;
    if (before.length < batch.length) return;
  }
}

/** The reason in one line. */
function wordsOf(
  job: JobLog,
  step: StepLog | undefined,
  kind: FailureKind,
  { reasons, lines }: Excerpt<LogLine>,
): Pick<Failure, "reason" | "rule" | "confidence"> {
  const [best] = reasons;
  const found = best && {
    reason: best.rule === "exit-code" ? withExitCode(best.text) : best.text,
    rule: best.rule,
    confidence: best.confidence,
  };
  const known = (reason: string) => ({ reason, rule: undefined, confidence: "high" as const });
  if (kind === "lost-runner" && step) return known(lostRunnerSentence(step));
  if (kind === "cancelled" && step) return known(cancelledSentence(job, step, lines));
  if (lines.length === 0 && job.missing) return known(missingSentence(step, job.missing));
  if (kind === "no-step" && !found) return known(noStepSentence(job));
  return found ?? { reason: silentSentence(lines), rule: undefined, confidence: "low" };
}

/**
 * Whether the job was cancelled because another one of its matrix failed (`fail-fast`): then that one says why. Jobs of
 * one matrix have the name before the parenthesis in common.
 */
function cancelledBySibling(job: JobLog, jobs: readonly JobLog[]): boolean {
  const matrix = matrixOf(job.name);
  const end = timeOf(job.api?.completed_at);
  return (
    matrix !== undefined &&
    jobs.some((other) => {
      const failedAt = timeOf(other.api?.completed_at);
      return (
        other.conclusion === "failure" && matrixOf(other.name) === matrix && failedAt <= end + grace
      );
    })
  );
}

// GitHub cancels the others as soon as one has failed; they take a while to stop.
const grace = 1_000;

function matrixOf(name: string): string | undefined {
  const at = name.lastIndexOf(" (");
  return at > 0 && name.endsWith(")") ? name.slice(0, at) : undefined;
}

function timeOf(date: string | null | undefined): number {
  return date ? Date.parse(date) : Number.NaN;
}
