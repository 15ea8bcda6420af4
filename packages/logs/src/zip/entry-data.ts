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
  signature,
  uint32,
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

/**
 * Unpacks the data behind a local header, checks it against what the archive says of it, and takes its descriptor.
 * The last piece is yielded only when all has been checked, so a small entry comes checked or not at all.
 */
export async function* unpackEntry(
  engine: Engine,
  limits: Limits,
  { path, header, reader, central }: EntryData,
): AsyncGenerator<Uint8Array, Measure, undefined> {
  const known = central ?? knownMeasure(header);
  const unpacking = engine.unpack({
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
  let held: Uint8Array | undefined;
  try {
    for (;;) {
      const next = await unpacking.next();
      if (next.done) {
        if (known) checkMeasure(path, known, next.value);
        if (header.flags & flag.descriptor) await takeDescriptor(path, header, reader, next.value);
        if (held) yield held;
        return next.value;
      }
      if (held) yield held;
      held = next.value;
    }
  } finally {
    await unpacking.return(undefined as never);
  }
}

function checkMeasure(path: string, known: Measure, measured: Measure): void {
  if (measured.size !== known.size || measured.compressedSize !== known.compressedSize)
    throw wrongSize(path, known, measured);
  if (measured.crc32 !== known.crc32) throw wrongCrc(path, known, measured);
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
  if (taken === undefined) throw wrongDescriptor(path, bytes, measured);
  reader.drop(taken);
}

function wrongDescriptor(path: string, bytes: Uint8Array, measured: Measure): CorruptArchiveError {
  // Whatever follows, the end record is longer than this.
  if (bytes.length < longestDescriptor + 2)
    return new CorruptArchiveError("truncated", "the archive ends behind this entry's data", path);
  const signed = uint32(bytes, 0) === signature.dataDescriptor && bytes.length >= 16;
  const says = {
    crc32: uint32(bytes, 4),
    compressedSize: uint32(bytes, 8),
    size: uint32(bytes, 12),
  };
  if (signed && says.compressedSize === measured.compressedSize)
    return says.size === measured.size
      ? wrongCrc(path, says, measured)
      : wrongSize(path, says, measured);
  return new CorruptArchiveError(
    "descriptor-mismatch",
    `the data has CRC-32 ${hex(measured.crc32)} and ${measured.compressedSize} bytes for ${measured.size}; the descriptor behind it says something else`,
    path,
  );
}

function wrongCrc(path: string, said: Measure, measured: Measure): CorruptArchiveError {
  return new CorruptArchiveError(
    "crc-mismatch",
    `the CRC-32 is ${hex(measured.crc32)}, the archive says ${hex(said.crc32)}`,
    path,
  );
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
