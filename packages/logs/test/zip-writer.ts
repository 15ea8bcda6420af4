import { crc32, deflateRawSync } from "node:zlib";

// A writer for tests alone: it makes what GitHub serves, and everything that must be refused.

/** An entry to write. What is said of it may be a lie. */
export interface WrittenEntry {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** Default 8, deflate. */
  method?: number;
  /** Sizes follow the data, as in GitHub's archives. Default true. */
  descriptor?: boolean;
  /** The descriptor starts with its signature. Default true. */
  signed?: boolean;
  /** Sizes in eight bytes. */
  zip64?: boolean;
  /** Further flags; UTF-8 is set for names beyond ASCII. */
  flags?: number;
  /** The attributes that the directory gives, besides a mode's. */
  attributes?: number;
  /** The version that is needed to read it. Default 20, or 45 with zip64. */
  version?: number;
  /** Bytes of further extra fields, in both headers. */
  extra?: Uint8Array;
  /** Sizes in eight bytes in the descriptor, without a zip64 field. */
  wideDescriptor?: boolean;
  /** Unix mode, which makes the entry one made on Unix. */
  mode?: number;
  /** Bytes in front of the local header that belong to nothing. */
  before?: Uint8Array;
  /** Not in the directory. */
  hidden?: boolean;
  /** The packed bytes, instead of packing the content. */
  packed?: Uint8Array;
  /** What the descriptor (or local header) says, where it is not the truth. */
  says?: Partial<Measure>;
  /** What the descriptor alone says, where it is not the truth. */
  descriptorSays?: Partial<Measure>;
  /** What the directory says, where it is not the truth. */
  directorySays?: Partial<
    Measure & { name: string; offset: number; method: number; flags: number }
  >;
}

/** What is said of an entry's data. */
export interface Measure {
  crc32: number;
  compressedSize: number;
  size: number;
}

/** How the archive as a whole is written. */
export interface WriterOptions {
  comment?: string;
  after?: Uint8Array;
  /** A zip64 end record. */
  zip64?: boolean;
  /** What the end record says, where it is not the truth. */
  endSays?: Partial<{ entries: number; here: number; size: number; offset: number; disk: number }>;
  /** Order of the directory, as indexes of entries. */
  order?: number[];
}

const encoder = new TextEncoder();

/** Writes an archive. */
export function writeZip(entries: WrittenEntry[], options: WriterOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const write = (bytes: Uint8Array) => {
    parts.push(bytes);
    offset += bytes.length;
  };
  for (const entry of entries) {
    if (entry.before) write(entry.before);
    const start = offset;
    const { local, data, descriptor, central } = records(entry, start);
    for (const bytes of [local, data, descriptor]) write(bytes);
    directory.push(entry.hidden ? new Uint8Array(0) : central);
  }
  const directoryAt = offset;
  for (const index of options.order ?? directory.keys()) write(directory[index] as Uint8Array);
  const count = entries.filter(({ hidden }) => !hidden).length;
  const size = offset - directoryAt;
  const says = {
    entries: count,
    here: count,
    size,
    offset: directoryAt,
    disk: 0,
    ...options.endSays,
  };
  if (options.zip64) {
    const end64At = offset;
    write(
      fields([
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, says.here],
        [8, says.entries],
        [8, says.size],
        [8, says.offset],
      ]),
    );
    write(
      fields([
        [4, 0x07064b50],
        [4, 0],
        [8, end64At],
        [4, 1],
      ]),
    );
  }
  const comment = encoder.encode(options.comment ?? "");
  write(
    fields([
      [4, 0x06054b50],
      [2, says.disk],
      [2, says.disk],
      [2, options.zip64 ? 0xffff : says.here],
      [2, options.zip64 ? 0xffff : says.entries],
      [4, options.zip64 ? 0xffffffff : says.size],
      [4, options.zip64 ? 0xffffffff : says.offset],
      [2, comment.length],
    ]),
  );
  write(comment);
  if (options.after) write(options.after);
  return concat(parts);
}

function records(
  entry: WrittenEntry,
  start: number,
): Record<string, Uint8Array> & {
  local: Uint8Array;
  data: Uint8Array;
  descriptor: Uint8Array;
  central: Uint8Array;
} {
  const name = typeof entry.name === "string" ? encoder.encode(entry.name) : entry.name;
  const content = typeof entry.content === "string" ? encoder.encode(entry.content) : entry.content;
  const plain = content ?? new Uint8Array(0);
  const { method = 8, descriptor = true, signed = true, zip64 = false, mode } = entry;
  const data = entry.packed ?? (method === 8 ? deflateRawSync(plain) : plain);
  const truth = { crc32: crc32(plain), compressedSize: data.length, size: plain.length };
  const said = { ...truth, ...entry.says };
  const central = { ...truth, ...entry.says, ...entry.directorySays };
  const utf8 = name.some((byte) => byte > 127) && typeof entry.name === "string" ? 2048 : 0;
  const flags = (descriptor ? 8 : 0) | utf8 | (entry.flags ?? 0);
  const sized = descriptor ? { crc32: 0, compressedSize: 0, size: 0 } : said;
  const extra = zip64
    ? fields([
        [2, 1],
        [2, 16],
        [8, sized.size],
        [8, sized.compressedSize],
      ])
    : new Uint8Array(0);
  const more = entry.extra ?? new Uint8Array(0);
  const version = entry.version ?? (zip64 ? 45 : 20);
  const local = fields([
    [4, 0x04034b50],
    [2, version],
    [2, flags],
    [2, method],
    [2, 0],
    [2, 0],
    [4, sized.crc32],
    [4, zip64 ? 0xffffffff : sized.compressedSize],
    [4, zip64 ? 0xffffffff : sized.size],
    [2, name.length],
    [2, extra.length + more.length],
  ]);
  const width = zip64 || entry.wideDescriptor ? 8 : 4;
  const behind = { ...said, ...entry.descriptorSays };
  const after = descriptor
    ? fields([
        ...(signed ? ([[4, 0x08074b50]] as [number, number][]) : []),
        [4, behind.crc32],
        [width, behind.compressedSize],
        [width, behind.size],
      ])
    : new Uint8Array(0);
  const at = entry.directorySays?.offset ?? start;
  const centralName = entry.directorySays?.name ? encoder.encode(entry.directorySays.name) : name;
  const centralExtra = zip64
    ? fields([
        [2, 1],
        [2, 24],
        [8, central.size],
        [8, central.compressedSize],
        [8, at],
      ])
    : new Uint8Array(0);
  const header = fields([
    [4, 0x02014b50],
    [1, zip64 ? 45 : 20],
    [1, mode === undefined ? 0 : 3],
    [2, version],
    [2, entry.directorySays?.flags ?? flags],
    [2, entry.directorySays?.method ?? method],
    [2, 0],
    [2, 0],
    [4, central.crc32],
    [4, zip64 ? 0xffffffff : central.compressedSize],
    [4, zip64 ? 0xffffffff : central.size],
    [2, centralName.length],
    [2, centralExtra.length + more.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, (mode ?? 0) * 65_536 + (entry.attributes ?? 0)],
    [4, zip64 ? 0xffffffff : at],
  ]);
  return {
    local: concat([local, name, extra, more]),
    data,
    descriptor: after,
    central: concat([header, centralName, centralExtra, more]),
  };
}

function fields(list: readonly (readonly [width: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of list) {
    if (width === 1) view.setUint8(at, value);
    else if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

/** One array out of several. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
