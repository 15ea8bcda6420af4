import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import {
  checkClient,
  checkOptions,
  checkValue,
  kinds,
  ParameterError,
} from "@workflow-runs/core/support";
import { attemptOf } from "./attempts-of.ts";
import { formatSecond, secondOf } from "./created-range.ts";
import { fingerprint } from "./cursor.ts";
import { paginate } from "./paginate.ts";

/** Which runs to copy. With a client that is bound to a repository, `owner` and `repo` can be left out. */
export interface SyncParameters {
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  /** Only the runs of this workflow: its id, or the name of its file. */
  readonly workflow_id?: number | string | undefined;
  /** Leave out the pull requests of each run, which are a good part of it. */
  readonly exclude_pull_requests?: boolean | undefined;
}

/** A row of the copy: a run's id and the number of its attempt. */
export type SyncRow = readonly [id: number, attempt: number];

/** How far a copy is: JSON, to be stored with the rows, in the same transaction. */
export interface SyncState {
  readonly version: 1;
  /** Which list it belongs to. */
  readonly list: string;
  /** When the last whole reading began, by GitHub's clock; absent while the first is under way. */
  readonly synced?: string | undefined;
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
  /** Behind the last page of the list; absent when the list was read to its end. */
  readonly cursor?: string | undefined;
  /** Rows that had not ended before, and did not come with the list: they are read one by one. */
  readonly due: readonly SyncRow[];
  /** The lowest id that came with the list; absent while none has. */
  readonly oldest?: number | undefined;
}

/** What one request brought. */
export interface SyncBatch {
  /** Rows to insert or to replace, by `id` and `run_attempt`. Empty when only the state has changed. */
  readonly runs: readonly WorkflowRun[];
  /** To be stored in the same transaction. */
  readonly state: SyncState;
}

