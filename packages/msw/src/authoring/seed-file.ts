import {
  check,
  isObject,
  listOf,
  object,
  oneOf,
  recordOf,
  required,
  whole,
} from "../input/check.ts";
import { refusal } from "../input/refusal.ts";
import { fullName } from "../input/text-forms.ts";
import { checkSnapshot, type Snapshot } from "../state/snapshot.ts";
import type { ActionsFake } from "./actions-fake.ts";
import { repositoryFields, type RepositoryInit } from "./options.ts";
import { presets, type Presets } from "./presets.ts";
import {
  checkRecording,
  recordingOf,
  repositoryOfRecorded,
  type Recording,
} from "./recorded-bodies.ts";
import type { FakeRepository } from "./repository-handle.ts";
import { environmentInit, runFields, type EnvironmentInit, type RunInit } from "./run-init.ts";
import { jobSources } from "./run-record.ts";
import { workflowInit, type WorkflowInit } from "./workflow-handle.ts";

/** A run of a seed file: what `createRun` takes, on top of a preset if one is named. */
export interface SeedRun extends RunInit {
  /** e.g. `"failure"` */
  preset?: keyof Presets | undefined;
  /** So many of them, spread over time. @default 1 */
  count?: number | undefined;
}

/** A repository of a seed file: what `fake.repository` takes, and what is in it. */
export interface SeedRepository extends RepositoryInit {
  /** By their files, e.g. `"deploy.yml"`: what `repository.workflow` takes. */
  workflows?: Record<string, WorkflowInit> | undefined;
  /** What `repository.createEnvironment` takes. */
  environments?: readonly EnvironmentInit[] | undefined;
  runs?: readonly SeedRun[] | undefined;
}

/** What a fake is to know from the start, as JSON: repositories with their runs. */
export interface SeedFile {
  repositories: Record<string, SeedRepository>;
}

const seedRun = object<SeedRun>({
  ...runFields,
  preset: oneOf<keyof Presets>(presets),
  count: whole(0),
});
const seedRepository = object<SeedRepository>({
  ...repositoryFields,
  workflows: recordOf(workflowInit),
  environments: listOf(environmentInit),
  runs: listOf(seedRun),
});
const seedFile = object<SeedFile>({
  repositories: required(recordOf(seedRepository, fullName)),
});

/** @throws {InvalidInputError} when it is no seed */
export function checkSeed(seed: unknown): asserts seed is SeedFile {
  if (!isObject(seed) || !("repositories" in seed)) {
    const kinds =
      'not a seed, which has "repositories" (names with their runs), "workflow_runs" (a recording) or "data" (a snapshot).';
    throw refusal("", "", seed, kinds);
  }
  check(seedFile, seed, "");
  for (const [name, { runs = [], workflows = {} }] of Object.entries(seed.repositories)) {
    for (const { jobs } of Object.values(workflows)) if (jobs !== undefined) jobSources({ jobs });
    for (const [index, { count = 1, created_at }] of runs.entries()) {
      if (count === 1 || created_at === undefined) continue;
      const path = `repositories[${JSON.stringify(name)}].runs[${index}].created_at`;
      const problem = `which is of one run, and count is ${count}: leave one of them out.`;
      throw refusal("", path, created_at, problem);
    }
  }
}

/**
 * Fills a fake from the content of a file: a {@link SeedFile}, a {@link Snapshot}, or a
 * {@link Recording}.
 *
 * @returns the full names of the repositories it is about
 * @throws {InvalidInputError} when it is none of those, before the fake has changed
 */
export function applySeed(fake: ActionsFake, seed: SeedFile | Snapshot | Recording): string[] {
  if (isObject(seed) && "data" in seed) {
    checkSnapshot(seed, "");
    fake.restore(seed);
    return seed.data.repositories.map(({ owner, name }) => `${owner}/${name}`);
  }
  if (!(isObject(seed) && "repositories" in seed) && recordingOf(seed) !== undefined) {
    const recording = checkRecording(seed, "");
    fake.load(recording);
    return [...new Set(recording.workflow_runs.map((run) => repositoryOfRecorded(run) as string))];
  }
  checkSeed(seed);
  const repositories = Object.entries(seed.repositories).map(
    ([fullName, { runs = [], ...init }]) => ({
      fullName,
      init,
      runs: runs.map((run) => runOfSeed(run)),
    }),
  );
  for (const { fullName, init, runs } of repositories) {
    const repository = repositoryOfSeed(fake, fullName, init);
    for (const { init: run, count } of runs) {
      if (count === 1) repository.createRun(run);
      else repository.createRuns(count, run);
    }
  }
  return Object.keys(seed.repositories);
}

/** The repository of a seed that was checked, with its workflows and environments. */
export function repositoryOfSeed(
  fake: ActionsFake,
  fullName: string,
  { workflows = {}, environments = [], ...init }: Omit<SeedRepository, "runs">,
): FakeRepository {
  const repository = fake.repository(fullName, init);
  for (const environment of environments) repository.createEnvironment(environment);
  for (const [file, workflow] of Object.entries(workflows)) repository.workflow(file, workflow);
  return repository;
}

/**
 * What `createRun` or `createRuns` takes for a run of a seed that was checked.
 *
 * @throws {InvalidInputError} when its jobs cannot be
 */
export function runOfSeed({ preset, count = 1, ...own }: SeedRun): {
  init: RunInit;
  count: number;
} {
  const init = { ...(preset === undefined ? {} : presets[preset]()), ...own };
  jobSources(init);
  return { init, count };
}
