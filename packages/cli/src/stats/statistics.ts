import { groupBy } from "./group-by.ts";
import { isFailure, type RunHistory } from "./run-history.ts";
import { type Grouping, isDecided, type Unit, units } from "./unit.ts";

/**
 * Figures of a group of runs; by job, of a job's executions, one for each run. Counts are of runs by their latest
 * attempt, and `succeeded`, `failed`, `did_not_start`, `cancelled` and `other` add up to `ended`. Rates are 0 to 1;
 * null where nothing can be said.
 */
export interface Statistics {
  /** The group's name; null for all together. */
  group: string | null;
  /** How many have ended. */
  ended: number;
  /** How many run, wait or are queued; no other figure is about them. */
  unfinished: number;
  /** How many ended with the conclusion `success`. */
  succeeded: number;
  /** How many ended with the conclusion `failure` or `timed_out`. */
  failed: number;
  /** How many ended with `startup_failure`, such as for a mistake in the workflow's file: in no rate. */
  did_not_start: number;
  /** How many were cancelled: in no rate. */
  cancelled: number;
  /** How many were skipped, neutral or stale: in no rate. */
  other: number;
  /** succeeded / (succeeded + failed). */
  success_rate: number | null;
  /** The same by the first attempt: how often it works without a re-run. */
  first_attempt_success_rate: number | null;
  /** How many of those that ended have more than one attempt. An approval is none. */
  rerun: number;
  /** rerun / ended. */
  rerun_rate: number | null;
  /** Milliseconds from the start to the end of the last job; of those that succeeded or failed. Half took no longer. */
  duration_p50_ms: number | null;
  /** The same; 95 of 100 took no longer. */
  duration_p95_ms: number | null;
  /** Milliseconds that jobs waited for a runner, of all attempts. Half waited no longer. */
  queue_p50_ms: number | null;
  /** The same; 95 of 100 waited no longer. */
  queue_p95_ms: number | null;
}

/** The figures of all runs together. */
export function runStatistics(histories: readonly RunHistory[]): Statistics {
  return summarize(units(histories, "workflow"), null);
}

/**
 * The figures by group; the largest group first, weeks in order.
 *
 * @param by `job` counts each job of each run by itself; everything else counts runs.
 */
export function groupStatistics(histories: readonly RunHistory[], by: Grouping): Statistics[] {
  const groups = groupBy(units(histories, by), ({ group }) => group);
  const all = [...groups].map(([group, members]) => summarize(members, group));
  const size = (figures: Statistics): number => figures.ended + figures.unfinished;
  const name = ({ group }: Statistics): string => group ?? "";
  return all.toSorted((a, b) =>
    by === "week" ? compare(name(a), name(b)) : size(b) - size(a) || compare(name(a), name(b)),
  );
}

function summarize(members: readonly Unit[], group: string | null): Statistics {
  const ended = members.filter(({ finished }) => finished);
  const count = (matches: (conclusion: string | null) => boolean): number =>
    ended.filter(({ last }) => matches(last)).length;
  const succeeded = count((conclusion) => conclusion === "success");
  const failed = count(isFailure);
  const did_not_start = count((conclusion) => conclusion === "startup_failure");
  const cancelled = count((conclusion) => conclusion === "cancelled");
  const rerun = ended.filter(({ repeated }) => repeated).length;
  const first = ended.map((unit) => unit.first).filter(isDecided);
  const durations = ended.filter(({ last }) => isDecided(last)).map(({ duration }) => duration);
  const queued = ended.flatMap((unit) => unit.queued);
  return {
    group,
    ended: ended.length,
    unfinished: members.length - ended.length,
    succeeded,
    failed,
    did_not_start,
    cancelled,
    other: ended.length - succeeded - failed - did_not_start - cancelled,
    success_rate: share(succeeded, succeeded + failed),
    first_attempt_success_rate: share(
      first.filter((conclusion) => conclusion === "success").length,
      first.length,
    ),
    rerun,
    rerun_rate: share(rerun, ended.length),
    duration_p50_ms: quantile(durations, 0.5),
    duration_p95_ms: quantile(durations, 0.95),
    queue_p50_ms: quantile(queued, 0.5),
    queue_p95_ms: quantile(queued, 0.95),
  };
}

function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}

/** The smallest value that so large a share of the values does not exceed (nearest rank); null without values. */
export function quantile(values: readonly (number | undefined)[], part: number): number | null {
  const known = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  return known[Math.max(0, Math.ceil(known.length * part) - 1)] ?? null;
}

/** The same order on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
