// Browser projects without the newest lib have no AsyncDisposable of their own.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Job } from "@workflow-runs/core";
import type { EntryRole } from "./layout/entry-role.ts";
import type { Line } from "./lines/line.ts";
import type { LineOptions, Lines } from "./lines/line-stream.ts";
import type { Confidence, Reason } from "./reasons/excerpt.ts";
import type { ReasonOptions } from "./reasons/reasons-of.ts";

/** A line of a run's logs. */
export type LogLine = Line<JobLog, StepLog>;

/** The log of a step. */
export interface StepLog {
  /** Number of the step as on GitHub's page. Without step files and API, the steps are counted from 1. */
  readonly number: number;
  /** Its name: the API's, else the archive's, else what the runner wrote where it starts. */
  readonly name: string;
  /** The API's status: `in_progress` in a job that has ended when its runner was lost there; undefined without a client. */
  readonly status: string | undefined;
  /** The API's conclusion; undefined without a client. */
  readonly conclusion: string | null | undefined;
  /** When it started, in milliseconds since 1970; from the API. */
  readonly startedAt: number | undefined;
  /** When it ended, in milliseconds since 1970; from the API. */
  readonly completedAt: number | undefined;
  /** The job it is a step of. */
  readonly job: JobLog;
  /**
   * Its lines, read while you iterate. A step that was skipped or wrote nothing has none.
   * @throws {ParameterError} core's, for an option or a level that does not exist
   */
  lines(options?: LineOptions): Lines<JobLog, StepLog>;
  /**
   * The lines whose text holds a string, or matches a regular expression, read while you iterate.
   * @throws {ParameterError} core's, for a pattern that is neither
   */
  grep(pattern: string | RegExp, options?: LineOptions): AsyncIterable<LogLine>;
  /**
   * Its last lines, in order.
   * @throws {ParameterError} core's, for a count that is none
   */
  tail(count: number, options?: LineOptions): Promise<LogLine[]>;
  /**
   * The log as one string, as GitHub has it.
   * @throws {ArchiveLimitError} beyond `limits.textSize`
   */
  text(): Promise<string>;
}

/**
 * Why a job has no log. `lost-runner`: a step still ran when the job ended, or GitHub's storage has no log of a job that
 * ran (`BlobNotFound`), which is mostly a lost runner. `never-began`: it was skipped, cancelled while it waited, or never assigned to a runner. `deleted`: it had a log, which was deleted.
 * `expired`: the repository's retention has passed. `not-stored-yet`: it has just ended, or has not; ask again later.
 */
export type MissingLog = "lost-runner" | "never-began" | "deleted" | "expired" | "not-stored-yet";

/** A step, a composite action's step, or a group of a job's log, with the time it took. */
export interface LogNode {
  /** What it is. `action`: a step inside a composite action, marked since runner 2.332. */
  readonly kind: "step" | "action" | "group";
  /** Its name, or the group's title. */
  readonly title: string;
  /** The step it is, or is in; undefined before the first step. */
  readonly step: StepLog | undefined;
  /** Number of its first line in its step. */
  readonly line: number;
  /** How many lines it has, with those of its children. */
  readonly lines: number;
  /** When it started, in milliseconds since 1970: the API's time of a step, else that of its first line. */
  readonly startedAt: number | undefined;
  /** How long it took, in milliseconds: what the runner measured, else by the API's or the lines' times. */
  readonly duration: number | undefined;
  /** How it ended: a step's conclusion, an action's outcome before `continue-on-error`; undefined for a group. */
  readonly outcome: string | undefined;
  /** What is inside, in order. */
  readonly children: readonly LogNode[];
  /** How many groups and actions inside are not in `children`, because the job has more than 100,000. */
  readonly omitted: number;
}

/** The log of a job. */
export interface JobLog {
  /** Name of the job: the API's, else the whole name from its log, else the archive's. */
  readonly name: string;
  /** The attempt its log is of; undefined without a client. */
  readonly attempt: number | undefined;
  /** The API's conclusion; undefined without a client. */
  readonly conclusion: Job["conclusion"] | undefined;
  /** The API's job; undefined without a client. */
  readonly api: Job | undefined;
  /**
   * Where its log is read from. `archive`: the run's archive. `job-log`: the job's own log, because it was opened
   * alone, or because the archive has none, none that is surely this job's, or a damaged one. `none`: there is none, and
   * `missing` says why. Whether a log is there, and whole, is known when it has been read.
   */
  readonly origin: "archive" | "job-log" | "none";
  /** Why it has no log: its lines are none then, and no error. Undefined while nothing speaks against one. */
  readonly missing: MissingLog | undefined;
  /** Its steps in order. */
  readonly steps: readonly StepLog[];
  /**
   * All its lines: what the service wrote before the first step, then each step's.
   * @throws {ParameterError} core's, for an option or a level that does not exist
   */
  lines(options?: LineOptions): Lines<JobLog, StepLog>;
  /**
   * The lines whose text holds a string, or matches a regular expression, read while you iterate.
   * @throws {ParameterError} core's, for a pattern that is neither
   */
  grep(pattern: string | RegExp, options?: LineOptions): AsyncIterable<LogLine>;
  /**
   * Its last lines, in order.
   * @throws {ParameterError} core's, for a count that is none
   */
  tail(count: number, options?: LineOptions): Promise<LogLine[]>;
  /**
   * Its steps with the groups and composite actions' steps in them, as a tree with the time that each took. The whole
   * log is read.
   */
  tree(): Promise<LogNode[]>;
  /** The steps, actions and groups that took longest, the longest first. @default count 10 */
  slowest(count?: number): Promise<LogNode[]>;
  /**
   * The log as one string, as GitHub has it.
   * @throws {ArchiveLimitError} beyond `limits.textSize`
   */
  text(): Promise<string>;
}

