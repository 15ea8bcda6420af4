import type { JobTimes, StepTimes } from "../rules/job-times.ts";
import type { RunRecord } from "../state/records.ts";
import { stepText } from "./step-text.ts";
import { ticksPerMs, timestamp } from "./timestamp.ts";

/** How the bytes of a log file look. */
export interface LogStyle {
  bom: boolean;
  eol: "\n" | "\r\n";
}

const chunkLength = 32_768;
const ticksPerLine = 4_373;

/** One step's log, made as it is read. */
export function stepLog(
  step: StepTimes,
  job: JobTimes,
  run: RunRecord,
  style: LogStyle,
): Iterable<Uint8Array> {
  return encoded(stepLines(step, job, run), style);
}

/** A job's log: its steps' logs one after the other. */
export function jobLog(job: JobTimes, run: RunRecord, style: LogStyle): Iterable<Uint8Array> {
  return encoded(jobLines(job, run), style);
}

function* jobLines(job: JobTimes, run: RunRecord): Generator<string> {
  for (const step of loggedSteps(job)) yield* stepLines(step, job, run);
}

/** A job that was skipped, cancelled before it began or lost with its runner leaves no log. */
export function hasLog(job: JobTimes): boolean {
  return job.steps.length > 0 && !job.plan.lostRunner;
}

/** Skipped steps leave no log. */
export function loggedSteps(job: JobTimes): StepTimes[] {
  return job.steps.filter((step) => step.conclusion !== "skipped");
}

function* stepLines(step: StepTimes, job: JobTimes, run: RunRecord): Generator<string> {
  let line = 0;
  const last = Math.max(0, step.completedAt - step.startedAt) * ticksPerMs;
  for (const text of stepText(step, job, run)) {
    const ticks = Math.min(line * ticksPerLine, last);
    const ms = Math.floor(ticks / ticksPerMs);
    yield `${timestamp(step.startedAt + ms, ticks % ticksPerMs)} ${text}`;
    line += 1;
  }
}

function* encoded(lines: Iterable<string>, { bom, eol }: LogStyle): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = bom ? "\uFEFF" : "";
  for (const line of lines) {
    text += (eol === "\n" ? line : line.replaceAll("\n", eol)) + eol;
    if (text.length >= chunkLength) {
      yield encoder.encode(text);
      text = "";
    }
  }
  if (text !== "") yield encoder.encode(text);
}
