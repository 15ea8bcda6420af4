import type { RepositoryInit } from "./create-fake.ts";
import type { Presets } from "./presets.ts";
import type { RunInit } from "./run-init.ts";

/** A run of a seed file: what `createRun` takes, on top of a preset if one is named. */
export interface SeedRun extends RunInit {
  /** e.g. `"failure"` */
  preset?: keyof Presets | undefined;
  /** So many of them, spread over time. Default 1. */
  count?: number | undefined;
}

/** What a fake is to know from the start, as JSON: repositories with their runs. */
export interface SeedFile {
  repositories: Record<string, RepositoryInit & { runs?: readonly SeedRun[] }>;
}
