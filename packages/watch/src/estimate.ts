import type { Job, WorkflowRun } from "@workflow-runs/core";

/** A run that has ended, with its jobs where they are at hand: they say when it really ended. */
export type EarlierRun = Pick<
  WorkflowRun,
  | "workflow_id"
  | "status"
  | "conclusion"
  | "run_attempt"
  | "run_started_at"
  | "created_at"
  | "updated_at"
> & { readonly jobs?: readonly Pick<Job, "completed_at">[] | undefined };

/** When a run is likely to end. All spans are in milliseconds. */
export interface Estimate {
  /** When it is likely to end; now, when it is overdue. */
  readonly endsAt: Date;
  /** Until then; 0 when it is overdue. */
  readonly remaining: number;
  /** Since the attempt began. */
  readonly elapsed: number;
  /** How long half of the earlier runs took at most. */
  readonly median: number;
  /** Whether it takes longer than each of the earlier runs took. */
  readonly overdue: boolean;
  /** The number of earlier runs that the estimate rests on. */
  readonly basedOn: number;
}

/**
 * Estimates when a run ends, by how long earlier runs of the same workflow took that succeeded at the first attempt.
 * A run that has gone on for a while is compared with those that took longer than that. `undefined` without an
 * earlier run to go by, and for a run that has not begun or has ended.
 *
 * Without its `jobs`, an earlier run's end is its `updated_at`, which a later change of anything moves; the median is
 * not moved by a few of these.
 *
 * @param run The run, as last polled.
 * @param earlierRuns Runs that have ended, of any workflow; only those of the same one count.
 * @param now Milliseconds since 1970. @default Date.now()
 */
export function estimate(
  run: WorkflowRun,
  earlierRuns: Iterable<EarlierRun>,
  now: number = Date.now(),
): Estimate | undefined {
  if (run.status !== "in_progress") return undefined;
  const started = Date.parse(run.run_started_at ?? run.created_at);
  const durations: number[] = [];
  for (const earlier of earlierRuns) {
    const duration = durationOf(earlier);
    if (earlier.workflow_id === run.workflow_id && duration !== undefined) durations.push(duration);
  }
  if (durations.length === 0 || Number.isNaN(started)) return undefined;
  durations.sort((a, b) => a - b);
  const elapsed = Math.max(0, now - started);
  const longer = durations.filter((duration) => duration > elapsed);
  const remaining = longer.length === 0 ? 0 : medianOf(longer) - elapsed;
  return {
    endsAt: new Date(now + remaining),
    remaining,
    elapsed,
    median: medianOf(durations),
    overdue: longer.length === 0,
    basedOn: durations.length,
  };
}

/** How long a run took that succeeded at its first attempt, in milliseconds. */
function durationOf(run: EarlierRun): number | undefined {
  if (run.status !== "completed" || run.conclusion !== "success" || (run.run_attempt ?? 1) !== 1)
    return undefined;
  const ends = (run.jobs ?? []).map(({ completed_at }) => Date.parse(completed_at ?? ""));
  const known = ends.filter((end) => !Number.isNaN(end));
  const end = known.length > 0 ? Math.max(...known) : Date.parse(run.updated_at);
  const duration = end - Date.parse(run.run_started_at ?? run.created_at);
  return duration > 0 ? duration : undefined;
}

/** The middle of sorted numbers; of two in the middle, their mean. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
