import { presets } from "../authoring/presets.ts";
import type { RepositoryInit } from "../authoring/create-fake.ts";
import type { SeedFile, SeedRun } from "../authoring/seed-file.ts";
import {
  isObject,
  listOf,
  object,
  oneOf,
  recordOf,
  required,
  whole,
  type Check,
  type Fields,
} from "./check.ts";
import { refusal, type Place } from "./place.ts";
import { repositoryFields } from "./options-input.ts";
import { runFields } from "./run-input.ts";
import { fullName } from "./text-forms.ts";

const presetNames = Object.fromEntries(Object.keys(presets).map((name) => [name, true])) as Record<
  keyof typeof presets,
  true
>;

const seedRunFields: Fields<SeedRun> = {
  ...runFields,
  preset: oneOf(presetNames),
  count: whole(0),
};
const seedRun: Check = object(seedRunFields);

const run: Check = {
  allowed: "a run",
  check(value, place) {
    seedRun.check(value, place);
    const { count = 1, created_at } = value as SeedRun;
    if (count === 1 || created_at === undefined) return;
    const at = { ...place, path: `${place.path}.created_at` };
    throw refusal(at, created_at, `is of one run, and count is ${count}: leave one of them out`);
  },
};

const seed: Check = object<SeedFile>({
  repositories: required(
    recordOf(
      object<SeedFile["repositories"][string]>({
        ...repositoryFields,
        runs: listOf(run),
      } satisfies Fields<RepositoryInit & { runs?: readonly SeedRun[] }>),
      { name: fullName },
    ),
  ),
});

const file: Place = { call: "", path: "" };

/** @throws {InvalidInputError} when it is no seed */
export function checkSeed(given: unknown): asserts given is SeedFile {
  if (!isObject(given) || !("repositories" in given)) {
    throw refusal(
      file,
      given,
      'is no seed: it has "repositories" (names with their runs), "workflow_runs" (a recording) or "data" (a snapshot)',
    );
  }
  seed.check(given, file);
}
