import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { constants, crc32, deflateRawSync } from "node:zlib";

/** An entry of a benchmark archive, packed already. */
export interface PackedEntry {
  name: string;
  packed: Buffer;
  crc: number;
  size: number;
}

/** Packs text once; it can be written under several names. */
export function pack(text: Buffer): Omit<PackedEntry, "name"> {
  return {
    packed: deflateRawSync(text, { level: constants.Z_DEFAULT_COMPRESSION }),
    crc: crc32(text),
    size: text.length,
  };
}

/** Writes an archive in GitHub's form: deflate, sizes behind the data. Gives its length. */
export function writeArchive(path: string, entries: readonly PackedEntry[]): number {
  const file = openSync(path, "w");
  const directory: Buffer[] = [];
  let offset = 0;
  const write = (bytes: Buffer): void => {
    writeSync(file, bytes);
    offset += bytes.length;
  };
  for (const { name, packed, crc, size } of entries) {
    const start = offset;
    const label = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x808, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(label.length, 26);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(packed.length, 8);
    descriptor.writeUInt32LE(size, 12);
    for (const bytes of [local, label, packed, descriptor]) write(bytes);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(0x808, 8);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(label.length, 28);
    central.writeUInt32LE(start, 42);
    directory.push(central, label);
  }
  const directoryAt = offset;
  for (const bytes of directory) write(bytes);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset - directoryAt, 12);
  end.writeUInt32LE(directoryAt, 16);
  write(end);
  closeSync(file);
  return statSync(path).size;
}
