import { crc32, inflateRawSync } from "node:zlib";

export interface UnzippedEntry {
  name: string;
  text: string;
  bytes: Buffer;
  flags: number;
  method: number;
  dosTime: number;
  dosDate: number;
  madeBy: number;
  attributes: number;
}

/**
 * Reads an archive by its central directory and holds every entry against its local header and its
 * data descriptor. For tests: everything in memory.
 */
export function unzip(archive: Uint8Array): UnzippedEntry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1) throw new Error("no end of central directory");
  const entries: UnzippedEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`no central header at ${at}`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const size = { packed: bytes.readUInt32LE(at + 20), whole: bytes.readUInt32LE(at + 24) };
    const crc = bytes.readUInt32LE(at + 16);
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const localName = bytes.toString(
      "utf8",
      local + 30,
      local + 30 + bytes.readUInt16LE(local + 26),
    );
    if (localName !== name) throw new Error(`${name} is ${localName} in its local header`);
    const start = local + 30 + nameLength + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size.packed);
    const content = method === 8 ? inflateRawSync(packed) : packed;
    if (content.length !== size.whole)
      throw new Error(`${name} has ${content.length} bytes, not ${size.whole}`);
    if (crc32(content) !== crc) throw new Error(`${name} has another CRC-32`);
    if ((flags & 8) !== 0) {
      const descriptor = start + size.packed;
      const told = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(descriptor + offset));
      const expected = [0x08074b50, crc, size.packed, size.whole];
      if (told.join() !== expected.join()) throw new Error(`${name} has another data descriptor`);
    }
    entries.push({
      name,
      text: content.toString("utf8"),
      bytes: content,
      flags,
      method,
      dosTime: bytes.readUInt16LE(at + 12),
      dosDate: bytes.readUInt16LE(at + 14),
      madeBy: bytes.readUInt16LE(at + 4),
      attributes: bytes.readUInt32LE(at + 38),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
