import { checkName, decodeName } from "./entry-name.ts";
import { CorruptArchiveError, UnsafeArchiveError, UnsupportedArchiveError } from "./errors.ts";
import { checkEntryCount, checkEntrySize, checkTotalSize, type Limits } from "./limits.ts";
import {
  type CentralHeader,
  centralHeaderLength,
  flag,
  type Header,
  length,
  needsEnd64,
  readCentralHeader,
  readEnd,
  signature,
  uint32,
  uint64,
  withEnd64,
} from "./records.ts";

/** An entry as the central directory has it. */
export interface DirectoryEntry extends CentralHeader {
  /** The name as text. */
  readonly path: string;
}

/**
 * Reads the central directory and everything behind it, strictly: each record at its offset, and nothing else.
 *
 * @param bytes from the first central header to the end of the archive
 * @param offset where in the archive `bytes` starts
 */
export function readDirectory(bytes: Uint8Array, offset: number, limits: Limits): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (signatureAt(bytes, at) === signature.centralHeader) {
    checkEntryCount(limits, entries.length + 1);
    if (at + length.centralHeader > bytes.length) throw truncated();
    const end = at + centralHeaderLength(bytes.subarray(at));
    if (end > bytes.length) throw truncated();
    const header = readCentralHeader(bytes.subarray(at, end));
    entries.push({ ...header, path: checkHeader(header) });
    at = end;
  }
  const directorySize = at;
  const end64At = signatureAt(bytes, at) === signature.end64 ? at : undefined;
  if (end64At !== undefined) at = skipEnd64(bytes, at, offset);
  if (signatureAt(bytes, at) !== signature.end || at + length.end > bytes.length)
    throw bytes.length - at < length.end
      ? truncated()
      : bad(`no known record at byte ${offset + at}`);
  let end = readEnd(bytes.subarray(at));
  if (end64At !== undefined) end = withEnd64(end, bytes.subarray(end64At));
  else if (needsEnd64(end) && end.entries !== entries.length)
    throw bad("the end record asks for a zip64 end record, and there is none");
  if (end.entries !== entries.length)
    throw bad(`the end record counts ${end.entries} entries, the directory has ${entries.length}`);
  if (end.directorySize !== directorySize || end.directoryOffset !== offset)
    throw bad(
      `the end record puts the directory at ${end.directoryOffset}+${end.directorySize}, it is at ${offset}+${directorySize}`,
    );
  checkEndOfFile(bytes.subarray(at + length.end), end.commentLength);
  checkTogether(entries, offset, limits);
  return entries;
}

function skipEnd64(bytes: Uint8Array, at: number, offset: number): number {
  const locator = at + length.end64;
  if (locator + length.end64Locator > bytes.length) throw truncated();
  if (signatureAt(bytes, locator) !== signature.end64Locator)
    throw bad("the zip64 end record has no locator behind it");
  if (uint64(bytes, locator + 8) !== offset + at)
    throw bad("the zip64 locator points somewhere else");
  return locator + length.end64Locator;
}

function checkEndOfFile(rest: Uint8Array, commentLength: number): void {
  if (rest.length < commentLength) throw truncated();
  if (rest.length > commentLength)
    throw new UnsafeArchiveError(
      "trailing-bytes",
      `${rest.length - commentLength} bytes follow the end of the archive`,
    );
  for (let at = rest.indexOf(0x50); at >= 0; at = rest.indexOf(0x50, at + 1))
    if (signatureAt(rest, at) === signature.end)
      throw new UnsafeArchiveError("trailing-bytes", "the comment holds a second end record");
}

function signatureAt(bytes: Uint8Array, at: number): number | undefined {
  return at + 4 <= bytes.length ? uint32(bytes, at) : undefined;
}

/**
 * What can be refused by looking at one header, local or central. Gives the name as text.
 */
