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
  /** The version that is needed to read it, in tenths: 20, or 45 with zip64. */
  version: number;
  flags: number;
  method: number;
  /** The name as its bytes. */
  name: Uint8Array;
  /** The name that an extra field has, as its bytes: other readers take it instead of the name. */
  unicodeName: Uint8Array | undefined;
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

/**
 * Bit 0: encrypted. Bits 1 and 2: how hard deflate tried. Bit 3: sizes follow the data. Bit 6: strong encryption. Bit 11:
 * the name is UTF-8. Bit 13: masked.
 */
export const flag = {
  encrypted: 1,
  level: 6,
  descriptor: 8,
  strong: 64,
  utf8: 2048,
  masked: 8192,
} as const;

/** Ids of extra fields. */
const field = { zip64: 0x0001, unicodePath: 0x7075 } as const;

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
  const name = data.getUint16(26, true); // 26: length of the name
  const extra = data.getUint16(28, true); // 28: length of the extra fields
  return length.localHeader + name + extra;
}

/** Reads a whole local header. */
export function readLocalHeader(bytes: Uint8Array): Header {
  const data = view(bytes);
  const nameEnd = length.localHeader + data.getUint16(26, true); // 26: length of the name
  const extra = extraFields(bytes.subarray(nameEnd));
  const header: Header = {
    version: data.getUint8(4), // 4: version needed; 5: system it is for
    flags: data.getUint16(6, true), // 6: general-purpose flags
    method: data.getUint16(8, true), // 8: compression method; 10: time; 12: date
    crc32: data.getUint32(14, true), // 14: CRC-32
    compressedSize: data.getUint32(18, true), // 18: packed size
    size: data.getUint32(22, true), // 22: unpacked size; 26: length of name; 28: length of extra
    name: bytes.slice(length.localHeader, nameEnd), // 30: name, then the extra fields
    unicodeName: unicodeName(extra),
    zip64: extra.has(field.zip64),
  };
  fillFrom64(extra.get(field.zip64), header, ["size", "compressedSize"]);
  return header;
}

/** Length of the central header that starts at `bytes[0]`; its fixed part must be there. */
export function centralHeaderLength(bytes: Uint8Array): number {
  const data = view(bytes);
  const name = data.getUint16(28, true); // 28: length of the name
  const extra = data.getUint16(30, true); // 30: length of the extra fields
  const comment = data.getUint16(32, true); // 32: length of the comment
  return length.centralHeader + name + extra + comment;
}

/** Reads a whole central header. */
export function readCentralHeader(bytes: Uint8Array): CentralHeader {
  const data = view(bytes);
  const nameEnd = length.centralHeader + data.getUint16(28, true); // 28: length of the name
  const extra = extraFields(bytes.subarray(nameEnd, nameEnd + data.getUint16(30, true)));
  const disk = data.getUint16(34, true); // 34: disk it starts on
  const header: CentralHeader = {
    madeBy: data.getUint8(5), // 5: system that the attributes are of
    version: data.getUint8(6), // 6: version needed
    flags: data.getUint16(8, true), // 8: general-purpose flags
    method: data.getUint16(10, true), // 10: compression method; 12: time; 14: date
    crc32: data.getUint32(16, true), // 16: CRC-32
    compressedSize: data.getUint32(20, true), // 20: packed size
    size: data.getUint32(24, true), // 24: unpacked size; 30: extra; 32: comment; 36: internal attributes
    name: bytes.slice(length.centralHeader, nameEnd), // 46: name, extra fields, comment
    unicodeName: unicodeName(extra),
    externalAttributes: data.getUint32(38, true), // 38: external attributes
    offset: data.getUint32(42, true), // 42: where the local header starts
    zip64: extra.has(field.zip64),
    length: centralHeaderLength(bytes),
  };
  fillFrom64(extra.get(field.zip64), header, ["size", "compressedSize", "offset"]);
  if (disk !== 0 && disk !== unknown16) throw multipleDisks();
  return header;
}

/** Reads the end record, whose comment follows it. */
export function readEnd(bytes: Uint8Array): End {
  const data = view(bytes);
  const end = {
    entries: data.getUint16(10, true), // 10: entries in all
    directorySize: data.getUint32(12, true), // 12: size of the directory
    directoryOffset: data.getUint32(16, true), // 16: where the directory starts
    commentLength: data.getUint16(20, true), // 20: length of the comment, which follows
  };
  const disks = [
    data.getUint16(4, true), // 4: this disk
    data.getUint16(6, true), // 6: disk the directory starts on
  ];
  if (disks.some((disk) => disk !== 0 && disk !== unknown16)) throw multipleDisks();
  const here = data.getUint16(8, true); // 8: entries on this disk
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
  const disks = [
    data.getUint32(16, true), // 16: this disk
    data.getUint32(20, true), // 20: disk the directory starts on
  ];
  if (disks.some((disk) => disk !== 0)) throw multipleDisks();
  const large = {
    entries: uint64(bytes, 32), // 32: entries in all
    directorySize: uint64(bytes, 40), // 40: size of the directory
    directoryOffset: uint64(bytes, 48), // 48: where the directory starts
  };
  const size = uint64(bytes, 4); // 4: size of what follows in this record
  const here = uint64(bytes, 24); // 24: entries on this disk
  const agrees =
    size === length.end64 - 12 &&
    here === large.entries &&
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

/** The extra fields by their ids. One that reaches too far, or stands twice, is read in different ways. */
function extraFields(extra: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const data = view(extra);
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at + 4 <= extra.length;) {
    const id = data.getUint16(at, true); // 0: id
    const end = at + 4 + data.getUint16(at + 2, true); // 2: length, then the content
    if (end > extra.length)
      throw new CorruptArchiveError("bad-directory", "an extra field reaches into what follows");
    if (fields.has(id) && (id === field.zip64 || id === field.unicodePath))
      throw new CorruptArchiveError("bad-directory", "an extra field stands twice");
    fields.set(id, extra.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function unicodeName(extra: ReadonlyMap<number, Uint8Array>): Uint8Array | undefined {
  return extra.get(field.unicodePath)?.slice(5); // 0: version; 1: CRC-32 of the name; 5: the name
}

/**
 * A zip64 field holds those numbers, in order, that are all ones in the header. Some writers put all of them there; what
 * the header says too must then be the same.
 */
function fillFrom64<K extends string>(
  content: Uint8Array | undefined,
  header: Record<K, number>,
  keys: readonly K[],
): void {
  const missing = keys.filter((key) => header[key] === unknown32);
  if (missing.length === 0 && content === undefined) return;
  if (content === undefined || content.length < missing.length * 8)
    throw new CorruptArchiveError("bad-directory", "a zip64 size is announced, and missing");
  const all = content.length >= keys.length * 8 && missing.length < keys.length;
  const other = keys.some(
    (key, index) => header[key] !== unknown32 && uint64(content, index * 8) !== header[key],
  );
  if (all && other)
    throw new CorruptArchiveError("bad-directory", "a zip64 size is another than the header's");
  for (const [index, key] of missing.entries())
    header[key] = uint64(content, (all ? keys.indexOf(key) : index) * 8);
}

function multipleDisks(): UnsupportedArchiveError {
  return new UnsupportedArchiveError("multiple-disks", "the archive is split over several disks");
}
