import type { JobScan } from "./job-scan.ts";
import type { LogPosition } from "./marker.ts";
import { pairSteps, type TimedStep } from "./pair-steps.ts";
import type { ErrorPosition, TimeIndex } from "./time-index.ts";

/** A step as the API has it, as far as it is needed to find it in the log. */
export interface KnownStep {
  readonly name: string;
  readonly conclusion?: string | null | undefined;
  readonly started_at?: string | null | undefined;
  readonly completed_at?: string | null | undefined;
}

/** Where a step starts in its job's log: a byte, and the number of the line. */
export type StepStart = Pick<LogPosition, "offset" | "line">;

/**
 * Finds the API's steps in a job's log: first those that the runner's lines show, by kind, time and name; then what
 * wrote no such line, by its time.
 *
 * @returns for each step where it starts, or undefined when it wrote nothing
 */
export function stepsOfApi(
  { markers, times, size }: Pick<JobScan, "markers" | "times" | "size">,
  steps: readonly KnownStep[],
): (StepStart | undefined)[] {
  const timed = timedSteps(steps, times);
  const paired = pairSteps(markers, timed);
  const starts: (StepStart | undefined)[] = [...paired];
  for (const [index, step] of timed.entries())
    if (starts[index] === undefined && step.ran) starts[index] = byTime(step, index);
  return starts;

  /** A step without a line of the runner's: what was written in its time, and not by the steps around it. */
  function byTime(step: PlacedStep, index: number): StepStart | undefined {
    const lower = Math.max(-1, ...starts.slice(0, index).map((each) => each?.offset ?? -1));
    const upper = Math.min(
      size,
      ...starts.slice(index + 1).map((each) => each?.offset ?? Infinity),
    );
    const { first } = step;
    const inTime =
      first !== undefined && Math.floor(first.timestamp / 1000) <= step.end ? first : undefined;
    // In the second in which the step before ended, the last errors are this step's, if it failed.
    const errors = step.failed
      ? times.errorsBetween(lower + 1, upper).filter(({ timestamp }) => isWithin(timestamp, step))
      : [];
    const error = lastBlock(errors);
    const start =
      inTime && error ? (inTime.offset < error.offset ? inTime : error) : (inTime ?? error);
    return start && start.offset > lower && start.offset < upper ? start : undefined;
  }
}

/** The last errors that follow one another; those of a script end with its exit code. */
function lastBlock(errors: readonly ErrorPosition[]): LogPosition | undefined {
  let at = errors.length - 1;
  const follows = (before: ErrorPosition | undefined, error: ErrorPosition | undefined) =>
    before !== undefined && !before.ends && before.line + 1 === error?.line;
  while (follows(errors[at - 1], errors[at])) at--;
  return errors[at];
}

/** Whether it was written in the step's time, as far as that is known. */
function isWithin(timestamp: number, { start, end }: TimedStep): boolean {
  const second = Math.floor(timestamp / 1000);
  return Number.isNaN(second) || (second >= start && second <= end);
}

interface PlacedStep extends TimedStep {
  /** The first line that was written in its time, and after the steps before it. */
  readonly first: LogPosition | undefined;
}

function timedSteps(steps: readonly KnownStep[], times: TimeIndex): readonly PlacedStep[] {
  const timed: PlacedStep[] = [];
  const areStarted = steps.some((step) => step.started_at);
  for (const [index, { name, conclusion, started_at, completed_at }] of steps.entries()) {
    // A step that has no end, because its runner was lost, ends where the next one starts.
    const next = steps.slice(index + 1).find((step) => step.started_at);

    const step = {
      name,
      // A job that ended early has steps that never started.
      ran: conclusion !== "skipped" && (Boolean(started_at) || !areStarted),
      failed: conclusion === "failure" || conclusion === "timed_out" || conclusion === "cancelled",
      start: secondOf(started_at) ?? -Infinity,
      end: secondOf(completed_at) ?? secondOf(next?.started_at) ?? Infinity,
    };
    const first = aloneIn(times, step, busyUntil(timed, step));
    timed.push({ ...step, first, alone: first?.offset ?? Infinity });
  }
  return timed;
}

/**
 * The last second in which the steps before this one may have written; Infinity when one of them still runs, in the
 * background.
 */
function busyUntil(before: readonly Times[], { start }: Times): number {
  let last = -Infinity;
  for (const { ran, end } of before) {
    if (ran && end > start) return Infinity;
    if (ran) last = end;
  }
  return last;
}

type Times = Pick<TimedStep, "ran" | "start" | "end">;

/** The first line that was written in the step's time, and after the step before it had ended. */
function aloneIn(
  times: TimeIndex,
  { start }: Pick<TimedStep, "start">,
  busy: number,
): LogPosition | undefined {
  if (start === -Infinity || busy === Infinity) return undefined;
  return times.from(Math.max(start, busy + 1));
}

function secondOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}
