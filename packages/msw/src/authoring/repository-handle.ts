import { check, object, whole } from "../input/check.ts";
import { fullName as repositoryName, momentOf } from "../input/text-forms.ts";
import { jobIdsPerRun } from "../rules/job-ids.ts";
import { runNumbers } from "../rules/run-numbers.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { orPreset } from "./presets.ts";
import { runHandle, type FakeRun } from "./run-handle.ts";
import {
  environmentInit,
  runFields,
  spreadInit,
  type EnvironmentInit,
  type RunInit,
  type SpreadInit,
} from "./run-init.ts";
import {
  environmentRecord,
  environmentsOf,
  jobSources,
  runRecord,
  workflowPathOf,
} from "./run-record.ts";
import { checkPush, push, type PushInit } from "./start-run.ts";
import {
  checkWorkflow,
  defineWorkflow,
  workflowHandle,
  type FakeWorkflow,
  type WorkflowInit,
} from "./workflow-handle.ts";
import { noteRun, repositoryOf, type World } from "./world.ts";

const { created_at: _, ...spreadFields } = runFields;
const run = orPreset(object<RunInit>(runFields));
/** A run whose date follows from the others'. */
const spreadRun = orPreset(object<Omit<RunInit, "created_at">>(spreadFields));

/** One repository of the fake. */
export interface FakeRepository {
  readonly id: number;
  /** `owner/name` */
  readonly fullName: string;
  /**
   * Adds a run; without a `status` it starts now and moves with the clock.
   *
   * @throws {InvalidInputError} when the run cannot be, before anything changes
   */
  createRun(init?: RunInit): FakeRun;
  /**
   * Adds many runs, the last being the newest. None is made before somebody looks at it: a page of a
   * list makes the runs of that page, a filtered list those it has to look at.
   *
   * @param init what each run is, or a function of its index that always gives the same
   */
  createRuns(
    count: number,
    init?: Omit<RunInit, "created_at"> | ((index: number) => Omit<RunInit, "created_at">),
    spread?: SpreadInit,
  ): void;
  /**
   * Adds a workflow, or says anew what starts it: a dispatch through the API, a `push` or the clock then
   * make runs of it.
   *
   * @throws {InvalidInputError} when the workflow cannot be, before anything changes
   */
  workflow(file: string, init?: WorkflowInit): FakeWorkflow;
  /** A commit on a branch: it starts the workflows that `on.push` of it; gives their runs. */
  push(branch?: string, init?: PushInit): FakeRun[];
  /** Adds an environment, or changes its protection. */
  createEnvironment(init: EnvironmentInit): void;
  /** A run that was created earlier, undefined when there is none. */
  run(id: number): FakeRun | undefined;
  /** Renames it: the old name is 301 from now on. */
  rename(fullName: string): void;
}

export function repositoryHandle(world: World, id: number): FakeRepository {
  const { store } = world;
  const recordNow = (): RepositoryRecord => repositoryOf(world, id);
  const addEnvironment = (init: EnvironmentInit, replace: boolean): void => {
    const repository = recordNow();
    const known = repository.environments.findIndex(({ name }) => name === init.name);
    if (known !== -1 && !replace) return;
    const id =
      repository.environments[known]?.id ??
      repository.id + 161_088_068 + repository.environments.length;
    const record = environmentRecord(init, id, world.now());
    if (known === -1) repository.environments.push(record);
    else repository.environments[known] = record;
  };
  const allotNumbers = (path: string | undefined, count: number): number => {
    const { nextRunNumber } = recordNow();
    const { first, next } = runNumbers(nextRunNumber, path, count);
    Object.assign(nextRunNumber, next);
    return first;
  };
  const prepare = (init: RunInit): void => {
    for (const environment of environmentsOf(init)) {
      addEnvironment(environment, typeof environment.reviewers !== "undefined");
    }
  };
  return {
    id,
    get fullName() {
      const repository = recordNow();
      return `${repository.owner}/${repository.name}`;
    },
    createRun(init = {}) {
      check(run, init, "createRun");
      jobSources(init);
      prepare(init);
      const repository = recordNow();
      const path = workflowPathOf(init.workflow);
      // One moment for all: an event that came before the run was there would be none.
      const now = world.now();
      const record = runRecord(init, repository, {
        ...store.allotIds(1),
        number: allotNumbers(path, 1),
        seed: world.seed,
        now,
      });
      noteRun(repository, record, init.created_at === undefined);
      store.addRun(record, now);
      world.emit();
      return runHandle(world, record.id);
    },
    createRuns(count, init = {}, spread = {}) {
      check(whole(0), count, "createRuns", { path: "count" });
      check(spreadInit, spread, "createRuns");
      const checked = (each: Omit<RunInit, "created_at">): Omit<RunInit, "created_at"> => {
        check(spreadRun, each, "createRuns");
        jobSources(each);
        return each;
      };
      // What is wrong with the first is an error before anything is kept.
      if (typeof init !== "function") checked(init);
      else if (count > 0) checked(init(0));
      const every = spread.every ?? 600_000;
      const newest = spread.newest === undefined ? world.now() - every : momentOf(spread.newest);
      const { id: firstId, firstJobId } = store.allotIds(count);
      const firstAt = newest - (count - 1) * every;
      // What a function makes belongs to workflows that are not known yet.
      const path = typeof init === "function" ? undefined : workflowPathOf(init.workflow);
      const numbers = allotNumbers(path, count);
      const now = world.now();
      const make = (index: number): RunRecord => {
        const repository = recordNow();
        const each = typeof init === "function" ? checked(init(index)) : init;
        prepare(each);
        const record = runRecord({ ...each, created_at: firstAt + index * every }, repository, {
          id: firstId + index,
          firstJobId: firstJobId + index * jobIdsPerRun,
          number: numbers + index,
          seed: world.seed,
          now,
        });
        noteRun(repository, record, false);
        return record;
      };
      // The first makes the workflow known, so that it can be found by name.
      if (count > 0) make(0);
      store.addBatch({ repositoryId: id, firstId, firstJobId, count, firstAt, every, make });
    },
    workflow(file, init = {}) {
      checkWorkflow(file, init);
      const record = defineWorkflow(world, recordNow(), file, init);
      for (const environment of environmentsOf(init)) addEnvironment(environment, false);
      return workflowHandle(world, id, record.path);
    },
    push(branch, init = {}) {
      checkPush(branch, init);
      return push(world, recordNow(), branch ?? recordNow().defaultBranch, init).map((run) =>
        runHandle(world, run.id),
      );
    },
    createEnvironment(init) {
      check(environmentInit, init, "createEnvironment");
      addEnvironment(init, true);
    },
    run(runId) {
      return store.run(runId)?.repositoryId === id ? runHandle(world, runId) : undefined;
    },
    rename(fullName) {
      const repository = recordNow();
      check(repositoryName, fullName, "rename");
      const [owner, name] = splitName(fullName);
      repository.formerNames.push(`${repository.owner}/${repository.name}`.toLowerCase());
      repository.owner = owner;
      repository.name = name;
    },
  };
}

/** Takes an `owner/name` that was checked apart. */
export function splitName(fullName: string): [owner: string, name: string] {
  return fullName.split("/", 2) as [string, string];
}
