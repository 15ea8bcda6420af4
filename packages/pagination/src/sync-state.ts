import type { WorkflowRun } from "@workflow-runs/core";
import { servedAt } from "@workflow-runs/core/support";
import { createdIn, formatSecond, momentOf, secondOf } from "./created-range.ts";
import type { Page } from "./endpoint.ts";

/** A row of the copy: a run's id and the number of its attempt. */
export type SyncRow = readonly [id: number, attempt: number];

/** How far a copy is: JSON, to be stored with the rows, in the same transaction. */
export interface SyncState {
  readonly version: 1;
  /** Which list it belongs to. */
  readonly list: string;
  /** When the last whole reading began, by GitHub's clock; absent while the first is under way. */
  readonly synced?: string | undefined;
  /** The `since` of that reading; absent when it was of all runs. */
  readonly since?: string | undefined;
  /** Rows that have not ended. */
  readonly open: readonly SyncRow[];
  /** Runs with earlier attempts, which were passed on, as `[id, attempts]`. Only with `attempts`. */
  readonly rerun?: readonly SyncRow[] | undefined;
  /** The reading under way. */
  readonly reading?: SyncReading | undefined;
}

/** A reading that has not ended. */
export interface SyncReading {
  /** When it began, by GitHub's clock. */
  readonly begun: string;
  /** The latest `since` that it was called with. */
  readonly since?: string | undefined;
  /** Behind the last page of the list; absent when the list was read to its end. */
  readonly cursor?: string | undefined;
  /** Rows that had not ended before, and did not come with the list: they are read one by one. */
  readonly due: readonly SyncRow[];
  /** Earlier attempts of the runs of the last page, which are read before the next page. Only with `attempts`. */
  readonly earlier?: readonly SyncRow[] | undefined;
  /** As in the state, of this reading. Absent when it began without `attempts`. */
  readonly rerun?: readonly SyncRow[] | undefined;
}

/** What a call wants of the copy. */
export interface SyncGoal {
  /** In milliseconds. */
  readonly lookback: number;
  /** Seconds since 1970; -Infinity for all runs. */
  readonly since: number;
  readonly attempts: boolean;
}

/** Whether a value is a state, of this list. */
export function isStateOf(list: string, value: object): boolean {
  const { version, open, synced, since, rerun = [], reading, ...state } = value as SyncState;
  const isReading = ({ begun, since, due, earlier = [], rerun = [] }: SyncReading): boolean =>
    momentOf(begun) !== undefined && isMoment(since) && [due, earlier, rerun].every(areRows);
  return (
    version === 1 &&
    state.list === list &&
    isMoment(synced) &&
    isMoment(since) &&
    [open, rerun].every(areRows) &&
    (reading === undefined || (Object(reading) === reading && isReading(reading)))
  );
}

function isMoment(value: string | undefined): boolean {
  return value === undefined || momentOf(value) !== undefined;
}

function areRows(rows: unknown): boolean {
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.length === 2 && row.every(Number.isSafeInteger);
  return Array.isArray(rows) && rows.every(isRow);
}

/** When a reading began: by the header `date` of its first response, else when the newest run was created. */
export function begunAt({ response, seconds }: Page<unknown>): string {
  const newest = 1000 * Math.max(0, ...seconds.filter(Number.isFinite));
  return new Date(servedAt(response.headers, newest)).toISOString();
}

/** A reading from the top of the list: rows that had not ended are due. */
export function newReading(
  { open }: SyncState,
  begun: string,
  { attempts }: SyncGoal,
): SyncReading {
  return { begun, due: open, rerun: attempts ? [] : undefined };
}

/**
 * Down to where the list is to be read, in seconds since 1970: to `since`, unless the copy holds what is older than the
 * lookback. It does not when it has fewer runs or attempts than are wanted now.
 */
export function floorOf({ synced, since: had, rerun }: SyncState, goal: SyncGoal): number {
  const { since, lookback, attempts } = goal;
  const isHeld =
    synced !== undefined && since >= secondOrNone(had) && (rerun !== undefined || !attempts);
  return isHeld ? Math.max(since, secondOf(synced) - lookback / 1000) : since;
}

/** Whether the last reading was, by the clock of then, long after this one: that clock was ahead. */
export function wasAhead({ synced }: SyncState, begun: string): boolean {
  return secondOrNone(synced) > secondOf(begun) + 86_400;
}

/** What a page of the list brings: its runs are rows, and their earlier attempts are to be read. */
export function afterPage(
  state: SyncState,
  reading: SyncReading,
  items: readonly WorkflowRun[],
  goal: SyncGoal,
): [runs: readonly WorkflowRun[], state: SyncState] {
  const { since, lookback, attempts } = goal;
  const isOlder = (run: WorkflowRun, second: number): boolean => createdIn(run) < second;
  const runs = items.filter((run) => !isOlder(run, since));
  const rows = runs.map(rowOf);
  // What is older than the floor cannot have been re-run since, and what the next reading's will be need not be remembered.
  const floor = floorOf(state, goal);
  const nextFloor = secondOf(reading.begun) - lookback / 1000;
  const reruns = attempts ? runs.filter((run) => rowOf(run)[1] > 1 && !isOlder(run, floor)) : [];
  const earlier = earlierAttempts(reruns.map(rowOf), state.rerun);
  const again = reruns.filter((run) => !isOlder(run, nextFloor)).map(rowOf);
  const oldest = Math.max(since, secondOrNone(reading.since));
  const next: SyncReading = {
    ...reading,
    since: Number.isFinite(oldest) ? formatSecond(oldest) : undefined,
    due: rowsWithout(reading.due, earlier),
    earlier,
    rerun: attempts && reading.rerun ? [...reading.rerun, ...again] : undefined,
  };
  return [runs, afterRows(state, next, rows, runs)];
}

/** The state after some of the rows that are read one by one. */
export function afterRows(
  state: SyncState,
  reading: SyncReading,
  rows: readonly SyncRow[],
  runs: readonly WorkflowRun[],
): SyncState {
  return {
    ...state,
    open: [...rowsWithout(state.open, rows), ...unfinished(runs)],
    reading: {
      ...reading,
      due: rowsWithout(reading.due, rows),
      earlier: rowsWithout(reading.earlier ?? [], rows),
    },
  };
}

/** Attempts before the newest that were not passed on yet. */
function earlierAttempts(rows: readonly SyncRow[], passed: readonly SyncRow[] = []): SyncRow[] {
  const firstOf = new Map(passed);
  return rows.flatMap(([id, last]) => {
    const first = firstOf.get(id) ?? 1;
    return Array.from({ length: last - first }, (_, index) => [id, first + index] as const);
  });
}

function secondOrNone(time: string | undefined): number {
  return time === undefined ? -Infinity : secondOf(time);
}

function rowOf({ id, run_attempt = 1 }: WorkflowRun): SyncRow {
  return [id, run_attempt];
}

/** Words of a status that is none any more; Forgejo has the conclusion there. */
const ended = new Set(["completed", "success", "failure", "cancelled", "skipped"]);

function unfinished(runs: readonly WorkflowRun[]): SyncRow[] {
  return runs.filter(({ status }) => !ended.has(`${status}`)).map(rowOf);
}

function rowsWithout(rows: readonly SyncRow[], others: readonly SyncRow[]): SyncRow[] {
  const left = new Set(others.map((row) => row.join()));
  return rows.filter((row) => !left.has(row.join()));
}
