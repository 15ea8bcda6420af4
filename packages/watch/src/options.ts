import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import {
  checkClient,
  checkOptions,
  checkValue,
  kinds,
  type OptionKind,
} from "@workflow-runs/core/support";
import type { PollRetry } from "./poll/retry-decision.ts";

/** The part of core's client that watching a run needs: of the client, or of one of its repositories. */
export type RunClient = Pick<Client, "getWorkflowRun">;

/** Which run, for a client bound to its repository, `github.repository("owner/name")`. */
export interface BoundRunParameters {
  /** The account that owns the repository: the client's own, so it may be left out. */
  owner?: string | undefined;
  /** The repository's name, without its owner: the client's own, so it may be left out. */
  repo?: string | undefined;
  /** The run's id, the number in its URL (not its `run_number`). */
  run_id: number;
}

/** Which run: the path parameters of `getWorkflowRun`. */
export interface RunParameters extends BoundRunParameters {
  /** The account that owns the repository. */
  owner: string;
  /** The repository's name, without its owner. */
  repo: string;
}

/** Which run, for this client: `BoundRunParameters` if it is bound to a repository, else `RunParameters`. */
export type RunParametersOf<C extends RunClient> = [C] extends [
  Pick<RepositoryClient, "getWorkflowRun">,
]
  ? BoundRunParameters
  : RunParameters;

/** Options of everything that polls. */
export interface WatchOptions {
  /**
   * Stops at once: in a request, and between two. The signal's reason is thrown, which for
   * `AbortSignal.timeout()` is a `DOMException` named `TimeoutError`.
   */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds before a `WaitTimeoutError`; `0` looks once. It is thrown early when a rate limit allows no further
   * poll in time.
   * @default no limit
   */
  timeout?: number | undefined;
  /**
   * Milliseconds before a `WaitTimeoutError` that the run may spend before it begins: queued, pending, requested, or
   * waiting for a person. That time then does not count for `timeout`.
   * @default counted for `timeout`
   */
  queueTimeout?: number | undefined;
  /**
   * Milliseconds between two polls, or a function from the age (milliseconds since the attempt started or last
   * changed, whichever is less) to that.
   * @default pollInterval, 3,000 for a young run to 60,000 for an old one
   */
  interval?: number | ((age: number) => number) | undefined;
  /**
   * Anything that yields when something may have changed, such as webhooks that arrive: each item makes the next poll
   * come now, at most one a second. It is a hint only: what counts is what the poll shows, and polling goes on when the
   * hints end or fail.
   */
  wake?: AsyncIterable<unknown> | undefined;
  /**
   * Milliseconds of failures only (5xx, no network) after which an `OutageError` is thrown. Time spent waiting for a
   * rate limit does not count, and neither does a poll that failed in part.
   * @default 900_000 (15 minutes)
   */
  maxOutage?: number | undefined;
  /** Called for each poll that failed, wholly or in part, and is going to be tried again. */
  onRetry?: ((retry: PollRetry) => void) | undefined;
  /** The clock, in milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
  /** Waits, and rejects with the signal's reason when it aborts. @default setTimeout */
  sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** In [0, 1), for the jitter of the back-off. @default Math.random */
  random?: (() => number) | undefined;
}

/** Options of a watch of one run. */
export interface WatchRunOptions extends WatchOptions {
  /** Which run ends the watch. @default isFinished, so any conclusion but `action_required` */
  until?: ((run: WorkflowRun) => boolean) | undefined;
}

/** What each option may be. */
export const watchOptions: Readonly<Record<keyof WatchOptions, OptionKind>> = {
  signal: kinds.abortSignal,
  timeout: kinds.milliseconds,
  queueTimeout: kinds.milliseconds,
  interval: {
    allows: (value) => kinds.milliseconds.allows(value) || kinds.callback.allows(value),
    words: `${kinds.milliseconds.words}, or a function that returns that`,
  },
  wake: {
    allows: (value) => typeof Object(value)[Symbol.asyncIterator] === "function",
    words: "an async iterable",
  },
  maxOutage: kinds.milliseconds,
  onRetry: kinds.callback,
  now: kinds.callback,
  sleep: kinds.callback,
  random: kinds.callback,
};

/** What each option of a watch of one run may be. */
export const watchRunOptions: Readonly<Record<keyof WatchRunOptions, OptionKind>> = {
  ...watchOptions,
  until: kinds.callback,
};

/**
 * Refuses what a compiler would have refused, before anything is sent.
 *
 * @throws {ParameterError}
 */
export function checkArguments(
  caller: string,
  client: unknown,
  parameters: unknown,
  options: unknown,
  known: Readonly<Record<string, OptionKind>>,
  words = "{ owner, repo, run_id }",
): void {
  checkValue(caller, "parameters", parameters, { ...kinds.object, words });
  checkClient(caller, client, "getWorkflowRun");
  checkOptions(caller, options, known);
}
