export {
  type DownloadOptions,
  openRunLogs,
  type OpenOptions,
  type ReadOptions,
} from "./open-run-logs.ts";
export { type JobLogOptions, openJobLog, type OpenJobOptions } from "./open-job-log.ts";
export { type EndedJob, whyMissing } from "./missing-log.ts";
export type { LogSource } from "./log-source.ts";
export type {
  BoundJobReference,
  BoundRunReference,
  JobLogClient,
  JobReference,
  JobReferenceOf,
  LogClient,
  RunReference,
  RunReferenceOf,
} from "./download/log-client.ts";
export type { DownloadProgress } from "./download/collect.ts";
export { DownloadError } from "./download/download-error.ts";
export type {
  Failure,
  FailureKind,
  FailureOptions,
  JobLog,
  LogEntry,
  LogLine,
  LogNode,
  MissingLog,
  RunLogs,
  StepLog,
} from "./model.ts";
export { annotatedLines, type AnnotatedLine, type CheckAnnotation } from "./annotations.ts";
export { explain, type Explanation, type ExplainOptions } from "./reasons/explain.ts";
export type { Confidence, Excerpt, Reason } from "./reasons/excerpt.ts";
export type { ProblemMatcher, ProblemMatchers, ProblemPattern } from "./reasons/problem-matcher.ts";
export type { TextLine } from "./reasons/reason-finder.ts";
export { type ReasonOptions, reasonsOf } from "./reasons/reasons-of.ts";
export type { Line, LineLevel } from "./lines/line.ts";
export type { LineOptions, Lines } from "./lines/line-stream.ts";
export type { LimitOptions, Limits } from "./zip/limits.ts";
export {
  ArchiveError,
  type ArchiveErrorCode,
  ArchiveLimitError,
  CorruptArchiveError,
  UnsafeArchiveError,
  UnsupportedArchiveError,
} from "./zip/errors.ts";
