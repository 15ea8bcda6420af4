import { crc32 } from "./crc32.ts";
import { deflate } from "./deflate.ts";

/** One entry of an archive; a name that ends in `/` is a directory and has no content. */
export interface ZipEntry {
  name: string;
  /** Made and compressed only when its turn comes. */
  content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** MS-DOS time and date; both 0 in today's archives. */
  dosTime?: number;
  dosDate?: number;
  /** "version made by" and external attributes: Unix in archives of 2023–25. */
  unix?: boolean;
}

const descriptorFlag = 0x0008;
const utf8Flag = 0x0800;
const limit32 = 0xffffffff;

interface Written {
  name: Uint8Array<ArrayBuffer>;
  entry: ZipEntry;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

/**
 * Writes a zip the way GitHub's archives are: deflate, sizes and CRC in a data descriptor after
 * each entry, nothing known before. Entry after entry; what nobody reads is not made.
 */
export async function* zip(
  entries: Iterable<ZipEntry>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const written: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const directory = entry.name.endsWith("/");
    const flags = (directory ? 0 : descriptorFlag) | (isAscii(name) ? 0 : utf8Flag);
    const record: Written = {
      name,
      entry,
      flags,
      method: directory ? 0 : 8,
      crc: 0,
      compressed: 0,
      size: 0,
      offset,
    };
    const header = localHeader(record);
    offset += header.length;
    yield header;
    if (!directory) {
      for await (const chunk of deflate(counted(entry.content(), record))) {
        record.compressed += chunk.length;
        yield chunk;
      }
      const trailer = descriptor(record);
      offset += record.compressed + trailer.length;
      yield trailer;
    }
    if (offset > limit32)
      throw new RangeError(`the archive passes 4 GiB at ${entry.name}: zip64 is not written`);
    written.push(record);
  }
  const start = offset;
  for (const record of written) {
    const header = centralHeader(record);
    offset += header.length;
    yield header;
  }
  yield endRecord(written.length, offset - start, start);
}

async function* counted(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  record: Written,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    record.crc = crc32(chunk, record.crc);
    record.size += chunk.length;
    yield chunk;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function localHeader({ name, entry, flags, method }: Written): Uint8Array<ArrayBuffer> {
  return record(30, name, [
    [4, 0x04034b50],
    [2, 20],
    [2, flags],
    [2, method],
    [2, entry.dosTime ?? 0],
    [2, entry.dosDate ?? 0],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  ]);
}

function descriptor({ crc, compressed, size }: Written): Uint8Array<ArrayBuffer> {
  return record(16, undefined, [
    [4, 0x08074b50],
    [4, crc],
    [4, compressed],
    [4, size],
  ]);
}

function centralHeader(written: Written): Uint8Array<ArrayBuffer> {
  const { name, entry, flags, method, crc, compressed, size, offset } = written;
  const directory = method === 0;
  return record(46, name, [
    [4, 0x02014b50],
    [2, entry.unix === true ? (3 << 8) | 20 : 20],
    [2, 20],
    [2, flags],
    [2, method],
    [2, entry.dosTime ?? 0],
    [2, entry.dosDate ?? 0],
    [4, crc],
    [4, compressed],
    [4, size],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, entry.unix === true ? (directory ? 0x1ed0000 : 0x1a40000) : 0],
    [4, offset],
  ]);
}

function endRecord(count: number, size: number, offset: number): Uint8Array<ArrayBuffer> {
  return record(22, undefined, [
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
}

function record(
  length: number,
  name: Uint8Array | undefined,
  fields: readonly (readonly [bytes: 2 | 4, value: number])[],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length + (name?.length ?? 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value >>> 0, true);
    at += size;
  }
  if (name !== undefined) bytes.set(name, length);
  return bytes;
}
