import type { Snapshot } from "../authoring/create-fake.ts";
import type { Budget } from "../rules/rate-limit.ts";
import type {
  ArtifactRecord,
  AttemptRecord,
  BranchRecord,
  EnvironmentRecord,
  JobSource,
  LogSettings,
  RecordedJob,
  RecordedRun,
  RepositoryRecord,
  Review,
  RunRecord,
  WorkflowRecord,
  WorkflowTriggers,
} from "../state/records.ts";
import type { StoreData } from "../state/store.ts";
import {
  check,
  also,
  amount,
  flag,
  listOf,
  object,
  oneOf,
  oneOrMore,
  orNull,
  properties,
  recordOf,
  required,
  secret,
  short,
  anyText,
  whole,
  type Check,
  type Fields,
  pairOf,
} from "./check.ts";
import { refusal } from "./place.ts";
import {
  hold,
  jobConclusion,
  logEra,
  runConclusion,
  stepFields,
  workflowInput,
} from "./run-input.ts";
import { recordedJobFields } from "./recording-input.ts";

const time = required(amount(-Infinity));

const environment: Fields<EnvironmentRecord> = {
  id: required(whole(0)),
  name: required(anyText),
  waitTimer: required(amount(0)),
  reviewers: required(listOf(anyText)),
  protectionRule: required(flag),
  createdAt: time,
};

const files = recordOf(short("string", anyText, object({ base64: required(anyText) })));

const artifact: Fields<ArtifactRecord> = {
  name: required(anyText),
  attempt: required(whole(1)),
  files: required(files),
  expiresAt: amount(-Infinity),
  deleted: required(flag),
};

const job: Fields<JobSource> = {
  name: required(anyText),
  needs: listOf(anyText),
  always: flag,
  labels: listOf(anyText),
  runnerName: anyText,
  environment: anyText,
  queuedSeconds: amount(0),
  timeoutSeconds: amount(0),
  lostRunner: oneOrMore(flag),
  conclusion: oneOrMore(jobConclusion),
  steps: listOf(object(stepFields)),
};

const workflow: Fields<WorkflowRecord> = {
  id: required(whole(0)),
  name: required(anyText),
  path: required(anyText),
  state: required(oneOf<WorkflowRecord["state"]>({ active: true, disabled_manually: true })),
  createdAt: time,
  updatedAt: time,
  definition: object<NonNullable<WorkflowRecord["definition"]>>({
    on: required(
      object<WorkflowTriggers>({
        workflow_dispatch: object({ inputs: required(recordOf(workflowInput)) }),
        push: object({ branches: required(listOf(anyText)) }),
        schedule: listOf(anyText),
      }),
    ),
    runName: anyText,
    jobs: listOf(object(job)),
    scheduledUntil: time,
  }),
};

const repository: Fields<RepositoryRecord> = {
  id: required(whole(0)),
  owner: required(anyText),
  name: required(anyText),
  private: required(flag),
  defaultBranch: required(anyText),
  description: required(orNull(anyText)),
  formerNames: required(listOf(anyText)),
  createdAt: time,
  branches: required(
    listOf(object<BranchRecord>({ name: required(anyText), sha: required(anyText) })),
  ),
  workflows: required(listOf(object(workflow))),
  environments: required(listOf(object(environment))),
  nextRunNumber: required(recordOf(whole(0))),
};

const review: Fields<Review> = {
  at: time,
  environment: required(anyText),
  state: required(oneOf<Review["state"]>({ approved: true, rejected: true, pending: true })),
  by: required(anyText),
  comment: required(anyText),
  fromRule: required(flag),
};

const attempt: Fields<AttemptRecord> = {
  number: required(whole(1)),
  startedAt: time,
  triggeringActor: required(anyText),
  runs: required(short("string", oneOf({ all: true }), listOf(anyText))),
  debug: required(flag),
  blocked: oneOf<NonNullable<AttemptRecord["blocked"]>>({ fork: true, bot: true }),
  hold,
  cancelledAt: amount(-Infinity),
  forced: flag,
  settledAt: amount(-Infinity),
  settledAs: runConclusion,
  reviews: required(listOf(object(review))),
};

const logs: Fields<LogSettings> = {
  era: required(logEra),
  stepFiles: required(flag),
  expiresAt: amount(-Infinity),
  deleted: required(flag),
};

const recorded: Fields<RecordedRun> = {
  body: required(properties({})),
  attempt: required(whole(1)),
  position: required(whole(0)),
  jobs: required(
    listOf(
      properties({ ...recordedJobFields, labels: required(listOf(anyText)) } satisfies {
        [K in keyof RecordedJob]?: unknown;
      }),
    ),
  ),
};

const attempts: Check = also(listOf(object(attempt)), (value: readonly unknown[]) =>
  value.length === 0 ? { value, problem: "has no attempt" } : undefined,
);

const run: Fields<RunRecord> = {
  id: required(whole(1)),
  firstJobId: required(whole(1)),
  number: required(whole(0)),
  repositoryId: required(whole(0)),
  workflowPath: required(anyText),
  name: required(anyText),
  event: required(anyText),
  branch: required(orNull(anyText)),
  headSha: required(anyText),
  headRepository: required(orNull(anyText)),
  displayTitle: required(anyText),
  actor: required(anyText),
  createdAt: time,
  pullRequests: required(listOf(whole(0))),
  checkSuiteId: required(whole(0)),
  jobs: required(listOf(object(job))),
  conclusion: oneOrMore(runConclusion),
  attempts: required(attempts),
  logs: required(object(logs)),
  artifacts: required(listOf(object(artifact))),
  recorded: object(recorded),
};

const data: Fields<StoreData> = {
  nextRepositoryId: required(whole(0)),
  nextRunId: required(whole(0)),
  nextJobId: required(whole(0)),
  repositories: required(listOf(object(repository))),
  runs: required(listOf(object(run))),
};

const budget: Check = object<Budget>({
  limit: required(whole(0)),
  used: required(amount(-Infinity)),
  resetAt: time,
});

/** Budgets are counted by token. */
const budgets: Check = secret(listOf(pairOf(anyText, budget, "a key with its budget")));

const snapshot: Check = object<Snapshot>({
  offset: time,
  data: required(object(data)),
  budgets: required(budgets),
});

/** @throws {InvalidInputError} when it is not what `snapshot()` gave */
export function checkSnapshot(given: unknown, call = "restore"): asserts given is Snapshot {
  const place = { call, path: "" };
  check(snapshot, given, place);
  const { repositories, runs } = (given as Snapshot).data;
  const ids = new Set(repositories.map(({ id }) => id));
  for (const [index, { repositoryId }] of runs.entries()) {
    if (ids.has(repositoryId)) continue;
    const at = { call, path: `data.runs[${index}].repositoryId` };
    throw refusal(at, repositoryId, "is the id of none of data.repositories");
  }
}
