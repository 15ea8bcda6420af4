import type { Job, WorkflowRun } from "@workflow-runs/openapi-types";

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

/** Where a run is kept until it is told to go on; a run without one moves with the clock. */
export type Hold = "requested" | "queued" | "pending" | "waiting" | "in_progress";

/** Whose run waits for a maintainer: a fork's pull request, or a bot in the repository itself. */
export type Blocked = "fork" | "bot";

/** The layout of a log archive: 2021–23, 2023–25, or from 2025 on. */
export type LogEra = "2021" | "2023" | "2025";

export interface UserRecord {
  id: number;
  login: string;
}

/** An input of a workflow that is started by hand. */
export interface WorkflowInput {
  type?: "boolean" | "choice" | "environment" | "number" | "string";
  required?: boolean;
  default?: string;
  /** What an input of type `choice` may be. */
  options?: string[];
}

/** What starts a workflow. */
export interface WorkflowTriggers {
  workflow_dispatch?: { inputs: Record<string, WorkflowInput> };
  /** Branches, `*` and `**` as in a workflow file; empty for all. */
  push?: { branches: string[] };
  /** Cron expressions, in UTC. */
  schedule?: string[];
}

export interface WorkflowRecord {
  id: number;
  name: string;
  path: string;
  state: "active" | "disabled_manually";
  createdAt: number;
  updatedAt: number;
  /** What the author said of it; a workflow that only runs tell of has none. */
  definition?: {
    on: WorkflowTriggers;
    runName?: string;
    jobs?: JobSource[];
    /** Schedules were looked at until then. */
    scheduledUntil: number;
  };
}

/** A branch and the commit it is at. */
export interface BranchRecord {
  name: string;
  sha: string;
}

/** An artifact of a run; there once its attempt is over. */
export interface ArtifactRecord {
  name: string;
  attempt: number;
  /** Text, or bytes in base64. */
  files: Record<string, string | { base64: string }>;
  /** From then on it is expired. */
  expiresAt?: number;
  deleted: boolean;
}

export interface EnvironmentRecord {
  id: number;
  name: string;
  /** Minutes that must pass before the job may start. */
  waitTimer: number;
  /** Logins of those who may review; empty when nobody needs to. */
  reviewers: string[];
  /** Whether a GitHub App's custom deployment protection rule guards it too. */
  protectionRule: boolean;
  createdAt: number;
}

export interface RepositoryRecord {
  id: number;
  owner: string;
  name: string;
  private: boolean;
  defaultBranch: string;
  description: string | null;
  /** `owner/name` pairs, lower case, that now redirect here. */
  formerNames: string[];
  createdAt: number;
  branches: BranchRecord[];
  workflows: WorkflowRecord[];
  environments: EnvironmentRecord[];
  nextRunNumber: Record<string, number>;
}

export interface StepPlan {
  name: string;
  seconds: number;
  conclusion: JobConclusion;
  /** Runs even after a failed step, like `if: always()`. */
  always: boolean;
  /** What the step prints, without timestamps; made up when missing. */
  log?: string | undefined;
  /** How many lines to make up when there is no `log`. */
  lines?: number | undefined;
}

/** How one job will go, in one attempt. */
export interface JobPlan {
  name: string;
  needs: string[];
  /** Runs even when a job it needs failed. */
  always: boolean;
  labels: string[];
  runnerName: string;
  environment?: string;
  queuedSeconds: number;
  /** The job is cancelled after so many seconds on a runner. */
  timeoutSeconds?: number;
  /** Its runner goes away in the step that fails. */
  lostRunner: boolean;
  steps: StepPlan[];
}

/** One outcome for every attempt, or one for each attempt of which the last repeats. */
export type PerAttempt<T> = T | readonly T[];

export interface StepSource {
  name: string;
  seconds?: number;
  conclusion?: PerAttempt<JobConclusion>;
  always?: boolean;
  log?: PerAttempt<string>;
  lines?: number;
}

export interface JobSource {
  name: string;
  needs?: string[];
  always?: boolean;
  labels?: string[] | undefined;
  runnerName?: string | undefined;
  environment?: string;
  queuedSeconds?: number;
  timeoutSeconds?: number;
  lostRunner?: PerAttempt<boolean>;
  conclusion?: PerAttempt<JobConclusion>;
  steps?: StepSource[];
}

export interface Review {
  at: number;
  environment: string;
  state: "approved" | "rejected" | "pending";
  by: string;
  comment: string;
  /** Whether a custom deployment protection rule said it, instead of a reviewer. */
  fromRule: boolean;
}

export interface AttemptRecord {
  number: number;
  startedAt: number;
  triggeringActor: string;
  /** Names of the jobs this attempt runs; the others are carried over from the attempt before. */
  runs: "all" | string[];
  debug: boolean;
  /** It never starts: somebody has to approve a fork's run, or to re-run a bot's. */
  blocked?: Blocked;
  hold?: Hold;
  cancelledAt?: number;
  forced?: boolean;
  settledAt?: number;
  settledAs?: RunConclusion;
  reviews: Review[];
}

/** A job as the API answered it once. */
export type RecordedJob = Pick<Job, "id" | "name" | "labels" | "conclusion" | "started_at"> &
  Partial<Job>;

/** What the API answered once about a run, and which attempt that was. */
export interface RecordedRun {
  body: Partial<WorkflowRun>;
  attempt: number;
  /** Where it stood in the recording: among runs of one moment that order counts. */
  position: number;
  jobs: RecordedJob[];
}

export interface LogSettings {
  era: LogEra;
  /** Whether the archive has one file for each step beside each job's. */
  stepFiles: boolean;
  /** Downloads answer 410 from then on; ms since 1970. */
  expiresAt?: number;
  deleted: boolean;
}

export interface RunRecord {
  id: number;
  /** The id of its first job; the others of all attempts follow. */
  firstJobId: number;
  number: number;
  repositoryId: number;
  workflowPath: string;
  name: string;
  event: string;
  branch: string | null;
  headSha: string;
  headRepository: string | null;
  displayTitle: string;
  actor: string;
  createdAt: number;
  pullRequests: number[];
  checkSuiteId: number;
  jobs: JobSource[];
  conclusion?: PerAttempt<RunConclusion>;
  attempts: AttemptRecord[];
  logs: LogSettings;
  artifacts: ArtifactRecord[];
  /** There when the run was loaded from a recording. */
  recorded?: RecordedRun;
}
