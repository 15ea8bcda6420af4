import type { Job, WorkflowRun } from "@workflow-runs/openapi-types";
import * as v from "valibot";
import {
  amount,
  anyText,
  flag,
  is,
  isObject,
  listOf,
  object,
  oneOf,
  oneOrMore,
  orNull,
  properties,
  recordOf,
  required,
  short,
  text,
  whole,
  type Check,
} from "../input/check.ts";
import { date } from "../input/text-forms.ts";

// What the fake keeps, as plain data: a snapshot holds all of it. Each schema is the type as well.

/** Conclusions GitHub gives a run; a job has the same ones but `stale` and `startup_failure`. */
export type RunConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale"
  | "startup_failure";

/** Conclusions GitHub gives a job or a step. */
export type JobConclusion = Exclude<RunConclusion, "stale" | "startup_failure">;

/** The six statuses of a run and of a job. */
export type RunStatus =
  | "requested"
  | "queued"
  | "pending"
  | "waiting"
  | "in_progress"
  | "completed";

/** The status that a run keeps until its author lets it go on; a run without one moves with the clock. */
export type Hold = Exclude<RunStatus, "completed">;

/** The layout of a log archive: 2021–23, 2023–25, or from 2025 on. */
export type LogLayout = "2021" | "2023" | "2025";

/** One outcome for every attempt, or one for each attempt of which the last repeats. */
export type PerAttempt<T> = T | readonly T[];

/** An input of a workflow that is started by hand. */
export interface WorkflowInput {
  type?: "boolean" | "choice" | "environment" | "number" | "string" | undefined;
  required?: boolean | undefined;
  default?: string | undefined;
  /** What an input of type `choice` may be. */
  options?: readonly string[] | undefined;
}

const jobConclusions: Record<JobConclusion, true> = {
  success: true,
  failure: true,
  neutral: true,
  cancelled: true,
  skipped: true,
  timed_out: true,
  action_required: true,
};
export const jobConclusion: Check<JobConclusion> = oneOf(jobConclusions);
export const runConclusion: Check<RunConclusion> = oneOf({
  ...jobConclusions,
  stale: true,
  startup_failure: true,
});
export const logLayout: Check<LogLayout> = oneOf({ "2021": true, "2023": true, "2025": true });
/** The statuses that a run keeps until it is started; `waiting` is one of a recording only. */
export const hold: Check<Hold> = oneOf({
  requested: true,
  queued: true,
  pending: true,
  waiting: true,
  in_progress: true,
});

export const workflowInput = object<WorkflowInput>({
  type: oneOf({ boolean: true, choice: true, environment: true, number: true, string: true }),
  required: flag,
  default: anyText,
  options: listOf(anyText),
});

/** ms since 1970. */
const time = amount();

const step = v.strictObject({
  name: anyText,
  seconds: v.optional(amount(0)),
  conclusion: v.optional(oneOrMore(jobConclusion)),
  always: v.optional(flag),
  log: v.optional(oneOrMore(anyText)),
  lines: v.optional(whole(0)),
});
/** A step as its author wrote it. */
export type StepSource = v.InferOutput<typeof step>;

const job = v.strictObject({
  name: anyText,
  needs: v.optional(listOf(anyText)),
  always: v.optional(flag),
  labels: v.optional(listOf(anyText)),
  runnerName: v.optional(anyText),
  environment: v.optional(anyText),
  queuedSeconds: v.optional(amount(0)),
  timeoutSeconds: v.optional(amount(0)),
  lostRunner: v.optional(oneOrMore(flag)),
  conclusion: v.optional(oneOrMore(jobConclusion)),
  steps: v.optional(listOf(step)),
});
/** A job as its author wrote it. */
export type JobSource = v.InferOutput<typeof job>;

const triggers = v.strictObject({
  workflow_dispatch: v.optional(v.strictObject({ inputs: recordOf(workflowInput) })),
  /** Branches, `*` and `**` as in a workflow file; empty for all. */
  push: v.optional(v.strictObject({ branches: listOf(anyText) })),
  /** Cron expressions, in UTC. */
  schedule: v.optional(listOf(anyText)),
});

const workflow = v.strictObject({
  id: whole(0),
  name: anyText,
  path: anyText,
  state: oneOf({ active: true, disabled_manually: true }),
  createdAt: time,
  updatedAt: time,
  /** What starts it and what its runs do; a workflow that is only named by runs has none. */
  definition: v.optional(
    v.strictObject({
      on: triggers,
      runName: v.optional(anyText),
      jobs: v.optional(listOf(job)),
      /** Its schedules have made runs until then. */
      scheduledUntil: time,
    }),
  ),
});
export type WorkflowRecord = v.InferOutput<typeof workflow>;

const branch = v.strictObject({
  name: anyText,
  sha: anyText,
  /** Of its commit. @default made up */
  message: v.optional(anyText),
});
/** A branch and the commit it is at. */
export type BranchRecord = v.InferOutput<typeof branch>;

