import type { ByteReader } from "./byte-reader.ts";
import { delimit } from "./delimit.ts";
import { descriptorLength, longestDescriptor } from "./descriptor.ts";
import type { Engine } from "./engine.ts";
import { CorruptArchiveError } from "./errors.ts";
import { checkEntrySize, type Limits } from "./limits.ts";
import {
  flag,
  type Header,
  length,
  localHeaderLength,
  type Measure,
  readLocalHeader,
} from "./records.ts";

/** Takes a local header, whose signature has been seen. */
export async function takeLocalHeader(reader: ByteReader): Promise<Header> {
  const fixed = await reader.peek(length.localHeader);
  if (fixed.length < length.localHeader)
    throw new CorruptArchiveError("truncated", "the archive ends inside a header");
  return readLocalHeader(await reader.take(localHeaderLength(fixed)));
}

/** Whether the header's own numbers are to be believed, or a descriptor follows. */
function knownMeasure(header: Header): Measure | undefined {
  return header.flags & flag.descriptor ? undefined : header;
}

/** What is needed to unpack the data behind a local header. */
export interface EntryData {
  readonly path: string;
  readonly header: Header;
  readonly reader: ByteReader;
  /** The directory's numbers, when it was read first. */
  readonly central?: Measure;
}

/** Unpacks the data behind a local header, checks it against what the archive says of it, and takes its descriptor. */
export async function* unpackEntry(
  engine: Engine,
  limits: Limits,
  { path, header, reader, central }: EntryData,
): AsyncGenerator<Uint8Array, Measure, undefined> {
  const known = central ?? knownMeasure(header);
  const measured = yield* engine.unpack({
    entry: path,
    reader,
    deflated: header.method === 8,
    known,
    zip64: header.zip64,
    check: (size, compressedSize) => {
      checkEntrySize(limits, path, size, compressedSize);
      if (known && size > known.size) throw wrongSize(path, known, { ...known, size });
    },
  });
  if (known) {
    if (measured.size !== known.size || measured.compressedSize !== known.compressedSize)
      throw wrongSize(path, known, measured);
    if (measured.crc32 !== known.crc32)
      throw new CorruptArchiveError(
        "crc-mismatch",
        `the CRC-32 is ${hex(measured.crc32)}, the archive says ${hex(known.crc32)}`,
        path,
      );
  }
  if (header.flags & flag.descriptor) await takeDescriptor(path, header, reader, measured);
  return measured;
}

/** Passes over the data behind a local header without unpacking it, and takes its descriptor. */
export async function skipEntry({
  path,
  header,
  reader,
}: Omit<EntryData, "central">): Promise<Measure> {
  const packed = delimit({
    entry: path,
    reader,
    known: knownMeasure(header),
    zip64: header.zip64,
  });
  for (;;) {
    const { done, value } = await packed.next();
    if (!done) continue;
    if (header.flags & flag.descriptor) await takeDescriptor(path, header, reader, value);
    return value;
  }
}

async function takeDescriptor(
  path: string,
  header: Header,
  reader: ByteReader,
  measured: Measure,
): Promise<void> {
  const bytes = await reader.peek(longestDescriptor + 2);
  const taken = descriptorLength(bytes, measured, header.zip64);
  if (taken === undefined)
    throw bytes.length < longestDescriptor + 2 && bytes.length < 14
      ? new CorruptArchiveError(
          "truncated",
          "the archive ends inside this entry's descriptor",
          path,
        )
      : new CorruptArchiveError(
          "descriptor-mismatch",
          `the data has CRC-32 ${hex(measured.crc32)} and ${measured.compressedSize} bytes for ${measured.size}; the descriptor behind it says something else`,
          path,
        );
  reader.drop(taken);
}

function wrongSize(path: string, said: Measure, measured: Measure): CorruptArchiveError {
  return new CorruptArchiveError(
    "size-mismatch",
    `the archive says ${said.compressedSize} bytes for ${said.size}, the data has ${measured.compressedSize} for ${measured.size} or more`,
    path,
  );
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
