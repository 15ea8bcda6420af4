import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../../shared/fixtures/archives/", import.meta.url);

/** Whether the folder with real archives is there. */
export const hasRealArchives: boolean = existsSync(folder);

/** What to say where it is not. */
export const skipped: string = hasRealArchives
  ? ""
  : " (skipped: no ../shared/fixtures/archives beside the repository)";

/** The bytes of a real archive. */
export function realArchive(name: string): Uint8Array {
  return readFileSync(new URL(name, folder));
}
