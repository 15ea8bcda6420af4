import { checkOptions, kinds, type OptionKind } from "@workflow-runs/core/support";
import { ownMemory } from "../lines/own-memory.ts";
import { DownloadError } from "../download/download-error.ts";
import { lostStep } from "../missing-log.ts";
import { readWhole } from "../readable.ts";
import type { Failure, FailureKind, FailureOptions, JobLog, LogLine, StepLog } from "../model.ts";
import { jobsOf, usualLines } from "./baseline.ts";
import { type Excerpt, excerptOf } from "./excerpt.ts";
import { isNotice } from "./dull-lines.ts";
import { type Found, ReasonFinder } from "./reason-finder.ts";
import { defaultPerStep, reasonOptionKinds, rulesWith } from "./reasons-of.ts";
import { completeJob } from "../steps/steps-of-log.ts";
import { CorruptArchiveError } from "../zip/errors.ts";
import { weightOf } from "./rule.ts";
import type { RuleBook } from "./rule-book.ts";
import {
  cancelledSentence,
  exitSentence,
  unreadSentence,
  lostRunnerSentence,
  missingSentence,
  noStepSentence,
  silentSentence,
  timeOut,
} from "./sentences.ts";

/** What the options of `failures()` may be. */
export const failureOptionKinds: Readonly<Record<keyof FailureOptions, OptionKind>> = {
  context: {
    allows: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
    words: "a number of lines, 0 or more",
  },
  ...reasonOptionKinds,
  baseline: {
    allows: (value) => jobsOf(value) !== undefined,
    words: "the logs of a run, or of a job",
  },
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
    else if (job.conclusion === "cancelled") {
      yield* failingSteps(job, rules, options);
      const isVictim = cancelledBySibling(job, jobs) && !(await hasTimedOut(job, options));
      const stopped = isVictim ? undefined : await stoppedStep(job, rules, options);
      if (stopped) yield stopped;
    }
  }
}

/** Without a client a step fails when it has `##[error]` lines, and so does what stands before the first step. */
async function* failuresWithoutApi(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): AsyncGenerator<Failure, void, undefined> {
  const endings = new Map<StepLog | undefined, boolean>();
  try {
    for await (const batch of job.lines({ levels: ["error"], signal: options.signal }).batches())
      for (const line of batch)
        if (!isNotice(line.text))
          endings.set(line.step, line.text.trim() === "The operation was canceled.");
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    yield unreadFailure(job, undefined, "no-step", error);
    return;
  }
  for (const [step, isCancelled] of endings) {
    const kind = isCancelled ? "cancelled" : "failed";
    yield await failureOf(job, step, step ? kind : "no-step", rules, options);
  }
  const guess = endings.size === 0 ? await guessOf(job, rules, options) : undefined;
  if (guess) yield guess;
}

/**
 * Why a job may have failed whose log has neither an error of the runner's nor the runner's end: it is cut, or no runner
 * wrote it. What a tool calls an error in its last step is then taken for the reason, and said to be a guess.
 */
async function guessOf(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): Promise<Failure | undefined> {
  const last = job.steps.at(-1);
  if (last?.name === completeJob) return undefined;
  const failure = await failureOf(job, last, last ? "failed" : "no-step", rules, options);
  const [best] = failure.reasons;
  return best && best.confidence !== "low" ? { ...failure, confidence: "low" } : undefined;
}

async function* failuresOfJob(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): AsyncGenerator<Failure, void, undefined> {
  let found = false;
  for await (const failure of failingSteps(job, rules, options)) {
    found = true;
    yield failure;
  }
  const stopped = await stoppedStep(job, rules, options);
  if (stopped) yield stopped;
  else if (!found) yield await failureOf(job, undefined, "no-step", rules, options);
}

async function* failingSteps(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): AsyncGenerator<Failure, void, undefined> {
  for (const step of job.steps)
    if (failing.has(step.conclusion ?? ""))
      yield await failureOf(job, step, "failed", rules, options);
}

/** The step that was cancelled while it ran, or whose runner was lost. */
async function stoppedStep(
  job: JobLog,
  rules: () => RuleBook,
  options: FailureOptions,
): Promise<Failure | undefined> {
  const stopped = cancelledStep(job);
  if (stopped) return failureOf(job, stopped, "cancelled", rules, options);
  const lost = runningStep(job);
  return lost && failureOf(job, lost, "lost-runner", rules, options);
}

function cancelledStep(job: JobLog): StepLog | undefined {
  return job.steps.find(({ conclusion }) => conclusion === "cancelled");
}

/** The step that still ran when the job ended: its runner was lost. */
function runningStep(job: JobLog): StepLog | undefined {
  const running = job.api && lostStep(job.api);
  return running && job.steps.find(({ number }) => number === running.number);
}

/**
 * Whether an error is of one log alone, so that it must not hide the others: the log is damaged, its download broke off,
 * or its host failed. What GitHub refuses for one, it refuses for all.
 */
