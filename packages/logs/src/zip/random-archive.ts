import { type ByteSource, readAll, readerOf } from "./byte-source.ts";
import {
  byOffset,
  checkAgainstDirectory,
  checkHeader,
  type DirectoryEntry,
  readDirectory,
} from "./directory.ts";
import { longestDescriptor } from "./descriptor.ts";
import type { Engine } from "./engine.ts";
import { takeLocalHeader, unpackEntry } from "./entry-data.ts";
import { ArchiveLimitError, CorruptArchiveError, UnsafeArchiveError } from "./errors.ts";
import { checkArchiveSize, type Limits } from "./limits.ts";
import { length, needsEnd64, readEnd, signature, uint32, uint64, withEnd64 } from "./records.ts";
import { notAZip } from "./stream-archive.ts";

/** An entry of an archive that is read anywhere; it can be read as often as wanted. */
export interface ArchiveEntry {
  /** The name, `/` between folders; a folder's own entry ends in `/`. */
  readonly path: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  /** Packed size in bytes. */
  readonly compressedSize: number;
  /** CRC-32 of the unpacked bytes. */
  readonly crc32: number;
  /**
   * The unpacked bytes in pieces. At their end CRC-32 and sizes have been checked.
   * @throws {CorruptArchiveError} when they are not what the archive says
   */
  bytes(): AsyncIterable<Uint8Array>;
}

/** Opens an archive by its central directory; only that is read, entries when they are read. */
export async function openArchive(
  source: ByteSource,
  engine: Engine,
  limits: Limits,
): Promise<ArchiveEntry[]> {
  checkArchiveSize(limits, source.size);
  const offset = await findDirectory(source, limits);
  const directory = readDirectory(await readAll(source, offset, source.size), offset, limits);
  const inOrder = byOffset(directory);
  const ends = new Map(
    inOrder.map((entry, index) => [entry, inOrder[index + 1]?.offset ?? offset]),
  );
  return directory.map((entry) => ({
    path: entry.path,
    size: entry.size,
    compressedSize: entry.compressedSize,
    crc32: entry.crc32,
    bytes: () =>
      twice(source, () => readEntry(source, engine, limits, entry, ends.get(entry) as number)),
  }));
}

/** Reads again what was damaged on its way from a server, unless some of it has been yielded. */
async function* twice(
  source: ByteSource,
  read: () => AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let yielded = false;
  try {
    for await (const piece of read()) {
      yielded = true;
      yield piece;
    }
  } catch (error) {
    if (!source.refresh || !(error instanceof CorruptArchiveError)) throw error;
    source.refresh();
    if (yielded) throw error;
    yield* read();
  }
}

async function* readEntry(
  source: ByteSource,
  engine: Engine,
  limits: Limits,
  entry: DirectoryEntry,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { path, crc32, compressedSize, size } = entry;
  // The start of the next record goes with it: it shows that the descriptor ends there.
  const shown = Math.min(end + longestDescriptor + 2, source.size);
  const { reader, close } = readerOf(source.bytes(entry.offset, shown));
  try {
    const start = await reader.peek(4);
    if (start.length < 4 || uint32(start, 0) !== signature.localHeader)
      throw new CorruptArchiveError("directory-mismatch", "no entry starts where it should", path);
    const header = await takeLocalHeader(reader);
    checkHeader(header);
    checkAgainstDirectory(header, entry, path);
    yield* unpackEntry(engine, limits, {
      path,
      header,
      reader,
      central: { crc32, compressedSize, size },
    });
    const rest = end - entry.offset - reader.position;
    if (rest !== 0)
      throw rest > 0
        ? new UnsafeArchiveError("hidden-entry", `${rest} unknown bytes follow the entry`, path)
        : new UnsafeArchiveError("overlapping-entries", "the entry reaches into the next", path);
  } finally {
    await close();
  }
}

const longestComment = 65_535;

/** Where the central directory starts, found from the end of the archive. */
async function findDirectory(source: ByteSource, limits: Limits): Promise<number> {
  const { size } = source;
  const tailStart = Math.max(0, size - length.end - longestComment);
  const tail = await readAll(source, tailStart, size);
  const at = findEnd(tail);
  if (at === undefined) throw await noEnd(source);
  let end = readEnd(tail.subarray(at));
  if (needsEnd64(end)) {
    const locator = tailStart + at - length.end64Locator;
    if (locator >= length.end64) {
      const bytes = await readAll(source, locator, locator + length.end64Locator);
      if (uint32(bytes, 0) === signature.end64Locator) {
        const end64At = uint64(bytes, 8);
        if (end64At + length.end64 > locator)
          throw new CorruptArchiveError("bad-directory", "the zip64 locator points too far");
        const end64 = await readAll(source, end64At, end64At + length.end64);
        if (uint32(end64, 0) !== signature.end64)
          throw new CorruptArchiveError("bad-directory", "the zip64 locator points somewhere else");
        end = withEnd64(end, end64);
      }
    }
  }
  if (end.directoryOffset > tailStart + at)
    throw new CorruptArchiveError("bad-directory", "the directory would start behind its own end");
  if (size - end.directoryOffset > limits.directorySize)
    throw new ArchiveLimitError(
      "directory-too-large",
      "directorySize",
      limits.directorySize,
      `the central directory has ${size - end.directoryOffset} bytes`,
    );
  return end.directoryOffset;
}

/** The first end record whose comment reaches to the end of the archive, or else the last one there is. */
function findEnd(tail: Uint8Array): number | undefined {
  let last: number | undefined;
  for (let at = tail.indexOf(0x50); at >= 0; at = tail.indexOf(0x50, at + 1)) {
    if (at + length.end > tail.length || uint32(tail, at) !== signature.end) continue;
    last = at;
    const comment = (tail[at + 20] as number) + (tail[at + 21] as number) * 256;
    if (at + length.end + comment === tail.length) return at;
  }
  return last;
}

async function noEnd(source: ByteSource): Promise<CorruptArchiveError> {
  const start = await readAll(source, 0, Math.min(64, source.size));
  return start.length >= 4 && uint32(start, 0) === signature.localHeader
    ? new CorruptArchiveError(
        "truncated",
        `the archive ends after ${source.size} bytes, without a directory`,
      )
    : new CorruptArchiveError("not-a-zip", notAZip(start));
}
