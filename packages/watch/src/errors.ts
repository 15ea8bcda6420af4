import type { WorkflowRun } from "@workflow-runs/core";
import { WorkflowRunsError } from "@workflow-runs/core/support";

/** What was last seen, for an error that ends a watch. */
export interface LastSeen extends ErrorOptions {
  /** The run, where one is watched. */
  readonly run?: WorkflowRun | undefined;
  /** The runs, where several are. */
  readonly runs?: readonly WorkflowRun[] | undefined;
}

/** Base of the errors this package throws by itself; those of the client pass through as they are. */
export class WatchError extends WorkflowRunsError {
  override readonly name: string = "WatchError";
  /** The run at its last successful poll; undefined when no poll succeeded, and where several runs are watched. */
  declare readonly run: WorkflowRun | undefined;
  /** The runs at the last successful poll: all of them where several are watched; undefined when no poll succeeded. */
  declare readonly runs: readonly WorkflowRun[] | undefined;

  constructor(message: string, { run, runs = run && [run], ...options }: LastSeen) {
    super(message, { ...options, run, runs });
  }
}

/**
 * The run did not get there within `timeout`, or did not begin within `queueTimeout`. The run itself goes on: this
 * stops the waiting only. `cause` is the last failed request, if that is what took the time.
 */
export class WaitTimeoutError extends WatchError {
  override readonly name: string = "WaitTimeoutError";
  /** The option that ran out. */
  declare readonly option: "timeout" | "queueTimeout";
  /** Its value, in milliseconds. */
  declare readonly timeout: number;

  constructor(option: "timeout" | "queueTimeout", timeout: number, seen: LastSeen) {
    const where = option === "queueTimeout" ? " for the queue" : "";
    super(
      `Waited ${timeout} ms${where}, and ${stateOf(seen)}. Wait longer with a larger \`${option}\`${nextStep(seen)}.`,
      seen,
    );
    Object.assign(this, { option, timeout });
  }
}

/**
 * GitHub did not respond properly to one poll for `maxOutage`: 5xx, no network, broken bodies.
 * `cause` is the last failure.
 */
export class OutageError extends WatchError {
  override readonly name: string = "OutageError";
  /** The value of `maxOutage`, in milliseconds. */
  declare readonly maxOutage: number;

  constructor(maxOutage: number, seen: LastSeen) {
    super(
      `Every request failed for ${maxOutage} ms, and ${stateOf(seen)}. The last failure is this error's cause; ` +
        "wait longer with a larger `maxOutage`.",
      seen,
    );
    Object.assign(this, { maxOutage });
  }
}

/** The run waits for a person, and `whenBlocked` is `"throw"`. */
export class RunBlockedError extends WatchError {
  override readonly name: string = "RunBlockedError";

  constructor(run: WorkflowRun) {
    const wait = 'or go on waiting with `whenBlocked: "wait"` or an `onBlocked` that approves it.';
    super(
      run.status === "waiting"
        ? `Run ${run.id} is waiting for a deployment review or a protection rule: review it at ${run.html_url}, ${wait}`
        : `Run ${run.id} needs the approval of a maintainer (action_required): approve it at ${run.html_url}, ${wait}`,
      { run },
    );
  }
}

/** A run that was there is not found any more, twice in a row. `cause` is the client's error. */
export class RunDeletedError extends WatchError {
  override readonly name: string = "RunDeletedError";

  constructor(run: WorkflowRun, options: ErrorOptions) {
    super(
      `Run ${run.id} was deleted, or the token can no longer see it. It was last seen ${wordsFor(run)}.`,
      { ...options, run },
    );
  }
}

/** No run that was waited for appeared within `appear`. */
export class NoRunsError extends WatchError {
  override readonly name: string = "NoRunsError";
  /** The value of `appear`, in milliseconds. */
  declare readonly appear: number;

  constructor(appear: number, query: string, options: ErrorOptions = {}) {
    super(
      `No run of ${query} appeared within ${appear} ms. Check that a workflow is triggered by it, ` +
        "or wait longer with a larger `appear`.",
      options,
    );
    Object.assign(this, { appear });
  }
}

/** More than one run may be the one that was dispatched, and nothing tells them apart. They are in `runs`. */
export class AmbiguousRunError extends WatchError {
  override readonly name: string = "AmbiguousRunError";
  /** The runs that it may be. */
  declare readonly runs: readonly WorkflowRun[];

  constructor(runs: readonly WorkflowRun[]) {
    super(
      `${runs.length} runs may be the one that was dispatched: ${runs.map(({ html_url }) => html_url).join(", ")}. ` +
        "This server does not say which one it started: give the workflow an input that its `run-name` shows, " +
        "and name it in `marker`.",
      { runs },
    );
  }
}

function stateOf({ run, runs }: LastSeen): string {
  if (run !== undefined)
    return `run ${run.id}, attempt ${run.run_attempt ?? 1}, was last seen ${wordsFor(run)}`;
  if (runs === undefined) return "no request succeeded";
  if (runs.length === 0) return "no run has appeared";
  const open = runs.filter(({ status }) => status !== "completed");
  const shown = open.slice(0, 3).map((each) => `${each.id} ${wordsFor(each)}`);
  const more = open.length > shown.length ? ` and ${open.length - shown.length} more` : "";
  return open.length === 0
    ? `all ${runs.length} runs were last seen completed`
    : `${open.length} of ${runs.length} runs were last seen open: ${shown.join(", ")}${more}`;
}

function nextStep({ run, runs = [] }: LastSeen): string {
  if (run !== undefined) return ", or cancel the run";
  return runs.length > 0 ? ", or cancel the runs" : ", or check that a workflow is triggered";
}

function wordsFor({ status, conclusion }: WorkflowRun): string {
  return conclusion === null ? `${status}` : `${status} (${conclusion})`;
}
