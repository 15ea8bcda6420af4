import type { CallOptions, WorkflowRun } from "@workflow-runs/core";
import { NoRunsError } from "../errors.ts";
import { conditional } from "../poll/conditional.ts";
import type { Snapshot } from "../poll/poll-until.ts";
import { attemptAge, isFinished, isQueued, runKey } from "../run-state.ts";
import {
  type BoundRunsQuery,
  matchesQuery,
  type RunsClient,
  type RunsQuery,
  wordsForQuery,
} from "./run-query.ts";
import { runRequest } from "../run/watch-run.ts";

/** One poll of several runs. */
export interface RunsSnapshot extends Snapshot {
  readonly runs: readonly WorkflowRun[];
  /** When the last new run appeared (or the watch began), in milliseconds since 1970. */
  readonly newestAt: number;
  /** Whether nothing new can come any more: all are finished, and nothing new came for `settle`. */
  readonly settled: boolean;
}

/** What a poll of several runs depends on, in milliseconds. */
export interface RunsPollOptions {
  readonly appear: number;
  readonly settle: number;
  readonly now: () => number;
}

const perPage = 100;
/** GitHub lists 1,000 results of a search. */
const lastPage = 10;
/** How many runs are requested one by one at most, where a list never is what it was. */
const singleLimit = 20;

/**
 * Polls the runs of a query. The list comes from GitHub's search index, which lags behind, by seconds always; so a
 * run once seen stays, and is requested by itself when the list does not show it; and while no run has appeared, and
 * before the end, the newest page of the unfiltered list, which does not lag, is looked at too.
 *
 * The index keeps no order within a second, and a list in another order is a counted response though nothing changed.
 * Where that is seen, each run is requested by itself, and the list again only when its count changes.
 */
export function runsPoll(
  client: RunsClient,
  query: BoundRunsQuery,
  { appear, settle, now }: RunsPollOptions,
): (options: CallOptions) => Promise<RunsSnapshot> {
  const filtered = listPoll(client, query, true);
  const unfiltered = listPoll(client, query, false);
  const count = countPoll(client, query);
  const single = singlePoll(client, query);
  const runs = new Map<number, WorkflowRun>();
  const start = now();
  let newestAt = start;
  // Without a commit or a time, runs that had ended before are other ones.
  const open = query.head_sha === undefined && query.created === undefined;
  const before = new Set<number>();
  let first = true;
  /** The ids of the list, in its order. */
  let listed: readonly number[] = [];
  let isShuffled = false;
  /** How many runs the list had when it was read; undefined where it has to be read. */
  let counted: number | undefined;

  /** Takes what a list shows; gives back the ids that it showed. */
  const take = (listed: readonly WorkflowRun[]): Set<number> => {
    for (const run of listed) {
      if (first && open && isFinished(run)) before.add(run.id);
      if (before.has(run.id) && isFinished(run)) continue;
      if (!runs.has(run.id)) newestAt = now();
      before.delete(run.id);
      runs.set(run.id, run);
    }
    return new Set(listed.map(({ id }) => id));
  };
  const newest = async (options: CallOptions): Promise<Set<number>> =>
    take((await unfiltered(options)).filter((run) => matchesQuery(run, query)));

  /** Reads the list; gives back the ids that it showed. */
  const readList = async (options: CallOptions): Promise<Set<number>> => {
    const list = await filtered(options);
    const ids = list.map(({ id }) => id);
    isShuffled ||= inOtherOrder(listed, ids);
    listed = ids;
    return take(list);
  };

  return async (options) => {
    // Of other queries, runs that had ended before may be run again, which only the list shows.
    const canCount = isShuffled && !open && runs.size > 0 && runs.size <= singleLimit;
    const countNow = canCount ? await count(options) : undefined;
    const byOne = countNow !== undefined && countNow === counted;
    const shown = byOne ? new Set<number>() : await readList(options);
    // Only once the list was read is the count its own.
    counted = countNow;
    // `created` is the index's own; the database's list cannot be filtered by it here.
    const confirmed = query.created === undefined;
    if (runs.size === 0 && confirmed) for (const id of await newest(options)) shown.add(id);
    first = false;
    for (const run of runs.values())
      if (byOne || (!shown.has(run.id) && !isFinished(run))) {
        const found = await single(run, options);
        if (found === undefined) runs.delete(run.id);
        else runs.set(run.id, found);
      }
    const isSettled = (): boolean =>
      runs.size > 0 && [...runs.values()].every(isFinished) && now() - newestAt >= settle;
    if (isSettled() && confirmed) await newest(options);
    if (runs.size === 0 && now() - start >= appear)
      throw new NoRunsError(appear, wordsForQuery(query));
    return snapshotOf([...runs.values()], newestAt, isSettled(), now());
  };
}

