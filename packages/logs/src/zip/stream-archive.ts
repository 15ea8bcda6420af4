import { ParameterError } from "@workflow-runs/core/support";
import { readerOf } from "./byte-source.ts";
import { checkAgainstDirectory, checkHeader, readDirectory } from "./directory.ts";
import type { Engine } from "./engine.ts";
import { skipEntry, takeLocalHeader, unpackEntry } from "./entry-data.ts";
import { ArchiveLimitError, CorruptArchiveError, UnsafeArchiveError } from "./errors.ts";
import { checkEntryCount, checkTotalSize, type Limits } from "./limits.ts";
import { type Header, type Measure, signature, uint32 } from "./records.ts";

/** An entry met in a stream. It can be read once, before the iteration goes on. */
export interface StreamedEntry {
  /** The name, `/` between folders; a folder's own entry ends in `/`. */
  readonly path: string;
  /**
   * The unpacked bytes in pieces. At their end CRC-32 and sizes have been checked.
   * @throws {CorruptArchiveError} when they are not what the archive says
   */
  bytes(): AsyncIterable<Uint8Array>;
}

interface Seen {
  offset: number;
  header: Header;
  measured: Measure;
}

/**
 * Reads an archive from a stream, front to back, in bounded memory. An entry that is not read is passed over
 * without being unpacked. When the last one is done, the central directory must agree with all that was seen.
 *
 * Until then an entry may turn out to be one that the directory does not have, or a link: keep what was
 * written in a folder of its own until the iteration has ended.
 */
export async function* streamArchive(
  source: AsyncIterable<Uint8Array>,
  engine: Engine,
  limits: Limits,
): AsyncGenerator<StreamedEntry, void, undefined> {
  const { reader, close } = readerOf(source);
  const seen = new Map<number, Seen>();
  let total = 0;
  try {
    for (;;) {
      const offset = reader.position;
      const next = await reader.peek(4);
      if (next.length < 4 || uint32(next, 0) !== signature.localHeader) {
        if (next.length < 4 && offset > 0)
          throw new CorruptArchiveError("truncated", `the archive ends after ${offset} bytes`);
        break;
      }
      const header = await takeLocalHeader(reader);
      const path = checkHeader(header);
      checkEntryCount(limits, seen.size + 1);
      let reading: AsyncGenerator<Uint8Array, Measure, undefined> | undefined;
      let measured: Measure | undefined;
      let failed = false;
      yield {
        path,
        async *bytes() {
          if (reading || measured)
            throw new ParameterError(
              `streamArchive: entry: ${JSON.stringify(path)} has been read already: a stream is read once.`,
              { parameter: "entry" },
            );
          reading = unpackEntry(engine, limits, { path, header, reader });
          failed = true;
          for (;;) {
            const next = await reading.next();
            if (next.done) {
              measured = next.value;
              failed = false;
              return;
            }
            checkTotalSize(limits, total + next.value.length);
            yield next.value;
          }
        },
      };
      if (failed && reading) {
        // The consumer stopped in the middle: the rest is unpacked and checked without it.
        for (;;) {
          const rest = await reading.next();
          if (!rest.done) continue;
          measured = rest.value;
          break;
        }
      }
      measured ??= await skipEntry({ path, header, reader });
      total += measured.size;
      checkTotalSize(limits, total);
      seen.set(offset, { offset, header, measured });
    }
    await checkEnd(reader, seen, limits);
  } finally {
    await close();
  }
}

async function checkEnd(
  reader: ReturnType<typeof readerOf>["reader"],
  seen: Map<number, Seen>,
  limits: Limits,
): Promise<void> {
  const offset = reader.position;
  const bytes = await reader.peek(limits.directorySize + 1);
  if (bytes.length > limits.directorySize)
    throw new ArchiveLimitError(
      "directory-too-large",
      "directorySize",
      limits.directorySize,
      "the central directory is larger than allowed",
    );
  const empty: number[] = [signature.end, signature.end64];
  if (offset === 0 && !(bytes.length >= 4 && empty.includes(uint32(bytes, 0))))
    throw new CorruptArchiveError("not-a-zip", notAZip(bytes));
  const entries = readDirectory(bytes, offset, limits);
  for (const entry of entries) {
    const found = seen.get(entry.offset);
    if (!found)
      throw new CorruptArchiveError(
        "directory-mismatch",
        `the directory has it at byte ${entry.offset}, where no entry starts`,
        entry.path,
      );
    checkAgainstDirectory({ ...found.header, ...sizes(found) }, entry, entry.path);
    seen.delete(entry.offset);
  }
  for (const { header, offset } of seen.values())
    throw new UnsafeArchiveError(
      "hidden-entry",
      `the entry at byte ${offset} is not in the directory`,
      checkHeader(header),
    );
}

function sizes({ measured: { crc32, compressedSize, size } }: Seen): Measure {
  return { crc32, compressedSize, size };
}

/** Says what the bytes look like instead. */
export function notAZip(bytes: Uint8Array): string {
  if (bytes.length === 0) return "there are no bytes, an archive was expected";
  const start = new TextDecoder("latin1")
    .decode(bytes.subarray(0, 40))
    .replaceAll(/[^\x20-\x7e]/g, ".");
  return `this is no zip archive; it starts with ${JSON.stringify(start)}`;
}
