import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder with real archives, recordings and skeletons of real job logs; not part of the repository. */
const folder = process.env["WORKFLOW_RUNS_FIXTURES"];

/** Whether there is such a folder. */
export const hasFixtures: boolean = folder !== undefined && folder !== "";

/** What to say where there is none. */
export const skipped: string = hasFixtures ? "" : " (skipped: WORKFLOW_RUNS_FIXTURES is not set)";

/** The bytes of a real archive. */
export function realArchive(name: string): Uint8Array {
  return fixture(`archives/${name}`);
}

/** The bytes of a file in the folder. */
export function fixture(path: string): Uint8Array {
  return readFileSync(join(folder as string, path));
}
