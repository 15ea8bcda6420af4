import { groupBy } from "./group-by.ts";
import { isFailure, type RunHistory } from "./run-history.ts";
import { type Grouping, isDecided, type Unit, units } from "./unit.ts";

/** Figures of a group of runs, or of jobs. Rates are 0 to 1; null where nothing can be said. */
export interface Statistics {
  /** The group's name; null for all together. */
  group: string | null;
  /** Those that ended. */
  runs: number;
  /** Those that run, wait or are queued; no other figure is about them. */
  unfinished: number;
  success: number;
  /** `failure` and `timed_out`. */
  failure: number;
  /** Runs that did not start, such as for a mistake in the workflow's file: in no rate. */
  startup_failure: number;
  cancelled: number;
  /** Skipped, neutral, stale: in no rate. */
  other: number;
  /** success / (success + failure), by the latest attempt. */
  success_rate: number | null;
  /** The same by the first attempt: how often it works without a re-run. */
  first_attempt_success_rate: number | null;
  /** Those with more than one attempt. An approval is none. */
  reruns: number;
  /** reruns / runs. */
  rerun_rate: number | null;
  /** Milliseconds from the start to the end of the last job; of those that succeeded or failed, by the latest attempt. */
  duration_p50_ms: number | null;
  duration_p95_ms: number | null;
  /** Milliseconds that jobs waited for a runner, of all attempts. */
  queue_p50_ms: number | null;
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
  const size = ({ runs, unfinished }: Statistics): number => runs + unfinished;
  const name = ({ group }: Statistics): string => group ?? "";
  return all.toSorted((a, b) =>
    by === "week" ? compare(name(a), name(b)) : size(b) - size(a) || compare(name(a), name(b)),
  );
}

function summarize(members: readonly Unit[], group: string | null): Statistics {
  const ended = members.filter(({ finished }) => finished);
  const count = (matches: (conclusion: string | null) => boolean): number =>
    ended.filter(({ last }) => matches(last)).length;
  const success = count((conclusion) => conclusion === "success");
  const failure = count(isFailure);
  const startup_failure = count((conclusion) => conclusion === "startup_failure");
  const cancelled = count((conclusion) => conclusion === "cancelled");
  const reruns = ended.filter(({ repeated }) => repeated).length;
  const first = ended.map((unit) => unit.first).filter(isDecided);
  const durations = ended.filter(({ last }) => isDecided(last)).map(({ duration }) => duration);
  const queued = ended.flatMap((unit) => unit.queued);
  return {
    group,
    runs: ended.length,
    unfinished: members.length - ended.length,
    success,
    failure,
    startup_failure,
    cancelled,
    other: ended.length - success - failure - startup_failure - cancelled,
    success_rate: share(success, success + failure),
    first_attempt_success_rate: share(
      first.filter((conclusion) => conclusion === "success").length,
      first.length,
    ),
    reruns,
    rerun_rate: share(reruns, ended.length),
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
