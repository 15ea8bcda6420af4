import { type Measure, signature, uint32, uint64 } from "./records.ts";

/** The longest data descriptor: signature, CRC-32 and two sizes of eight bytes. */
export const longestDescriptor = 24;

/**
 * Length of the data descriptor at the start of `bytes`, or undefined when none says what was measured.
 *
 * A descriptor has no length of its own: with or without a signature, with sizes of four or eight bytes. The
 * one that agrees with the data, and that is followed by the start of another record, is it.
 */
export function descriptorLength(
  bytes: Uint8Array,
  measured: Measure,
  zip64: boolean,
): number | undefined {
  const wide = zip64 ? [true, false] : [false, true];
  for (const eightBytes of wide)
    for (const signed of [true, false]) {
      const end = (signed ? 4 : 0) + (eightBytes ? 20 : 12);
      if (bytes.length < end) continue;
      if (signed && uint32(bytes, 0) !== signature.dataDescriptor) continue;
      if (!agrees(bytes.subarray(signed ? 4 : 0), measured, eightBytes)) continue;
      if (startsRecord(bytes.subarray(end))) return end;
    }
  return undefined;
}

function agrees(bytes: Uint8Array, measured: Measure, eightBytes: boolean): boolean {
  const [compressedSize, size] = eightBytes
    ? [uint64OrNaN(bytes, 4), uint64OrNaN(bytes, 12)]
    : [uint32(bytes, 4), uint32(bytes, 8)];
  return (
    uint32(bytes, 0) === measured.crc32 &&
    compressedSize === measured.compressedSize &&
    size === measured.size
  );
}

function uint64OrNaN(bytes: Uint8Array, offset: number): number {
  return uint32(bytes, offset + 4) > 0x1fffff ? Number.NaN : uint64(bytes, offset);
}

function startsRecord(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** A descriptor found in the compressed bytes, and where it starts. */
export interface FoundDescriptor extends Measure {
  at: number;
  length: number;
}

/**
 * Looks for a signed descriptor in `bytes`, whose first byte is number `position` of the entry's data: one
 * whose compressed size is just as many bytes as stand before it. Deflate data may hold the signature by
 * chance, but not with the right size after it.
 *
 * @param from where in `bytes` to start
 */
export function findDescriptor(
  bytes: Uint8Array,
  position: number,
  zip64: boolean,
  from = 0,
): FoundDescriptor | undefined {
  for (let at = indexOfSignature(bytes, from); at >= 0; at = indexOfSignature(bytes, at + 1)) {
    const rest = bytes.subarray(at + 4);
    for (const eightBytes of zip64 ? [true, false] : [false, true]) {
      const end = eightBytes ? 20 : 12;
      if (rest.length < end || !startsRecord(rest.subarray(end))) continue;
      const compressedSize = eightBytes ? uint64OrNaN(rest, 4) : uint32(rest, 4);
      if (compressedSize !== position + at) continue;
      const size = eightBytes ? uint64OrNaN(rest, 12) : uint32(rest, 8);
      if (!Number.isNaN(size))
        return { at, length: 4 + end, crc32: uint32(rest, 0), compressedSize, size };
    }
  }
  return undefined;
}

function indexOfSignature(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x50, from); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (bytes[at + 1] === 0x4b && bytes[at + 2] === 7 && bytes[at + 3] === 8) return at;
  }
  return -1;
}
