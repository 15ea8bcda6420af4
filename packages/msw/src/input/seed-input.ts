import { presets } from "../authoring/presets.ts";
import type { RepositoryInit } from "../authoring/create-fake.ts";
import type { SeedFile, SeedRun } from "../authoring/seed-types.ts";
import {
  also,
  check,
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

const run: Check = also(seedRun, ({ count = 1, created_at }: SeedRun) => {
  if (count === 1 || created_at === undefined) return undefined;
  const problem = `is of one run, and count is ${count}: leave one of them out`;
  return { path: "created_at", value: created_at, problem };
});

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
  check(seed, given, file);
}
