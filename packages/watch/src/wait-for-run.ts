import type { WorkflowRun } from "@workflow-runs/core";
import { RunBlockedError } from "./errors.ts";
import { checkArguments, FUNCTION, type OptionKind } from "./option-check.ts";
import {
  type RunClient,
  type RunParametersOf,
  WATCH_OPTIONS,
  type WatchOptions,
} from "./options.ts";
import { isBlocked, isFinished } from "./run-state.ts";
import { watchRun } from "./watch-run.ts";

/** The options of `waitForRun`. */
export interface WaitOptions extends WatchOptions {
  /**
   * What to do when the run waits for a person: a deployment review, or the approval of a fork's pull request.
   * `"throw"` a `RunBlockedError` (the default, so that nobody waits for ever without a word), or
   * `"wait"` until somebody acts. Wait timers and other protection rules show as `waiting` too.
   */
  whenBlocked?: "throw" | "wait";
  /** Called with the run at each change of `status`, `conclusion` or `run_attempt`, the first look included. */
  onChange?: (run: WorkflowRun) => void;
}

const WAIT_OPTIONS: Readonly<Record<keyof WaitOptions, OptionKind>> = {
  ...WATCH_OPTIONS,
  whenBlocked: {
    allows: (value) => value === "throw" || value === "wait",
    words: '"throw" or "wait"',
  },
  onChange: FUNCTION,
};

/**
 * Resolves to the run once it is finished (or `until` says so), whatever its conclusion: look at
 * `run.conclusion`.
 *
 * @throws {RunBlockedError} when the run waits for a person, unless `whenBlocked` is `"wait"`.
 * @throws {WatchOptionError} for an argument or option that cannot be used, before anything is sent.
 * @throws {WaitTimeoutError} after `timeout`.
 * @throws {OutageError} when every request has failed for `maxOutage`.
 * @throws Whatever the client throws that will not pass, and the signal's reason.
 * @see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 */
export async function waitForRun<C extends RunClient>(
  client: C,
  params: RunParametersOf<C>,
  options: WaitOptions = {},
): Promise<WorkflowRun> {
  checkArguments("waitForRun", params, options, WAIT_OPTIONS);
  const { whenBlocked = "throw", onChange, ...watching } = options;
  const { until = isFinished } = watching;
  const runs = watchRun(client, params, watching);
  for (;;) {
    const { done, value: run } = await runs.next();
    if (done === true) return run;
    onChange?.(run);
    if (whenBlocked === "throw" && isBlocked(run) && !until(run)) throw new RunBlockedError(run);
  }
}
