import type { ActionsFake, RepositoryInit, Snapshot } from "./create-fake.ts";
import type { Recording } from "./load.ts";
import { presets, type Presets } from "./presets.ts";
import type { RunInit } from "./run-init.ts";

/** A run of a seed file: what `createRun` takes, on top of a preset if one is named. */
export interface SeedRun extends RunInit {
  /** e.g. `"failure"` */
  preset?: keyof Presets;
  /** So many of them, spread over time. Default 1. */
  count?: number;
}

/** What a fake is to know from the start, as JSON: repositories with their runs. */
export interface SeedFile {
  repositories: Record<string, RepositoryInit & { runs?: readonly SeedRun[] }>;
}

/**
 * Fills a fake from the content of a file: a {@link SeedFile}, a {@link Snapshot}, or a
 * {@link Recording}.
 *
 * @throws {RangeError} when it is none of those, or names a preset that does not exist
 */
export function sow(fake: ActionsFake, seed: SeedFile | Snapshot | Recording): void {
  if (isObject(seed) && "data" in seed) return fake.restore(seed);
  if (isObject(seed) && "workflow_runs" in seed) return void fake.load(seed);
  if (!isObject(seed) || !("repositories" in seed) || !isObject(seed.repositories)) {
    throw new RangeError(
      'a seed has "repositories" (names with their runs), "workflow_runs" (a recording) or "data" (a snapshot)',
    );
  }
  for (const [fullName, { runs = [], ...init }] of Object.entries(seed.repositories)) {
    const repository = fake.repository(fullName, init);
    for (const { preset, count = 1, ...own } of runs) {
      const run = { ...presetNamed(preset), ...own };
      if (count === 1) repository.createRun(run);
      else repository.createRuns(count, run);
    }
  }
}

function presetNamed(name: string | undefined): RunInit {
  if (name === undefined) return {};
  if (Object.hasOwn(presets, name)) return presets[name as keyof Presets]();
  throw new RangeError(
    `there is no preset ${JSON.stringify(name)}, only ${Object.keys(presets).join(", ")}`,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
