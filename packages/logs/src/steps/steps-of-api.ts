import type { JobScan } from "./job-scan.ts";
import type { LogPosition, Marker } from "./marker.ts";
import { pairSteps, type TimedStep } from "./pair-steps.ts";

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
  const timed = steps.map((step) => timedStep(step));
  const paired = pairSteps(markers, timed);
  const starts: (StepStart | undefined)[] = paired.map((marker, index) =>
    marker ? earlier(marker, index) : undefined,
  );
  for (const [index, step] of timed.entries())
    if (starts[index] === undefined && step.ran) starts[index] = byTime(step, index);
  return starts;

  /** Lines that cannot be of the step before, because it had ended, are the step's own. */
  function earlier(marker: Marker, index: number): StepStart {
    const before = timed.slice(0, index).findLast(({ ran }) => ran);
    if (!before || before.end === Infinity || before.end > timed[index]!.start) return marker;
    const first = times.from(before.end + 1);
    if (!first || first.offset >= marker.offset) return marker;
    // A header inside is another step's, which the API does not have, or has with other times.
    const between = markers.some(({ offset }) => offset >= first.offset && offset < marker.offset);
    const floor = Math.max(-1, ...paired.slice(0, index).map((each) => each?.offset ?? -1));
    return between || first.offset <= floor ? marker : first;
  }

  /** A step without a line of the runner's: what was written in its time, and not by the steps around it. */
  function byTime(step: TimedStep, index: number): StepStart | undefined {
    const lower = Math.max(-1, ...starts.slice(0, index).map((each) => each?.offset ?? -1));
    const upper = Math.min(
      size,
      ...starts.slice(index + 1).map((each) => each?.offset ?? Infinity),
    );
    const before = timed.slice(0, index).findLast(({ ran }) => ran);
    const busy = before === undefined || before.end === Infinity ? -Infinity : before.end;
    const alone = times.from(Math.max(step.start, busy + 1));
    const inTime =
      alone !== undefined && Math.floor(alone.timestamp / 1000) <= step.end ? alone : undefined;
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

/** The last errors that follow one another. */
function lastBlock(errors: readonly LogPosition[]): LogPosition | undefined {
  let at = errors.length - 1;
  while (at > 0 && errors[at - 1]!.line === errors[at]!.line - 1) at--;
  return errors[at];
}

function isWithin(timestamp: number, { start, end }: TimedStep): boolean {
  const second = Math.floor(timestamp / 1000);
  return second >= start && second <= end;
}

function timedStep(step: KnownStep): TimedStep {
  const { name, conclusion } = step;
  const [start, end] = [secondOf(step.started_at), secondOf(step.completed_at)];
  return {
    name,
    ran: conclusion !== "skipped",
    failed: conclusion === "failure" || conclusion === "timed_out" || conclusion === "cancelled",
    start: start ?? -Infinity,
    end: end ?? Infinity,
  };
}

function secondOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}
