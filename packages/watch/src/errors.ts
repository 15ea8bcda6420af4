import type { WorkflowRun } from "@workflow-runs/core";

/** Base of the errors this package throws by itself; those of the client pass through as they are. */
export class WatchError extends Error {
  override readonly name: string = "WatchError";
  /** The run at its last successful poll; undefined when no poll succeeded. */
  readonly run: WorkflowRun | undefined;

  constructor(message: string, run: WorkflowRun | undefined, options?: ErrorOptions) {
    super(message, options);
    this.run = run;
  }
}

/**
 * An argument or option that cannot be used, or that does not exist: the message names it, what was given and
 * what is accepted. Nothing was sent, unless it is what an `interval` function returned.
 */
export class WatchOptionError extends WatchError {
  override readonly name = "WatchOptionError";
  /** Name of the option, or of the argument: `params`, `options`. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(message, undefined);
    this.option = option;
  }
}

/**
 * The run did not get there within `timeout`. The run itself goes on: this stops the waiting only.
 * `cause` is the last failed request, if that is what took the time.
 */
export class WaitTimeoutError extends WatchError {
  override readonly name = "WaitTimeoutError";
  /** The `timeout` that was given, in milliseconds. */
  readonly timeout: number;

  constructor(timeout: number, run: WorkflowRun | undefined, options?: ErrorOptions) {
    super(
      `Waited ${timeout} ms, and ${state(run)}. Wait longer with a larger \`timeout\`, or cancel the run.`,
      run,
      options,
    );
    this.timeout = timeout;
  }
}

/**
 * GitHub did not answer one poll properly for `maxOutage`: 5xx, no network, broken answers.
 * `cause` is the last failure.
 */
export class OutageError extends WatchError {
  override readonly name = "OutageError";
  /** The `maxOutage` that was given, in milliseconds. */
  readonly maxOutage: number;

  constructor(maxOutage: number, run: WorkflowRun | undefined, options: ErrorOptions) {
    super(
      `Every request failed for ${maxOutage} ms, and ${state(run)}. The last failure is this error's cause; ` +
        "wait longer with a larger `maxOutage`.",
      run,
      options,
    );
    this.maxOutage = maxOutage;
  }
}

/** The run waits for a person, and `whenBlocked` is `"throw"`. */
export class RunBlockedError extends WatchError {
  override readonly name = "RunBlockedError";

  constructor(run: WorkflowRun) {
    super(
      run.status === "waiting"
        ? `Run ${run.id} is waiting for a deployment review or a protection rule: review it at ${run.html_url}, ` +
            'or go on waiting with `whenBlocked: "wait"`.'
        : `Run ${run.id} needs the approval of a maintainer (action_required): approve it at ${run.html_url}, ` +
            'or go on waiting with `whenBlocked: "wait"`.',
      run,
    );
  }
}

function state(run: WorkflowRun | undefined): string {
  if (run === undefined) return "no request succeeded";
  const conclusion = run.conclusion === null ? "" : ` (${run.conclusion})`;
  return `run ${run.id}, attempt ${run.run_attempt ?? 1}, was last seen ${run.status}${conclusion}`;
}
