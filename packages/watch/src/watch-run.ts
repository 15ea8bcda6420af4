import type { WorkflowRun } from "@workflow-runs/core";
import { conditional } from "./conditional.ts";
import { observe, type Observation } from "./observe.ts";
import { checkArguments } from "./option-check.ts";
import {
  type BoundRunParameters,
  type RunClient,
  type RunParameters,
  type RunParametersOf,
  WATCH_OPTIONS,
  type WatchOptions,
} from "./options.ts";
import { runKey } from "./run-state.ts";

/**
 * Yields the run as it is now, then again at each change of `status`, `conclusion` or `run_attempt`,
 * until it is finished. A run that waits for a person (`waiting`, `action_required`) is yielded like any other
 * change, and watched on: `isBlocked(run)` tells it apart.
 *
 * Polls are conditional (an unchanged one costs no rate limit), slow down with the run's age, survive
 * 5xx answers and a lost network, and wait out rate limits. Nothing is asked for while the consumer is busy.
 *
 * @throws {WatchOptionError} for an argument or option that cannot be used, before anything is sent.
 * @throws {WaitTimeoutError} after `timeout`.
 * @throws {OutageError} when every request has failed for `maxOutage`.
 * @throws Whatever the client throws that will not pass: a `NotFoundError`, an `AuthenticationError`.
 * @throws The signal's reason, as soon as it aborts.
 * @see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 */
export async function* watchRun<C extends RunClient>(
  client: C,
  params: RunParametersOf<C>,
  options: WatchOptions = {},
): AsyncGenerator<WorkflowRun, WorkflowRun, undefined> {
  checkArguments("watchRun", params, options, WATCH_OPTIONS);
  const observations = observe(runPoll(client, params), options);
  for (;;) {
    const { done, value } = await observations.next();
    if (done === true) return value.run;
    yield value.run;
  }
}

/** One conditional look at the run per call. */
export function runPoll(
  client: RunClient,
  params: BoundRunParameters,
): (options: Parameters<RunClient["getWorkflowRun"]>[1]) => Promise<Observation> {
  // What is left out, the client is bound to and fills in.
  const { owner, repo, run_id } = params as RunParameters;
  const get = conditional((headers, options: Parameters<RunClient["getWorkflowRun"]>[1]) =>
    client.getWorkflowRun.withResponse({ owner, repo, run_id }, { ...options, headers }),
  );
  return async (options) => {
    const { data: run } = await get(options);
    return { run, key: runKey(run) };
  };
}
