import {
  amount,
  anyText,
  flag,
  is,
  listOf,
  object,
  oneOf,
  oneOrMore,
  orNull,
  recordOf,
  required,
  short,
  text,
  whole,
  type Fields,
} from "../input/check.ts";
import { fullName, moment, type Moment } from "../input/text-forms.ts";
import {
  jobConclusion,
  logLayout,
  runConclusion,
  type Hold,
  type JobConclusion,
  type LogLayout,
  type PerAttempt,
  type RunConclusion,
  type RunStatus,
} from "../state/records.ts";

/** A step of {@link JobInit}. */
export interface StepInit {
  /** e.g. `"npm test"` or `"Run actions/checkout@v4"`; `"Post …"` for a clean-up step. */
  name: string;
  /** How long it takes. @default 1–12 s, made from the name */
  seconds?: number | undefined;
  /** How it ends; a list gives one for each attempt and its last repeats. @default from the job's */
  conclusion?: PerAttempt<JobConclusion> | undefined;
  /** Runs although a step before it failed, like `if: always()`. @default only "Post …" steps */
  always?: boolean | undefined;
  /**
   * What it prints, without timestamps; `##[error]…` and the like as they stand in GitHub's logs, with
   * `%0A` for a message that goes on in a line without timestamp.
   */
  log?: PerAttempt<string> | undefined;
  /** How many lines to make up when there is no `log`; they are streamed, so any number. @default 2–7 */
  lines?: number | undefined;
}

/** A deployment environment, with what protects it. */
export interface EnvironmentInit {
  name: string;
  /** Who may review. @default ["octocat"], or nobody when there is another protection */
  reviewers?: readonly string[] | undefined;
  /** Minutes to wait before the job may go on. @default 0 */
  wait_timer?: number | undefined;
  /** A custom deployment protection rule of a GitHub App must approve. @default false */
  protection_rule?: boolean | undefined;
}

/** A job of {@link RunInit}. */
export interface JobInit {
  name: string;
  /** Steps between "Set up job" and "Complete job", which are added when missing. */
  steps?: readonly (string | StepInit)[] | undefined;
  /** How it will end; a list gives one for each attempt and its last repeats. @default "success" */
  conclusion?: PerAttempt<JobConclusion> | undefined;
  /** Names of the jobs it starts after. */
  needs?: string | readonly string[] | undefined;
  /** Runs although a job it needs failed, like `if: always()`. @default false */
  always?: boolean | undefined;
  /** `runs-on`. @default ["ubuntu-latest"] */
  labels?: readonly string[] | undefined;
  /** @default a hosted runner's, e.g. `"GitHub Actions 1000000174"` */
  runner_name?: string | undefined;
  /** Deploys to it: the run is `waiting` until the deployment is reviewed. */
  environment?: string | EnvironmentInit | undefined;
  /** Time between being ready and being on a runner. @default 2 s */
  queued_seconds?: number | undefined;
  /** After so many minutes on a runner the job is cancelled, as GitHub does it. @default never */
  timeout_minutes?: number | undefined;
  /**
   * Its runner goes away in the step that would fail, else in the last one: the job fails a quarter of
   * an hour later, that step stays `in_progress`, and there is no log. A list for attempts.
   */
  lost_runner?: PerAttempt<boolean> | undefined;
}

/** The log archive of a run. */
export interface LogsInit {
  /** How the archive is laid out, by the year since which GitHub does so. @default "2025" */
  layout?: LogLayout | undefined;
  /** Whether each step has a file of its own too; often missing in reality. @default true */
  step_files?: boolean | undefined;
  /** From then on a download is 410; `true` is now. @default never */
  expired?: boolean | Moment | undefined;
}

/** A file that a run leaves. */
export interface ArtifactInit {
  name: string;
  /** What is in the zip, by path. @default nothing */
  files?: Readonly<Record<string, string | Uint8Array>> | undefined;
  /** The attempt that makes it, and at whose end it is there. @default 1 */
  attempt?: number | undefined;
  /** From then on a download is 410; `true` is now. @default 90 days later */
  expired?: boolean | Moment | undefined;
}

