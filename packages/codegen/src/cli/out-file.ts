import { stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { InputError } from "../errors.ts";
import { writeFileWhole } from "../write-file.ts";

/** Where a command writes to with `--out`. */
export interface OutFile {
  write: (text: string) => Promise<void>;
}

/**
 * Looks at the location that `--out` names before the work is done.
 *
 * @param out The option's value; standard output when it is missing or `-`.
 * @throws {InputError} when it is a folder, or in a folder that is not there.
 */
export async function outFile(
  out: string | undefined,
  stdout: (text: string) => void,
): Promise<OutFile> {
  if (out === undefined || out === "-") return { write: async (text) => stdout(text) };
  if (out === "") throw new InputError("--out: is empty; give a file, or - for standard output");
  const folder = dirname(out);
  if (out.endsWith("/") || out.endsWith(sep) || (await kindOf(out)) === "folder") {
    throw new InputError(`--out ${out}: is a folder; name a file in it`);
  }
  const kind = await kindOf(folder);
  if (kind === undefined) {
    throw new InputError(`--out ${out}: there is no folder ${folder}; make it first`);
  }
  if (kind === "file") throw new InputError(`--out ${out}: ${folder} is not a folder`);
  return { write: (text) => writeFileWhole(out, text) };
}

async function kindOf(path: string): Promise<"folder" | "file" | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats && (stats.isDirectory() ? "folder" : "file");
}