/** Options of {@link syncRuns}. */
export interface SyncOptions {
  /** What the last call left. @default none: all runs are read */
  readonly state?: SyncState | undefined;
  /** Stores rows and state, in one transaction. The next page comes when it has resolved; what it throws ends the call. */
  readonly onRuns: (batch: SyncBatch) => Promise<void> | void;
  /**
   * How far before the last reading runs are read again, in milliseconds: they are re-run for 30 days, and may wait as long.
   * @default 35 days
   */
  readonly lookback?: number | undefined;
  /** Oldest `created_at` to copy, as `2026-01-31` or `2026-01-31T12:00:00Z`. @default all runs */
  readonly since?: string | undefined;
  /** Copy every attempt of runs that were re-run, with one more request for each. @default false: the newest that is seen */
  readonly attempts?: boolean | undefined;
  /** Requests under way at once. @default 3 */
  readonly concurrency?: number | undefined;
  /** Ends the call with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const optionKinds = {
  state: kinds.object,
  onRuns: kinds.callback,
  lookback: kinds.milliseconds,
  since: kinds.text,
  attempts: kinds.flag,
  concurrency: kinds.count,
  signal: kinds.abortSignal,
};
const day = 86_400_000;

/** {@link SyncParameters} as the client takes them: what is not there, a client that is bound to a repository adds. */
interface Where {
  readonly owner: string;
  readonly repo: string;
  readonly workflow_id: number | string;
  readonly exclude_pull_requests: boolean;
}

/**
 * Brings a copy of a repository's runs up to date. The first call reads all runs, each later one those that may have changed
 * since: what was created within `lookback` of the last reading, and every row that had not ended. It reads from the database,
 * never from the search index, so that a row is late at worst and never wrong for good. Killed at any request, it goes on from
 * the state that was stored last.
 *
 * @throws {ParameterError} when an option cannot be used, or `state` is of another list
 */
export async function syncRuns(
  github: Client | RepositoryClient,
  parameters: SyncParameters,
  options: SyncOptions,
): Promise<{ state: SyncState }> {
  checkClient("syncRuns", github, "getWorkflowRunAttempt");
  checkValue("syncRuns", "parameters", parameters, {
    ...kinds.object,
    words: "an object, { owner, repo }",
  });
  checkValue("syncRuns", "options", options, { ...kinds.object, words: "an object with onRuns" });
  checkOptions("syncRuns", options, optionKinds);
  checkValue("syncRuns", "onRuns", options.onRuns, kinds.callback);
  const { onRuns, lookback = 35 * day, since, attempts = false, concurrency, signal } = options;
  const bound = github as Partial<RepositoryClient>;
  const { owner = bound.owner, repo = bound.repo } = parameters;
  const where = parameters as Where;
  const list = fingerprint("syncRuns", { ...parameters, owner, repo });
  const client = github as Client;
  let state: SyncState = options.state ?? { version: 1, list, open: [] };
  if (state.version !== 1 || state.list !== list || !Array.isArray(state.open))
    throw new ParameterError(
      "syncRuns: state is not one that syncRuns gave for these parameters. Leave it out to read all runs.",
      { parameter: "state" },
    );
  const store = async (runs: readonly WorkflowRun[], next: SyncState): Promise<void> => {
    await onRuns({ runs, state: next });
    state = next;
  };
  const read = ([run_id, attempt_number]: SyncRow): Promise<WorkflowRun | undefined> => {
    const { workflow_id: _, ...repository } = where;
    return attemptOf(client, { ...repository, run_id, attempt_number }, { signal });
  };

  if (!state.reading || state.reading.cursor !== undefined) {
    const created = createdSince(state.synced, lookback, since);
    const from = state.reading?.cursor;
    const pages = paginate(
      client,
      where.workflow_id === undefined ? "listWorkflowRunsForRepo" : "listWorkflowRuns",
      { ...where, created },
      { source: "list", from, concurrency, signal },
    ).pages();
    for await (const { items, cursor, response } of pages) {
      const reading = state.reading ?? {
        begun: new Date(response.headers.get("date") ?? Date.now()).toISOString(),
        due: state.open,
      };
      const runs = [...items];
      const earlier = attempts ? earlierAttempts(items, state.rerun ?? []) : [];
      for (const row of earlier) runs.push(...[(await read(row)) ?? []].flat());
      await store(runs, afterPage(state, { ...reading, cursor }, runs, attempts));
    }
    const now = { begun: new Date().toISOString(), due: state.open };
    await store([], { ...state, reading: { ...(state.reading ?? now), cursor: undefined } });
  }
  while (state.reading && state.reading.due.length > 0) {
    const { reading } = state;
    const due = reading.due.slice(0, concurrency ?? 3);
    const found = await Promise.all(due.map(read));
    const runs = found.filter((run) => run !== undefined);
    const open = rowsWithout(state.open, due);
    const left = { ...reading, due: reading.due.slice(due.length) };
    await store(runs, { ...state, open: [...open, ...unfinished(runs)], reading: left });
  }
  const { begun: synced, oldest = 0 } = state.reading as SyncReading;
  const rerun = state.rerun?.filter(([id]) => id >= oldest);
  await store([], { version: 1, list, synced, open: state.open, rerun });
  return { state };
}

/** The state after a page of the list. */
function afterPage(
  { open, rerun = [], ...state }: SyncState,
  reading: SyncReading,
  runs: readonly WorkflowRun[],
  attempts: boolean,
): SyncState {
  const rows = runs.map(rowOf);
  const again = runs.filter(({ run_attempt = 1 }) => run_attempt > 1).map(rowOf);
  const ids = new Set(again.map(([id]) => id));
  return {
    ...state,
    open: [...rowsWithout(open, rows), ...unfinished(runs)],
    rerun: attempts ? [...rerun.filter(([id]) => !ids.has(id)), ...latest(again)] : undefined,
    reading: {
      ...reading,
      due: rowsWithout(reading.due, rows),
      oldest: Math.min(...rows.map(([id]) => id), reading.oldest ?? Infinity),
    },
  };
}

/** Attempts before the newest that were not passed on yet. */
function earlierAttempts(runs: readonly WorkflowRun[], rerun: readonly SyncRow[]): SyncRow[] {
  const passed = new Map(rerun);
  return runs.flatMap(({ id, run_attempt: last = 1 }) => {
    const first = passed.get(id) ?? 1;
    return Array.from(
      { length: Math.max(0, last - first) },
      (_, index) => [id, first + index] as const,
    );
  });
}

/** `created` from so long before the last reading on, and never older than `since`. */
function createdSince(
  synced: string | undefined,
  lookback: number,
  since: string | undefined,
): string | undefined {
  const floor = since === undefined ? -Infinity : secondOf(since);
  if (Number.isNaN(floor))
    throw new ParameterError(
      `syncRuns: since is ${JSON.stringify(since)}, not a time as 2026-01-31 or 2026-01-31T12:00:00Z.`,
      { parameter: "since" },
    );
  const second = Math.max(floor, synced === undefined ? floor : secondOf(synced) - lookback / 1000);
  return Number.isFinite(second) ? `>=${formatSecond(Math.floor(second))}` : undefined;
}

function rowOf({ id, run_attempt = 1 }: WorkflowRun): SyncRow {
  return [id, run_attempt];
}

function unfinished(runs: readonly WorkflowRun[]): SyncRow[] {
  return runs.filter(({ status }) => status !== "completed").map(rowOf);
}

function rowsWithout(rows: readonly SyncRow[], others: readonly SyncRow[]): SyncRow[] {
  const left = new Set(others.map((row) => row.join()));
  return rows.filter((row) => !left.has(row.join()));
}

/** Of each run the row with the highest attempt. */
function latest(rows: readonly SyncRow[]): SyncRow[] {
  return [...new Map(rows.toSorted((a, b) => a[1] - b[1]))];
}