/** An entry of the archive. */
export interface LogEntry {
  /** Its name in the archive. */
  readonly path: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  /** Packed size in bytes. */
  readonly compressedSize: number;
  /** What it is. `strategy`: GitHub's notes on the strategy, which stand beside the jobs' logs. */
  readonly role: EntryRole["role"] | "strategy";
  /** The job it belongs to. */
  readonly job: JobLog | undefined;
  /** Why a job's, step's or system log could not be assigned to a job. */
  readonly unplaced: string | undefined;
  /**
   * Its bytes, unpacked and checked.
   * @throws {CorruptArchiveError} when they are not what the archive says
   */
  bytes(): AsyncIterable<Uint8Array>;
  /**
   * The entry as text (UTF-8).
   * @throws {ArchiveLimitError} beyond `limits.textSize`
   */
  text(): Promise<string>;
  /**
   * Opens the entry as an archive of its own: the runner's diagnostic logs are zips inside the zip.
   * @throws {CorruptArchiveError} when it is no archive
   */
  open(): Promise<readonly LogEntry[]>;
}

/**
 * What kind of failure it is. `failed`: the step failed. `cancelled`: the step was cancelled while it ran: by the job's
 * time-out, a person, or a newer run. `lost-runner`: the runner was lost while the step ran. `no-step`: the job failed,
 * and none of its steps did.
 */
export type FailureKind = "failed" | "cancelled" | "lost-runner" | "no-step";

/** A failing step, and what it says about why. */
export interface Failure {
  readonly job: JobLog;
  /** The step; undefined when the job failed and none of its steps did. */
  readonly step: StepLog | undefined;
  /** What kind of failure it is. */
  readonly kind: FailureKind;
  /** Why it failed, in one line: the reason that says most, else what is known without the log. */
  readonly reason: string;
  /** Name of the rule that found the reason, mostly the tool's; undefined when no line of the log looks like one. */
  readonly rule: string | undefined;
  /** How sure it is that the reason says why. */
  readonly confidence: Confidence;
  /** All reasons, what says most first; at most 12. Lines of one kind are one reason, with their `count`. */
  readonly reasons: readonly Reason<LogLine>[];
  /** The lines that say why with the lines around them, and the last lines, in order and each once; a gap in `number` is a gap in the log. */
  readonly lines: readonly LogLine[];
  /** How many lines of the step are not in `lines`; empty ones and the script's echo do not count. */
  readonly omitted: number;
  /** Its `##[error]` lines, the first 10,000. */
  readonly errors: readonly LogLine[];
  /** How many `##[error]` lines it has beside those. */
  readonly omittedErrors: number;
}

/** Options of `failures()`. */
export interface FailureOptions extends ReasonOptions {
  /**
   * How many lines to give before and after each line that says why.
   * @default as many as its tool's messages have
   */
  readonly context?: number | undefined;
  /** The logs of a run that succeeded: what also stands there, in the same step, says less. */
  readonly baseline?: { readonly jobs: readonly JobLog[] } | JobLog | undefined;
  /** Stops the reading; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The logs of a run (or of one attempt). */
export interface RunLogs extends AsyncDisposable {
  /** The jobs: in the API's order, else in the archive's. */
  readonly jobs: readonly JobLog[];
  /** Everything that is in the archive, in its order. */
  readonly entries: readonly LogEntry[];
  /**
   * The failing steps, in order, and why they failed; also the jobs that were cancelled while a step ran, lost their
   * runner, or failed without a failing step. A step fails by the API's conclusion; without a client, when it has
   * `##[error]` lines.
   * @throws {ParameterError} core's, on iteration, for an option that does not exist or cannot be used
   */
  failures(options?: FailureOptions): AsyncIterable<Failure>;
  /** Sets free what is held: an open file, a download under way. */
  close(): Promise<void>;
}
