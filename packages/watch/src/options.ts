import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import { DURATION, FUNCTION, type OptionKind, SIGNAL } from "./option-check.ts";

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

/** What a client must be told of a run: `BoundRunParameters` if it is bound to a repository, else `RunParameters`. */
export type RunParametersOf<C extends RunClient> = [C] extends [
  Pick<RepositoryClient, "getWorkflowRun">,
]
  ? BoundRunParameters
  : RunParameters;

/** A poll that failed, and when the next one comes. */
export interface Trouble {
  /** What the client threw. */
  error: unknown;
  /** `rate-limit`: the limit says when to come back. `transient`: 5xx, no network, a broken answer. */
  kind: "rate-limit" | "transient";
  /** How many polls in a row have failed by now. */
  failures: number;
  /** Milliseconds until the next poll. */
  retryIn: number;
}

/** What `watchRun`, `watchJobs` and `waitForRun` have in common. */
export interface WatchOptions {
  /**
   * Stops at once: in a request, and between two. The signal's reason is thrown, which for
   * `AbortSignal.timeout()` is a `DOMException` named `TimeoutError`.
   */
  signal?: AbortSignal;
  /**
   * Milliseconds before a `WaitTimeoutError`; `0` looks once. The default is to wait for ever.
   * It is thrown early when a rate limit allows no further poll in time.
   */
  timeout?: number;
  /** Which run ends the watch. Default: `isFinished`, so any conclusion but `action_required`. */
  until?: (run: WorkflowRun) => boolean;
  /**
   * Milliseconds between two polls, or a function from the age (milliseconds since the attempt started
   * or last changed, whichever is less) to that. Default: `pollInterval`, 3 s for a young run to 60 s for an old one.
   */
  interval?: number | ((age: number) => number);
  /**
   * Milliseconds of failures only (5xx, no network) after which an `OutageError` is thrown.
   * Default: 900,000 (15 minutes). Time spent waiting for a rate limit does not count.
   */
  maxOutage?: number;
  /** Called for each failed poll that is going to be tried again. */
  onTrouble?: (trouble: Trouble) => void;
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /** Waits, and rejects with the signal's reason when it aborts. Default: `setTimeout`. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1), for the jitter of the back-off. Default: `Math.random`. */
  random?: () => number;
}

/** What each option may be. */
export const WATCH_OPTIONS: Readonly<Record<keyof WatchOptions, OptionKind>> = {
  signal: SIGNAL,
  timeout: DURATION,
  until: FUNCTION,
  interval: {
    allows: (value) => DURATION.allows(value) || FUNCTION.allows(value),
    words: `${DURATION.words}, or a function that returns that`,
  },
  maxOutage: DURATION,
  onTrouble: FUNCTION,
  now: FUNCTION,
  sleep: FUNCTION,
  random: FUNCTION,
};
