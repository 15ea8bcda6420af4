export {
  OutageError,
  RunBlockedError,
  WaitTimeoutError,
  WatchError,
  WatchOptionError,
} from "./errors.ts";
export type {
  BoundRunParameters,
  RunClient,
  RunParameters,
  RunParametersOf,
  Trouble,
  WatchOptions,
} from "./options.ts";
export { pollInterval } from "./poll-interval.ts";
export { isBlocked, isFinished } from "./run-state.ts";
export { type JobsChange, type JobsClient, watchJobs } from "./watch-jobs.ts";
export { type WaitOptions, waitForRun } from "./wait-for-run.ts";
export { watchRun } from "./watch-run.ts";