function isOwnFault(error: unknown): error is Error {
  const { status } = Object(error) as { status?: unknown };
  return (
    error instanceof CorruptArchiveError ||
    error instanceof DownloadError ||
    (error instanceof Error && typeof status === "number" && status >= 500)
  );
}

/** A failing step, or a job, of whose log is known only that it cannot be read; that hides no other job. */
function unreadFailure(
  job: JobLog,
  step: StepLog | undefined,
  kind: FailureKind,
  error: Error,
): Failure {
  return {
    job,
    step,
    kind,
    reason: unreadSentence(step, error),
    rule: undefined,
    confidence: "high",
    reasons: [],
    lines: [],
    omitted: 0,
    errors: [],
    omittedErrors: 0,
  };
}

async function failureOf(
  job: JobLog,
  step: StepLog | undefined,
  kind: FailureKind,
  rules: () => RuleBook,
  options: FailureOptions,
): Promise<Failure> {
  try {
    return await readWhole(() => readFailure(job, step, kind, rules, options));
  } catch (error) {
    if (isOwnFault(error)) return unreadFailure(job, step, kind, error);
    throw error;
  }
}

async function readFailure(
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
  const found = finder.end();
  const excerpt = excerptOf(found, { perStep, context, last });
  return {
    job,
    step,
    kind,
    ...wordsOf(job, step, kind, excerpt, lastWordsOf(found)),
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

/** The last line that says something: no exit code, advice, or line of signs. */
function lastWordsOf({ groups, tail }: Found<LogLine>): string | undefined {
  const weak = new Set(
    groups.filter(({ weight }) => weight <= weightOf.consequence).map(({ kind }) => kind),
  );
  return tail
    .findLast(({ kind, line }) => !weak.has(kind ?? "") && saysSomething.test(line.text))
    ?.line.text.trim();
}

const saysSomething = /^(?!\s*(?:info|note|hint|warn(?:ing)?)\b).*\p{L}/iu;

/** The reason in one line. */
function wordsOf(
  job: JobLog,
  step: StepLog | undefined,
  kind: FailureKind,
  { reasons, lines }: Excerpt<LogLine>,
  said: string | undefined,
): Pick<Failure, "reason" | "rule" | "confidence"> {
  const [best] = reasons;
  const found = best && {
    reason: best.rule === "exit-code" ? exitSentence(best.text, said) : best.text,
    rule: best.rule,
    confidence: best.confidence,
  };
  const known = (reason: string) => ({ reason, rule: undefined, confidence: "high" as const });
  if (kind === "lost-runner" && step) return known(lostRunnerSentence(step));
  if (kind === "cancelled" && step) return known(cancelledSentence(job, step, lines));
  if (lines.length === 0 && job.missing) return known(missingSentence(step, job.missing));
  // What a time-out stops has failed by that, whatever was wrong before.
  const limit = lines.findLast(({ level, text }) => level === "error" && timeOut.test(text));
  if (limit) return { ...known(limit.text.trim()), rule: "runner" };
  if (kind === "no-step" && !found) return known(noStepSentence(job));
  return found ?? { reason: silentSentence(lines), rule: undefined, confidence: "low" };
}

/**
 * Whether the job was cancelled because another one of its matrix failed (`fail-fast`): then that one says why. Jobs of
 * one matrix have the name before the parenthesis in common.
 */
function cancelledBySibling(job: JobLog, jobs: readonly JobLog[]): boolean {
  const matrix = matrixOf(job.name);
  const end = cancelledStep(job)?.completedAt ?? timeOf(job.api?.completed_at);
  return (
    matrix !== undefined &&
    jobs.some((other) => {
      const after = end - timeOf(other.api?.completed_at);
      return (
        other.conclusion === "failure" &&
        matrixOf(other.name) === matrix &&
        after >= -grace &&
        after <= longestStop
      );
    })
  );
}

// GitHub cancels the others as soon as one has failed; they take a while to stop. A step that ends much later was not
// stopped by that: with `fail-fast: false` nothing was, and the job's own time-out may have.
const grace = 1_000;
const longestStop = 5 * 60_000;

/** Whether the job's own time-out stopped it, by its log. */
async function hasTimedOut(job: JobLog, { signal }: FailureOptions): Promise<boolean> {
  try {
    for await (const batch of job.lines({ levels: ["error"], signal }).batches())
      if (batch.some(({ text }) => timeOut.test(text))) return true;
  } catch (error) {
    if (!isOwnFault(error)) throw error;
  }
  return false;
}

function matrixOf(name: string): string | undefined {
  const at = name.lastIndexOf(" (");
  return at > 0 && name.endsWith(")") ? name.slice(0, at) : undefined;
}

function timeOf(date: string | null | undefined): number {
  return date ? Date.parse(date) : Number.NaN;
}
