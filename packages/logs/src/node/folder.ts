import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path, { join, type PlatformPath } from "node:path";
import { fileURLToPath } from "node:url";
import { checkEntryCount, checkEntrySize, checkTotalSize, type Limits } from "../zip/limits.ts";
import type { ArchiveEntry } from "../zip/random-archive.ts";

function pathOf(folder: string | URL): string {
  return typeof folder === "string" ? folder : fileURLToPath(folder);
}

/** The name that a file below a folder has in an archive: parted by `/` on every system. */
export function entryName(root: string, file: string, system: PlatformPath = path): string {
  return system.relative(root, file).split(system.sep).join("/");
}

/** Whether there is a folder at this path. */
export async function isFolder(folder: string | URL): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}

/** The files of a folder in which an archive was unpacked, as entries of that archive; links are not followed. */
export async function folderEntries(
  folder: string | URL,
  limits: Limits,
): Promise<Omit<ArchiveEntry, "crc32">[]> {
  const root = pathOf(folder);
  const entries: Omit<ArchiveEntry, "crc32">[] = [];
  let total = 0;
  for (const file of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const own = join(file.parentPath, file.name);
    const { size } = await stat(own);
    const name = entryName(root, own);
    total += size;
    checkEntryCount(limits, entries.length + 1);
    checkEntrySize(limits, name, size, size);
    checkTotalSize(limits, total);
    entries.push({ path: name, size, compressedSize: size, bytes: () => createReadStream(own) });
  }
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