export function checkHeader(header: Header & Partial<CentralHeader>): string {
  const path = decodeName(header.name, header.flags);
  checkName(path);
  if (header.flags & (flag.encrypted | flag.strong | flag.masked))
    throw new UnsupportedArchiveError("encrypted", "the entry is encrypted", path);
  if (header.method !== 0 && header.method !== 8)
    throw new UnsupportedArchiveError(
      "unknown-method",
      `the entry is packed with method ${header.method}; only stored (0) and deflate (8) are read`,
      path,
    );
  const unknown = header.flags & ~knownFlags;
  if (unknown !== 0)
    throw new UnsupportedArchiveError(
      "unknown-flags",
      `the entry has the flags 0x${unknown.toString(16)}, of forms of zip that are not read`,
      path,
    );
  if (header.version > newestVersion)
    throw new UnsupportedArchiveError(
      "unknown-version",
      `the entry needs version ${header.version / 10} of zip; up to ${newestVersion / 10} is read`,
      path,
    );
  const type = header.madeBy === 3 ? (header.externalAttributes ?? 0) >>> 28 : 0;
  if (type !== 0 && type !== 8 && type !== 4)
    throw new UnsafeArchiveError("symlink", "the entry is a link or a device, not a file", path);
  checkAmbiguous(header, path, type);
  return path;
}

const knownFlags = Object.values(flag).reduce<number>((all, bit) => all | bit, 0);
const newestVersion = 45;
const dosFolder = 0x10;
const unixFolder = 4;

/** What another reader takes for a folder, or by another name, shows two readers two archives. */
function checkAmbiguous(
  { externalAttributes = 0, size, unicodeName, name }: Header & Partial<CentralHeader>,
  path: string,
  type: number,
): void {
  const refuse = (problem: string) => new UnsafeArchiveError("ambiguous-entry", problem, path);
  const isFolder = path.endsWith("/");
  if (!isFolder && ((externalAttributes & dosFolder) !== 0 || type === unixFolder))
    throw refuse("its attributes say that it is a folder, and its name that it is a file");
  if (isFolder && size > 0) throw refuse("its name says that it is a folder, and it has data");
  const other = unicodeName?.some((byte, index) => byte !== name[index]);
  if (unicodeName && (other || unicodeName.length !== name.length))
    throw refuse("an extra field gives it another name");
}

/** What can be refused only by looking at all entries. */
function checkTogether(entries: readonly DirectoryEntry[], offset: number, limits: Limits): void {
  const names = new Set<string>();
  let total = 0;
  for (const { path, size, compressedSize } of entries) {
    if (names.has(path))
      throw new UnsafeArchiveError("duplicate-name", "two entries have this name", path);
    names.add(path);
    total += size;
    checkEntrySize(limits, path, size, compressedSize);
    checkTotalSize(limits, total);
  }
  let free = 0;
  let before: string | undefined;
  for (const entry of byOffset(entries)) {
    if (entry.offset < free)
      throw new UnsafeArchiveError(
        "overlapping-entries",
        `the entry overlaps ${JSON.stringify(before)}`,
        entry.path,
      );
    if (before === undefined && entry.offset > 0)
      throw new UnsafeArchiveError(
        "hidden-entry",
        `${entry.offset} bytes stand before the first entry`,
      );
    free = leastEnd(entry);
    before = entry.path;
  }
  if (free > offset)
    throw new UnsafeArchiveError(
      "overlapping-entries",
      "the entry reaches into the directory",
      before,
    );
  if (before === undefined && offset > 0)
    throw new UnsafeArchiveError("hidden-entry", `${offset} bytes stand before the directory`);
}

function leastEnd(entry: DirectoryEntry): number {
  const descriptor = entry.flags & flag.descriptor ? 12 : 0;
  return entry.offset + length.localHeader + entry.name.length + entry.compressedSize + descriptor;
}

/** The entries in the order they stand in the archive. */
export function byOffset(entries: readonly DirectoryEntry[]): DirectoryEntry[] {
  return entries.toSorted((a, b) => a.offset - b.offset);
}

/**
 * Throws when a local header and what was measured behind it are not what the directory says.
 * @param measured undefined when the entry was skipped
 */
export function checkAgainstDirectory(local: Header, central: CentralHeader, path: string): void {
  const same =
    local.flags === central.flags &&
    local.method === central.method &&
    local.name.length === central.name.length &&
    local.name.every((byte, index) => byte === central.name[index]);
  const sized = !(local.flags & flag.descriptor);
  const agrees = (["crc32", "compressedSize", "size"] as const).every(
    (key) => local[key] === central[key] || (!sized && local[key] === 0),
  );
  if (!same || !agrees)
    throw new CorruptArchiveError(
      "directory-mismatch",
      "its own header says something else than the directory",
      path,
    );
}

function bad(message: string): CorruptArchiveError {
  return new CorruptArchiveError("bad-directory", message);
}

function truncated(): CorruptArchiveError {
  return new CorruptArchiveError("truncated", "the archive ends inside its directory");
}
