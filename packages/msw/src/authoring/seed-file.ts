import type { SeedFile, SeedRun } from "./seed-types.ts";
import { isObject } from "../input/check.ts";
import { checkRecording, repositoryOfRecorded } from "../input/recording-input.ts";
import { checkSeed } from "../input/seed-input.ts";
import { checkSnapshot } from "../input/snapshot-input.ts";
import type { ActionsFake, Snapshot } from "./create-fake.ts";
import type { Recording } from "./load.ts";
import { recordingOf } from "./recorded-bodies.ts";
import { presets } from "./presets.ts";
import type { RunInit } from "./run-init.ts";
import { jobSources } from "./run-record.ts";

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
    const { workflow_runs: runs } = checkRecording(seed, "");
    fake.load(seed as Recording);
    return [...new Set(runs.map((run) => repositoryOfRecorded(run) as string))];
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
    const repository = fake.repository(fullName, init);
    for (const { init: run, count } of runs) {
      if (count === 1) repository.createRun(run);
      else repository.createRuns(count, run);
    }
  }
  return Object.keys(seed.repositories);
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
