import type { CallOptions, WorkflowRun } from "@workflow-runs/core";
import {
  type BoundRunParameters,
  checkArguments,
  type RunClient,
  type RunParameters,
  type RunParametersOf,
  type WatchRunOptions,
  watchRunOptions,
} from "../options.ts";
import { conditional, type WithResponse } from "../poll/conditional.ts";
import { pollUntil, type Snapshot } from "../poll/poll-until.ts";
import { attemptAge, isFinished, isQueued, runKey } from "../run-state.ts";

/** One poll of a run. */
export interface RunSnapshot extends Snapshot {
  readonly run: WorkflowRun;
}

/**
 * Yields the run as it is now, then again at each change of `status`, `conclusion` or `run_attempt`,
 * until it is finished. A run that waits for a person (`waiting`, `action_required`) is yielded like any other
 * change, and watched on: `isBlocked(run)` tells it apart.
 *
 * Polls are conditional (an unchanged one costs no rate limit), slow down with the run's age, survive
 * 5xx responses and a lost network, and wait out rate limits. Nothing is requested while the consumer is busy.
 *
 * @throws {ParameterError} for a parameter or option that cannot be used, before anything is sent.
 * @throws {WaitTimeoutError} after `timeout` or `queueTimeout`.
 * @throws {OutageError} when every request has failed for `maxOutage`.
 * @throws {RunDeletedError} when a run that was there is not found, twice in a row.
 * @throws Whatever the client throws that will not pass: a `NotFoundError`, an `AuthenticationError`.
 * @throws The signal's reason, as soon as it aborts.
 * @see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 */
export async function* watchRun<C extends RunClient>(
  client: C,
  parameters: RunParametersOf<C>,
  options: WatchRunOptions = {},
): AsyncGenerator<WorkflowRun, WorkflowRun, undefined> {
  checkArguments("watchRun", client, parameters, options, watchRunOptions);
  const { until = isFinished } = options;
  const now = options.now ?? Date.now;
  return yield* pollUntil(
    {
      caller: "watchRun",
      poll: runPoll(client, parameters, now),
      ends: ({ run }) => until(run),
      show: ({ run }) => run,
    },
    options,
  );
}

/** A request for the run that is conditional from the second time on. */
export function runRequest(
  client: RunClient,
  { owner, repo, run_id }: RunParameters,
): (options: CallOptions) => Promise<WithResponse<WorkflowRun>> {
  return conditional((headers, options: CallOptions) =>
    client.getWorkflowRun.withResponse({ owner, repo, run_id }, { ...options, headers }),
  );
}

/** One conditional request for the run per call. */
export function runPoll(
  client: RunClient,
  parameters: BoundRunParameters,
  now: () => number,
): (options: CallOptions) => Promise<RunSnapshot> {
  // What is left out, the client is bound to and fills in.
  const get = runRequest(client, parameters as RunParameters);
  return async (options) => {
    const { data: run } = await get(options);
    return { run, key: runKey(run), queued: isQueued(run), age: attemptAge(run, now()) };
  };
}