const environment = v.strictObject({
  id: whole(0),
  name: anyText,
  /** Minutes that must pass before the job may start. */
  waitTimer: amount(0),
  /** Logins of those who may review; empty when nobody needs to. */
  reviewers: listOf(anyText),
  /** Whether a GitHub App's custom deployment protection rule guards it too. */
  protectionRule: flag,
  createdAt: time,
});
export type EnvironmentRecord = v.InferOutput<typeof environment>;

const repository = v.strictObject({
  id: whole(0),
  owner: anyText,
  name: anyText,
  private: flag,
  defaultBranch: anyText,
  description: orNull(anyText),
  /** `owner/name` pairs, lower case, that now redirect here. */
  formerNames: listOf(anyText),
  createdAt: time,
  branches: listOf(branch),
  workflows: listOf(workflow),
  environments: listOf(environment),
  nextRunNumber: recordOf(whole(0)),
});
export type RepositoryRecord = v.InferOutput<typeof repository>;

const review = v.strictObject({
  at: time,
  environment: anyText,
  state: oneOf({ approved: true, rejected: true, pending: true }),
  by: anyText,
  comment: anyText,
  /** Whether a custom deployment protection rule reviewed, instead of a person. */
  fromRule: flag,
});
export type Review = v.InferOutput<typeof review>;

const attempt = v.strictObject({
  number: whole(1),
  startedAt: time,
  triggeringActor: anyText,
  /** Names of the jobs this attempt runs; the others are carried over from the attempt before. */
  runs: short("string", oneOf({ all: true }), listOf(anyText)),
  debug: flag,
  /** It never starts: somebody has to approve a fork's run, or to re-run a bot's. */
  blocked: v.optional(oneOf({ fork: true, bot: true })),
  hold: v.optional(hold),
  cancelledAt: v.optional(time),
  forced: v.optional(flag),
  settledAt: v.optional(time),
  settledAs: v.optional(runConclusion),
  reviews: listOf(review),
});
export type AttemptRecord = v.InferOutput<typeof attempt>;

const artifact = v.strictObject({
  name: anyText,
  /** It is there once this attempt is over. */
  attempt: whole(1),
  /** Text, or bytes in base64, by path. */
  files: recordOf(short("string", anyText, v.strictObject({ base64: anyText }))),
  expiresAt: v.optional(time),
  deleted: flag,
});
export type ArtifactRecord = v.InferOutput<typeof artifact>;

const logs = v.strictObject({
  layout: logLayout,
  /** Whether the archive has one file for each step beside each job's. */
  stepFiles: flag,
  /** Downloads are 410 from then on. */
  expiresAt: v.optional(time),
  deleted: flag,
});

/** A job as the API gave it once. */
export type RecordedJob = Pick<Job, "id" | "name" | "labels" | "conclusion" | "started_at"> &
  Partial<Job>;

/** What the fake reads of a recorded job. */
export const recordedJobFields = {
  id: required(whole(1)),
  name: required(anyText),
  conclusion: required(orNull(text)),
  started_at: required(orNull(date)),
  run_attempt: whole(1),
  created_at: date,
  completed_at: orNull(date),
  runner_name: orNull(anyText),
  labels: listOf(anyText),
  steps: orNull(listOf(properties({ name: required(anyText), number: required(whole(0)) }))),
};

const recorded = v.strictObject({
  body: is<Partial<WorkflowRun>>("an object", isObject),
  attempt: whole(1),
  /** Where it stood in the recording: among runs of one moment that order counts. */
  position: whole(0),
  jobs: listOf(
    properties<RecordedJob>({ ...recordedJobFields, labels: required(listOf(anyText)) }),
  ),
});
/** What the API gave once about a run, and which attempt that was. */
export type RecordedRun = v.InferOutput<typeof recorded>;

const run = v.strictObject({
  id: whole(1),
  /** The id of its first job; the others of all attempts follow. */
  firstJobId: whole(1),
  number: whole(0),
  repositoryId: whole(0),
  workflowPath: anyText,
  name: anyText,
  event: anyText,
  branch: orNull(anyText),
  headSha: anyText,
  headRepository: orNull(anyText),
  displayTitle: anyText,
  /** Of the head commit, when it is not the title. */
  commitMessage: v.optional(anyText),
  actor: anyText,
  createdAt: time,
  pullRequests: listOf(whole(0)),
  checkSuiteId: whole(0),
  jobs: listOf(job),
  conclusion: v.optional(oneOrMore(runConclusion)),
  attempts: v.pipe(listOf(attempt), v.minLength(1, "not a list of one attempt or more.")),
  logs,
  artifacts: listOf(artifact),
  /** There when the run was loaded from a recording. */
  recorded: v.optional(recorded),
});
export type RunRecord = v.InferOutput<typeof run>;

export const storeData = v.strictObject({
  nextRepositoryId: whole(0),
  nextRunId: whole(0),
  nextJobId: whole(0),
  repositories: listOf(repository),
  runs: listOf(run),
});
/** Everything the fake knows. */
export type StoreData = v.InferOutput<typeof storeData>;
