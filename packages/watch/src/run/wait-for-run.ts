import type { WorkflowRun } from "@workflow-runs/core";
import { kinds, type OptionKind } from "@workflow-runs/core/support";
import {
  checkArguments,
  type RunClient,
  type RunParametersOf,
  type WatchRunOptions,
  watchRunOptions,
} from "../options.ts";
import { isFinished } from "../run-state.ts";
import { type BlockedOptions, blockedOptions, handleBlocked } from "./blocked.ts";
import { watchRun } from "./watch-run.ts";

/** The options of `waitForRun`. */
export interface WaitOptions extends WatchRunOptions, BlockedOptions {
  /** Called with the run at each change of `status`, `conclusion` or `run_attempt`, the first poll included. */
  onChange?: ((run: WorkflowRun) => void) | undefined;
}

/** What each option of `waitForRun` may be. */
export const waitOptions: Readonly<Record<keyof WaitOptions, OptionKind>> = {
  ...watchRunOptions,
  ...blockedOptions,
  onChange: kinds.callback,
};

/**
 * Resolves to the run once it is finished (or `until` says so), whatever its conclusion: look at
 * `run.conclusion`.
 *
 * @throws {RunBlockedError} when the run waits for a person, unless `whenBlocked` or `onBlocked` says otherwise.
 * @throws {ParameterError} for a parameter or option that cannot be used, before anything is sent.
 * @throws {WaitTimeoutError} after `timeout` or `queueTimeout`.
 * @throws {OutageError} when every request has failed for `maxOutage`.
 * @throws {RunDeletedError} when a run that was there is not found, twice in a row.
 * @throws Whatever the client throws that will not pass, and the signal's reason.
 * @see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 */
export async function waitForRun<C extends RunClient>(
  client: C,
  parameters: RunParametersOf<C>,
  options: WaitOptions = {},
): Promise<WorkflowRun> {
  checkArguments("waitForRun", client, parameters, options, waitOptions);
  const { whenBlocked, onBlocked, onChange, ...watching } = options;
  const { until = isFinished, signal } = watching;
  const runs = watchRun(client, parameters, watching);
  try {
    for (;;) {
      const { done, value: run } = await runs.next();
      if (done === true) return run;
      onChange?.(run);
      if (!until(run))
        await handleBlocked(client, run, parameters, { whenBlocked, onBlocked, signal });
    }
  } finally {
    await runs.return(undefined as never);
  }
}