/** What a run is to be; everything has a default. */
export interface RunInit {
  /** File name below `.github/workflows`. @default "ci.yml" */
  workflow?: string | undefined;
  /** The workflow's name. @default made from its file name */
  name?: string | undefined;
  /** @default "push" */
  event?: string | undefined;
  /** The branch; null for a run without one. @default the repository's default branch */
  branch?: string | null | undefined;
  /** @default made from the id */
  head_sha?: string | undefined;
  /** `owner/name` of the fork it comes from; null once that is deleted. @default the repository */
  head_repository?: string | null | undefined;
  display_title?: string | undefined;
  /** Login. @default "octocat" */
  actor?: string | undefined;
  /** Login. @default the actor */
  triggering_actor?: string | undefined;
  /** @default now, or as long ago as it took when `status` is `"completed"` */
  created_at?: Moment | undefined;
  run_number?: number | undefined;
  check_suite_id?: number | undefined;
  /** Numbers of the pull requests it belongs to. */
  pull_requests?: readonly number[] | undefined;
  /** @default one job called `build` */
  jobs?: readonly JobInit[] | undefined;
  /**
   * `"completed"`: it is over already. Another status: it stays there until `start()` or
   * `complete()`.
   * @default it moves with the clock
   */
  status?: Exclude<RunStatus, "waiting"> | undefined;
  /** How it will end, where that does not follow from the jobs; a list for attempts. */
  conclusion?: PerAttempt<RunConclusion> | undefined;
  /**
   * It is `completed` with `action_required`, without jobs. `"required"`: a fork's pull request, which
   * a maintainer approves (attempt 2 then runs). `"bot"`: a bot's pull request in the repository itself,
   * whose approval is refused and whose re-run starts.
   */
  approval?: "required" | "bot" | undefined;
  logs?: LogsInit | undefined;
  /** What it leaves. @default nothing */
  artifacts?: readonly ArtifactInit[] | undefined;
}

/** Which statuses keep a run where it is. */
export function holdOf(status: RunInit["status"]): Hold | undefined {
  return status === "completed" ? undefined : status;
}

/** Many runs over time. */
export interface SpreadInit {
  /** Creation of the newest. @default one `every` ago */
  newest?: Moment | undefined;
  /** Milliseconds between two runs. @default 10 minutes */
  every?: number | undefined;
}

const step = object<StepInit>({
  name: required(text),
  seconds: amount(0),
  conclusion: oneOrMore(jobConclusion),
  always: flag,
  log: oneOrMore(anyText),
  lines: whole(0),
});

export const environmentInit = object<EnvironmentInit>({
  name: required(text),
  reviewers: listOf(text),
  wait_timer: amount(0),
  protection_rule: flag,
});

export const jobInit = object<JobInit>({
  name: required(text),
  steps: listOf(short("string", text, step)),
  conclusion: oneOrMore(jobConclusion),
  needs: oneOrMore(text),
  always: flag,
  labels: listOf(text),
  runner_name: text,
  environment: short("string", text, environmentInit),
  queued_seconds: amount(0),
  timeout_minutes: amount(0),
  lost_runner: oneOrMore(flag),
});

const fileContent = is<string | Uint8Array>(
  "text or a Uint8Array",
  (value) => typeof value === "string" || value instanceof Uint8Array,
);

const artifact = object<ArtifactInit>({
  name: required(text),
  files: recordOf(fileContent),
  attempt: whole(1),
  expired: short("boolean", flag, moment),
});

/** What `createRun` takes. */
export const runFields: Fields<RunInit> = {
  workflow: text,
  name: anyText,
  event: text,
  branch: orNull(text),
  head_sha: text,
  head_repository: orNull(fullName),
  display_title: anyText,
  actor: text,
  triggering_actor: text,
  created_at: moment,
  run_number: whole(1),
  check_suite_id: whole(1),
  pull_requests: listOf(whole(1)),
  jobs: listOf(jobInit),
  status: oneOf({
    requested: true,
    queued: true,
    pending: true,
    in_progress: true,
    completed: true,
  }),
  conclusion: oneOrMore(runConclusion),
  approval: oneOf({ required: true, bot: true }),
  artifacts: listOf(artifact),
  logs: object<LogsInit>({
    layout: logLayout,
    step_files: flag,
    expired: short("boolean", flag, moment),
  }),
};

export const spreadInit = object<SpreadInit>({ newest: moment, every: amount(0) });
