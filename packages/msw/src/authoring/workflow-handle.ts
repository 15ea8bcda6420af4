import {
  check,
  flag,
  is,
  listOf,
  object,
  recordOf,
  required,
  short,
  text,
} from "../input/check.ts";
import { isCron } from "../rules/schedule.ts";
import {
  workflowInput,
  type RepositoryRecord,
  type WorkflowInput,
  type WorkflowRecord,
} from "../state/records.ts";
import { jobInit, type JobInit } from "./run-init.ts";
import { jobSources, nameOf, workflowPathOf } from "./run-record.ts";
import { repositoryOf, workflowOf, type World } from "./world.ts";

/** What {@link FakeRepository.workflow} takes. */
export interface WorkflowInit {
  /** Its name. @default made from the file's name */
  name?: string | undefined;
  /** What starts it. @default nothing, so that only `createRun` makes runs of it */
  on?: WorkflowOn | undefined;
  /** The title of its runs, in which `${{ inputs.target }}` stands for an input. */
  run_name?: string | undefined;
  /** What each run does, as in `createRun`; names and logs may hold `${{ inputs.target }}`. */
  jobs?: readonly JobInit[] | undefined;
}

/** What starts a workflow. */
export interface WorkflowOn {
  /** By hand, through the API: `true`, or with the inputs it takes. */
  workflow_dispatch?:
    | boolean
    | { inputs?: Readonly<Record<string, WorkflowInput>> | undefined }
    | undefined;
  /** `repository.push()`: `true` for all branches, or for those that match. */
  push?: boolean | { branches?: readonly string[] | undefined } | undefined;
  /** The clock, in UTC: `[{ cron: "0 4 * * *" }]`. */
  schedule?: readonly { cron: string }[] | undefined;
}

const cron = is<string>(
  'a cron expression of five fields such as "0 4 * * *"',
  (value) => typeof value === "string" && isCron(value),
);

/** What a workflow may be said to be. */
export const workflowInit = object<WorkflowInit>({
  name: text,
  on: object<WorkflowOn>({
    workflow_dispatch: short(
      "boolean",
      flag,
      object<Exclude<NonNullable<WorkflowOn["workflow_dispatch"]>, boolean>>({
        inputs: recordOf(workflowInput),
      }),
    ),
    push: short(
      "boolean",
      flag,
      object<Exclude<NonNullable<WorkflowOn["push"]>, boolean>>({ branches: listOf(text) }),
    ),
    schedule: listOf(object<{ cron: string }>({ cron: required(cron) })),
  }),
  run_name: text,
  jobs: listOf(jobInit),
});

/** @throws {InvalidInputError} when the workflow cannot be */
export function checkWorkflow(file: unknown, init: unknown): void {
  check(text, file, "workflow", { path: "file" });
  check(workflowInit, init, "workflow");
}

/** A workflow of a repository. */
export interface FakeWorkflow {
  readonly id: number;
  readonly name: string;
  /** e.g. `.github/workflows/deploy.yml` */
  readonly path: string;
  readonly state: "active" | "disabled_manually";
}

/** Adds a workflow, or says anew what starts it. */
export function defineWorkflow(
  world: World,
  repository: RepositoryRecord,
  file: string,
  init: WorkflowInit,
): WorkflowRecord {
  const path = workflowPathOf(file);
  const jobs = init.jobs === undefined ? undefined : jobSources({ jobs: init.jobs });
  const now = world.now();
  const workflow = workflowOf(repository, path, init.name ?? nameOf(path), now);
  workflow.name = init.name ?? workflow.name;
  const { workflow_dispatch: dispatch, push, schedule } = init.on ?? {};
  workflow.definition = {
    on: {
      ...(dispatch === undefined || dispatch === false
        ? {}
        : { workflow_dispatch: { inputs: inputsOf(dispatch) } }),
      ...(push === undefined || push === false
        ? {}
        : { push: { branches: [...((push === true ? undefined : push.branches) ?? [])] } }),
      ...(schedule === undefined ? {} : { schedule: schedule.map(({ cron }) => cron) }),
    },
    ...(init.run_name === undefined ? {} : { runName: init.run_name }),
    ...(jobs === undefined ? {} : { jobs }),
    scheduledUntil: now,
  };
  return workflow;
}

function inputsOf(
  dispatch: true | { inputs?: Readonly<Record<string, WorkflowInput>> | undefined },
): Record<string, WorkflowInput> {
  return structuredClone(dispatch === true ? {} : { ...dispatch.inputs });
}

export function workflowHandle(world: World, repositoryId: number, path: string): FakeWorkflow {
  const record = (): WorkflowRecord => {
    const known = repositoryOf(world, repositoryId).workflows.find((one) => one.path === path);
    if (known !== undefined) return known;
    throw new ReferenceError(`the repository has no workflow ${path} any more`);
  };
  return {
    path,
    get id() {
      return record().id;
    },
    get name() {
      return record().name;
    },
    get state() {
      return record().state;
    },
  };
}
