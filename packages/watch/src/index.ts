export {
  type BoundDispatchParameters,
  dispatchAndWait,
  type DispatchClient,
  type DispatchOptions,
  type DispatchParameters,
  type DispatchParametersOf,
} from "./dispatch/dispatch-and-wait.ts";
export {
  AmbiguousRunError,
  NoRunsError,
  OutageError,
  RunBlockedError,
  RunDeletedError,
  WaitTimeoutError,
  WatchError,
} from "./errors.ts";
export { type EarlierRun, type Estimate, estimate } from "./estimate.ts";
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
export { conclusionOf, type RunsConclusion } from "./runs/conclusion-of.ts";
export type { BoundRunsQuery, RunsClient, RunsQuery, RunsQueryOf } from "./runs/run-query.ts";
export {
  type WaitForRunsOptions,
  type WaitForRunsResult,
  waitForRuns,
} from "./runs/wait-for-runs.ts";
export { type RunsChange, watchRuns, type WatchRunsOptions } from "./runs/watch-runs.ts";
