import { CorruptArchiveError, UnsupportedArchiveError } from "./errors.ts";

// The records of a zip file: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

/** Signatures, as little-endian numbers. */
export const signature = {
  localHeader: 0x04034b50,
  dataDescriptor: 0x08074b50,
  centralHeader: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  end64Locator: 0x07064b50,
} as const;

/** Lengths of the records' fixed parts. */
export const length = {
  localHeader: 30,
  centralHeader: 46,
  end: 22,
  end64: 56,
  end64Locator: 20,
} as const;

/** What describes the bytes of an entry. */
export interface Measure {
  crc32: number;
  compressedSize: number;
  size: number;
}

/** The fields that a local header and a central header have in common. */
export interface Header extends Measure {
  flags: number;
  method: number;
  /** The name as its bytes. */
  name: Uint8Array;
  /** Sizes are (or may be) in eight bytes: the header has a zip64 field. */
  zip64: boolean;
}

/** An entry of the central directory. */
export interface CentralHeader extends Header {
  /** 3 means that the attributes are Unix's. */
  madeBy: number;
  externalAttributes: number;
  /** Where the local header starts. */
  offset: number;
  /** Length of the record. */
  length: number;
}

/** The end of the central directory. */
export interface End {
  entries: number;
  directorySize: number;
  directoryOffset: number;
  commentLength: number;
}

/** Bit 0: encrypted. Bit 3: sizes follow the data. Bit 6: strong encryption. Bit 11: the name is UTF-8. Bit 13: masked. */
export const flag = { encrypted: 1, descriptor: 8, strong: 64, utf8: 2048, masked: 8192 } as const;

const unknown32 = 0xffffffff;
const unknown16 = 0xffff;

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The 32-bit number at an offset. */
export function uint32(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint32(offset, true);
}

/** The 64-bit number at an offset; beyond 2^53 nothing here can be addressed. */
export function uint64(bytes: Uint8Array, offset: number): number {
  const value = view(bytes).getBigUint64(offset, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new CorruptArchiveError("bad-directory", `a size or offset of ${value} cannot be`);
  return Number(value);
}

/** Length of the local header that starts at `bytes[0]`; its fixed part must be there. */
export function localHeaderLength(bytes: Uint8Array): number {
  const data = view(bytes);
  return length.localHeader + data.getUint16(26, true) + data.getUint16(28, true);
}

/** Reads a whole local header. */
export function readLocalHeader(bytes: Uint8Array): Header {
  const data = view(bytes);
  const nameEnd = length.localHeader + data.getUint16(26, true);
  const header: Header = {
    flags: data.getUint16(6, true),
    method: data.getUint16(8, true),
    crc32: data.getUint32(14, true),
    compressedSize: data.getUint32(18, true),
    size: data.getUint32(22, true),
    name: bytes.slice(length.localHeader, nameEnd),
    zip64: false,
  };
  const large = extraField(bytes.subarray(nameEnd), 1);
  if (large) {
    header.zip64 = true;
    fillFrom64(large, header, ["size", "compressedSize"]);
  } else if (header.size === unknown32 || header.compressedSize === unknown32) {
    throw new CorruptArchiveError("bad-directory", "a zip64 size is announced, and missing");
  }
  return header;
}

/** Length of the central header that starts at `bytes[0]`; its fixed part must be there. */
export function centralHeaderLength(bytes: Uint8Array): number {
  const data = view(bytes);
  return (
    length.centralHeader +
    data.getUint16(28, true) +
    data.getUint16(30, true) +
    data.getUint16(32, true)
  );
}

/** Reads a whole central header. */
export function readCentralHeader(bytes: Uint8Array): CentralHeader {
  const data = view(bytes);
  const nameEnd = length.centralHeader + data.getUint16(28, true);
  const disk = data.getUint16(34, true);
  const header: CentralHeader = {
    madeBy: data.getUint8(5),
    flags: data.getUint16(8, true),
    method: data.getUint16(10, true),
    crc32: data.getUint32(16, true),
    compressedSize: data.getUint32(20, true),
    size: data.getUint32(24, true),
    name: bytes.slice(length.centralHeader, nameEnd),
    externalAttributes: data.getUint32(38, true),
    offset: data.getUint32(42, true),
    zip64: false,
    length: centralHeaderLength(bytes),
  };
  const extra = bytes.subarray(nameEnd, nameEnd + data.getUint16(30, true));
  const large = extraField(extra, 1);
  if (large) {
    header.zip64 = true;
    fillFrom64(large, header, ["size", "compressedSize", "offset"]);
  } else if ([header.size, header.compressedSize, header.offset].includes(unknown32)) {
    throw new CorruptArchiveError("bad-directory", "a zip64 size is announced, and missing");
  }
  if (disk !== 0 && disk !== unknown16) throw multipleDisks();
  return header;
}

/** Reads the end record, whose comment follows it. */
export function readEnd(bytes: Uint8Array): End {
  const data = view(bytes);
  const end = {
    entries: data.getUint16(10, true),
    directorySize: data.getUint32(12, true),
    directoryOffset: data.getUint32(16, true),
    commentLength: data.getUint16(20, true),
  };
  const disks = [data.getUint16(4, true), data.getUint16(6, true)];
  if (disks.some((disk) => disk !== 0 && disk !== unknown16)) throw multipleDisks();
  const here = data.getUint16(8, true);
  if (here !== end.entries)
    throw new CorruptArchiveError(
      "bad-directory",
      `the end record counts ${here} entries on this disk and ${end.entries} in all`,
    );
  return end;
}

/** Whether the end record leaves something to the zip64 end record. */
export function needsEnd64({ entries, directorySize, directoryOffset }: End): boolean {
  return entries === unknown16 || directorySize === unknown32 || directoryOffset === unknown32;
}

/** Reads the zip64 end record and puts what it knows into the end record. */
export function withEnd64(end: End, bytes: Uint8Array): End {
  const data = view(bytes);
  if (data.getUint32(16, true) !== 0 || data.getUint32(20, true) !== 0) throw multipleDisks();
  const large = {
    entries: uint64(bytes, 32),
    directorySize: uint64(bytes, 40),
    directoryOffset: uint64(bytes, 48),
  };
  const agrees =
    uint64(bytes, 4) === length.end64 - 12 &&
    uint64(bytes, 24) === large.entries &&
    (end.entries === unknown16 || end.entries === large.entries) &&
    (end.directorySize === unknown32 || end.directorySize === large.directorySize) &&
    (end.directoryOffset === unknown32 || end.directoryOffset === large.directoryOffset);
  if (!agrees)
    throw new CorruptArchiveError(
      "bad-directory",
      "the zip64 end record says something else than the end record",
    );
  return { ...end, ...large };
}

/** The content of the extra field with this id. */
function extraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + data.getUint16(at + 2, true);
    if (end > extra.length) return undefined;
    if (data.getUint16(at, true) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

// A zip64 field holds only those numbers, in order, that are all ones in the header.
function fillFrom64<K extends string>(
  field: Uint8Array,
  header: Record<K, number>,
  keys: readonly K[],
): void {
  let at = 0;
  for (const key of keys) {
    if (header[key] !== unknown32) continue;
    if (at + 8 > field.length)
      throw new CorruptArchiveError("bad-directory", "a zip64 size is announced, and missing");
    header[key] = uint64(field, at);
    at += 8;
  }
}

function multipleDisks(): UnsupportedArchiveError {
  return new UnsupportedArchiveError("multiple-disks", "the archive is split over several disks");
}
