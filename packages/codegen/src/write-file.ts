import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "./errors.ts";

/**
 * Writes a file at once: a reader never sees half of it, and neither does the next run. A link stays a link; a device or
 * a pipe is written to as it is.
 *
 * @throws {InputError} when the location cannot be written.
 */
export async function writeFileWhole(file: string, content: string): Promise<void> {
  try {
    const kind = await stat(file).catch(() => undefined);
    if (kind === undefined || kind.isFile()) {
      await replace(await realpath(file).catch(() => file), content);
    } else {
      await writeFile(file, content);
    }
  } catch (error) {
    throw new InputError(`${file}: cannot be written: ${reason(error, file)}`, { cause: error });
  }
}

async function replace(file: string, content: string): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    // What cannot be deleted either was never there, and must not hide why.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Why a file cannot be written, without the name of the temporary file. */
function reason(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: { readonly [code: string]: string } = {
    EACCES: "permission denied",
    EISDIR: "is a folder",
    ENOENT: `there is no folder ${dirname(file)}`,
    ENOSPC: "no space is left",
    ENOTDIR: `${dirname(file)} is not a folder`,
    EPERM: "permission denied",
    EROFS: "the file system is read-only",
  };
  return reasons[code ?? ""] ?? message;
}
