import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import {
  checkClient,
  checkOptions,
  checkValue,
  invalidValue,
  kinds,
  ParameterError,
} from "@workflow-runs/core/support";
import { attemptOf, isNotFound } from "./attempts-of.ts";
import { momentOf } from "./created-range.ts";
import { decodeCursor, encodeCursor, fingerprint, type ReadState } from "./cursor.ts";
import { boundRepository, endpointOf } from "./endpoint.ts";
import { readList } from "./read-list.ts";
import { Requests } from "./requests.ts";
import {
  afterPage,
  afterRows,
  begunAt,
  floorOf,
  isStateOf,
  newReading,
  type SyncGoal,
  type SyncReading,
  type SyncRow,
  type SyncState,
  wasAhead,
} from "./sync-state.ts";

/** Which runs to copy. With a client that is bound to a repository, `owner` and `repo` can be left out. */
export interface SyncParameters {
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  /** Only the runs of this workflow: its id, or the name of its file. */
  readonly workflow_id?: number | string | undefined;
  /** Leave out the pull requests of each run, which are a good part of it. */
  readonly exclude_pull_requests?: boolean | undefined;
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
  /** Requests under way at once, at most. @default 3 */
  readonly concurrency?: number | undefined;
  /** Ends the call with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const parameterKinds = {
  owner: kinds.text,
  repo: kinds.text,
  workflow_id: {
    allows: (value: unknown) => typeof value === "string" || typeof value === "number",
    words: "the id of a workflow, or the name of its file",
  },
  exclude_pull_requests: kinds.flag,
};
const optionKinds = {
  state: kinds.object,
  onRuns: kinds.callback,
  lookback: kinds.milliseconds,
  since: kinds.text,
  attempts: kinds.flag,
  concurrency: kinds.count,
  signal: kinds.abortSignal,
};

/**
 * Brings a copy of a repository's runs up to date. The first call reads all runs, each later one those that may have changed
 * since: what was created within `lookback` of the last reading, and every row that had not ended. It reads from the database,
 * beyond 40,000 runs from the search index, so that a row is late at worst and never wrong for good. Killed at any request, it
 * goes on from the state that was stored last.
 *
 * @throws {ParameterError} when an option cannot be used, or `state` is of another list
 */
export async function syncRuns(
  github: Client | RepositoryClient,
  parameters: SyncParameters,
  options: SyncOptions,
): Promise<{ state: SyncState }> {
  checkClient("syncRuns", github, "getWorkflowRunAttempt");
  checkOptions("syncRuns", parameters, parameterKinds);
  checkOptions("syncRuns", options, optionKinds);
  checkValue("syncRuns", "onRuns", (options as SyncOptions | undefined)?.onRuns, kinds.callback);
  const { onRuns, lookback = 35 * 86_400_000, attempts = false, concurrency = 3, signal } = options;
  const goal: SyncGoal = { lookback, since: oldestOf(options.since), attempts };
  const list = fingerprint("syncRuns", { ...parameters, ...boundRepository(github) });
  let state: SyncState = options.state ?? { version: 1, list, open: [] };
  if (!isStateOf(list, state))
    throw new ParameterError(
      "syncRuns: state is not one that syncRuns gave for these parameters. Leave it out to read all runs.",
      { parameter: "state" },
    );
  const save = async (runs: readonly WorkflowRun[], next: SyncState): Promise<void> => {
    await onRuns({ runs, state: next });
    state = next;
  };

  const client = github as Client;
  // Absent only in plain JavaScript: the client names what is missing.
  const { workflow_id, ...rest } = (parameters as SyncParameters | undefined) ?? {};
  const repository = rest as { owner: string; repo: string };
  const read = async ([run_id, attempt_number]: SyncRow): Promise<WorkflowRun | undefined> => {
    try {
      return await attemptOf(client, { ...repository, run_id }, attempt_number, { signal });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // Deleted, if the repository can still be seen.
      await client.listWorkflowRunsForRepo({ ...repository, per_page: 1 }, { signal });
      return undefined;
    }
  };
  const readRows = async (name: "due" | "earlier"): Promise<void> => {
    for (;;) {
      const reading = state.reading as SyncReading;
      const left = reading[name] ?? [];
      if (left.length === 0) return;
      // A state names all that is left: of many rows one in a hundred is read before it is stored again.
      const rows = left.slice(0, Math.max(concurrency, Math.ceil(left.length / 100)));
      const runs: WorkflowRun[] = [];
      for (let index = 0; index < rows.length; index += concurrency) {
        const found = await Promise.all(rows.slice(index, index + concurrency).map(read));
        runs.push(...found.filter((run) => run !== undefined));
      }
      await save(runs, afterRows(state, reading, rows, runs));
    }
  };

  const floor = floorOf(state, goal);
  // The list without `created`, which is not the index, and ends where it was created before the floor.
  const endpoint = {
    ...endpointOf<WorkflowRun>(
      client,
      workflow_id === undefined ? "listWorkflowRunsForRepo" : "listWorkflowRuns",
      parameters,
    ),
    range: { from: Number.isFinite(floor) ? floor : undefined },
  };
  const from = startOf(endpoint.fingerprint, state.reading);
  let reading = from.at === "start" ? undefined : state.reading;
  if (reading) await readRows("earlier");
  const requests = new Requests(endpoint, concurrency, signal);
  try {
    for await (const { items, page, stateAfter } of readList(endpoint, requests, from, {
      wanted: Infinity,
    })) {
      reading ??= newReading(state, begunAt(page), goal);
      if (wasAhead(state, reading.begun))
        return await syncRuns(github, parameters, {
          ...options,
          state: { ...state, synced: undefined },
        });
      const next = stateAfter(Infinity);
      const cursor = next.at === "end" ? undefined : encodeCursor(endpoint.fingerprint, next);
      await save(...afterPage(state, { ...reading, cursor }, items, goal));
      await readRows("earlier");
      ({ reading } = state);
    }
  } finally {
    requests.close();
  }
  await readRows("due");
  const { begun: synced, since, rerun } = state.reading as SyncReading;
  await save([], { version: 1, list, synced, since, open: state.open, rerun });
  return { state };
}

/** @throws {ParameterError} */
function oldestOf(since: string | undefined): number {
  if (since === undefined) return -Infinity;
  const moment = momentOf(since);
  if (!moment)
    throw invalidValue("syncRuns", "since", since, "a time as 2026-01-31 or 2026-01-31T12:00:00Z");
  return moment.first;
}

/** Where in the list to begin. A cursor that cannot be used, as of another version, is as good as none. */
function startOf(list: string, reading: SyncReading | undefined): ReadState {
  if (!reading) return { at: "start" };
  if (reading.cursor === undefined) return { at: "end", count: 0 };
  try {
    return decodeCursor(list, reading.cursor);
  } catch {
    return { at: "start" };
  }
}