function snapshotOf(
  runs: readonly WorkflowRun[],
  newestAt: number,
  settled: boolean,
  now: number,
): RunsSnapshot {
  const open = runs.filter((run) => !isFinished(run));
  return {
    runs,
    newestAt,
    settled,
    key: runs.map((run) => `${run.id} ${runKey(run)}`).join(", "),
    queued: open.length > 0 && open.every(isQueued),
    age: Math.min(now - newestAt, ...open.map((run) => attemptAge(run, now))),
  };
}

/** Whether two of the ids that both lists have come in another order. */
function inOtherOrder(before: readonly number[], now: readonly number[]): boolean {
  const places = new Map(now.map((id, at) => [id, at]));
  const both = before.flatMap((id) => places.get(id) ?? []);
  return both.some((at, index) => index > 0 && at < both[index - 1]!);
}

/** How many runs the list has, by a page behind its last one, which is empty: it changes with nothing else. */
function countPoll(client: RunsClient, query: BoundRunsQuery) {
  const poll = pagePoll(client, query, { filter: true, page: lastPage + 1 });
  return async (options: CallOptions): Promise<number> => (await poll(options)).data.total_count;
}

/** A page of the runs of the query, or of the newest runs without filters. */
function pagePoll(
  client: RunsClient,
  query: BoundRunsQuery,
  { filter, page }: { filter: boolean; page: number },
) {
  // What is left out, the client is bound to and fills in.
  const { owner, repo, workflow_id, ...filters } = query as RunsQuery;
  const parameters = { owner, repo, ...(filter && { ...filters, page }), per_page: perPage };
  return conditional((headers, options: CallOptions) =>
    workflow_id === undefined
      ? client.listWorkflowRunsForRepo.withResponse(parameters, { ...options, headers })
      : client.listWorkflowRuns.withResponse(
          { ...parameters, workflow_id },
          { ...options, headers },
        ),
  );
}

/** The runs that a list shows: of the query in all its pages, or the newest page without filters. */
function listPoll(client: RunsClient, query: BoundRunsQuery, filter: boolean) {
  const pages: ReturnType<typeof pagePoll>[] = [];
  // A branch or an event has had runs for years; those that are waited for are among its newest.
  const last = filter && (query.head_sha ?? query.created) !== undefined ? lastPage : 1;
  return async (options: CallOptions): Promise<WorkflowRun[]> => {
    const runs: WorkflowRun[] = [];
    for (let page = 1; page <= last; page += 1) {
      const { data, response } = await (pages[page - 1] ??= pagePoll(client, query, {
        filter,
        page,
      }))(options);
      runs.push(...data.workflow_runs);
      const link = response.headers.get("link");
      const more = link === null ? runs.length < data.total_count : /\brel="?next\b/.test(link);
      if (data.workflow_runs.length === 0 || !more) break;
    }
    return runs;
  };
}

/** A run by itself; `undefined` when it is not there, twice in a row. */
function singlePoll(client: RunsClient, query: BoundRunsQuery) {
  const { owner, repo } = query as RunsQuery;
  const polls = new Map<number, ReturnType<typeof runRequest>>();
  const missed = new Set<number>();
  return async (run: WorkflowRun, options: CallOptions): Promise<WorkflowRun | undefined> => {
    const poll = polls.get(run.id) ?? runRequest(client, { owner, repo, run_id: run.id });
    polls.set(run.id, poll);
    try {
      const { data } = await poll(options);
      missed.delete(run.id);
      return data;
    } catch (error) {
      if ((error as { status?: unknown }).status !== 404) throw error;
      if (missed.has(run.id)) return undefined;
      missed.add(run.id);
      return run;
    }
  };
}
