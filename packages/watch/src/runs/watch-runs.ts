import type { WorkflowRun } from "@workflow-runs/core";
import { checkOptions, kinds, type OptionKind } from "@workflow-runs/core/support";
import { watchOptions, type WatchOptions } from "../options.ts";
import { pollUntil } from "../poll/poll-until.ts";
import { isFinished, runKey } from "../run-state.ts";
import { checkQuery, type RunsClient, type RunsQueryOf } from "./run-query.ts";
import { runsPoll, type RunsSnapshot } from "./runs-poll.ts";

/** The runs of a query at one moment. */
export interface RunsChange {
  /** All runs seen so far, in the order in which they appeared. */
  runs: readonly WorkflowRun[];
  /** Those that are new, or whose status, conclusion or attempt is not what it was in the change before. */
  changed: readonly WorkflowRun[];
}

/** Options of `watchRuns`. */
export interface WatchRunsOptions extends WatchOptions {
  /**
   * Milliseconds to wait for the first run to appear, before a `NoRunsError`: a list is empty right after a push.
   * @default 120_000 (2 minutes)
   */
  appear?: number | undefined;
  /**
   * Milliseconds without a new run, after which a watch whose runs have all ended ends: one workflow may start
   * another.
   * @default 15_000
   */
  settle?: number | undefined;
}

/** What each option of `watchRuns` may be. */
export const watchRunsOptions: Readonly<Record<keyof WatchRunsOptions, OptionKind>> = {
  ...watchOptions,
  appear: kinds.milliseconds,
  settle: kinds.milliseconds,
};

/**
 * Watches the runs of a commit, a branch, an event or a workflow: waits for them to appear, yields at each new run and
 * each change of one, and ends when all have ended and no new one came for `settle`. A poll is one conditional request
 * per hundred runs, however many there are; a second one while none has appeared, and a last one at the end, because
 * GitHub's filtered lists lag behind. Of a commit (or a time) whose list comes in another order each time, as it does
 * with runs of one second, up to twenty runs are requested one by one instead, because only that is free while
 * nothing changes.
 *
 * Without `head_sha` and `created`, runs that had ended before the watch began are left out, and the hundred newest
 * runs of the list are watched.
 *
 * @throws {ParameterError} for a parameter or option that cannot be used, before anything is sent.
 * @throws {NoRunsError} when no run appeared within `appear`.
 * @throws {WaitTimeoutError} after `timeout` or `queueTimeout`.
 * @throws {OutageError} when every request has failed for `maxOutage`.
 * @throws Whatever the client throws that will not pass, and the signal's reason.
 * @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export async function* watchRuns<C extends RunsClient>(
  client: C,
  query: RunsQueryOf<C>,
  options: WatchRunsOptions = {},
): AsyncGenerator<RunsChange, RunsChange, undefined> {
  checkQuery("watchRuns", client, query);
  checkOptions("watchRuns", options, watchRunsOptions);
  const { appear = 120_000, settle = 15_000, now = Date.now } = options;
  const start = now();
  let before = new Map<number, string>();
  const show = ({ runs }: RunsSnapshot): RunsChange => {
    const keys = new Map(runs.map((run) => [run.id, runKey(run)]));
    const changed = runs.filter((run) => before.get(run.id) !== keys.get(run.id));
    before = keys;
    return { runs, changed };
  };
  return yield* pollUntil(
    {
      caller: "watchRuns",
      poll: runsPoll(client, query, { appear, settle, now }),
      ends: ({ settled }) => settled,
      show,
      latest: ({ runs, newestAt }) => {
        if (runs.length === 0) return Math.max(0, start + appear - now());
        return runs.every(isFinished)
          ? Math.max(0, newestAt + settle - now())
          : Number.POSITIVE_INFINITY;
      },
    },
    options,
  );
}
