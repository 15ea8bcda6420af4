export {
  AmbiguousRunError,
  NoRunsError,
  OutageError,
  RunBlockedError,
  RunDeletedError,
  WaitTimeoutError,
  WatchError,
} from "./errors.ts";
export type {
  BoundRunParameters,
  RunClient,
  RunParameters,
  RunParametersOf,
  WatchOptions,
  WatchRunOptions,
} from "./options.ts";
export { pollInterval } from "./poll/poll-interval.ts";
export type { PollRetry } from "./poll/retry-decision.ts";
export { isBlocked, isFinished, isQueued } from "./run-state.ts";
export type { ApprovalClient, Blocked, BlockedOptions, Review } from "./run/blocked.ts";
export { type WaitOptions, waitForRun } from "./run/wait-for-run.ts";
export { type JobsChange, type RunAndJobsClient, watchJobs } from "./run/watch-jobs.ts";
export { watchRun } from "./run/watch-run.ts";
