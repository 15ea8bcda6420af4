import type { ByteReader } from "./byte-reader.ts";
import type { Measure } from "./records.ts";

/** The data of one entry, to be unpacked. */
export interface Body {
  /** Name of the entry, for errors. */
  readonly entry: string;
  /** Stands at the first byte of the data. */
  readonly reader: ByteReader;
  /** Deflated, or stored as it is. */
  readonly deflated: boolean;
  /** What the data measures, where it is known before reading; otherwise a data descriptor follows the data. */
  readonly known: Measure | undefined;
  /** The data descriptor may hold sizes of eight bytes. */
  readonly zip64: boolean;
  /** Throws when this much output is more than allowed. */
  readonly check: (size: number, compressedSize: number) => void;
}

/**
 * Unpacks the data of an entry with what the platform has. Inflate and CRC-32 are never ours.
 *
 * The generator ends with what was measured: the CRC-32 and sizes of what really passed. The reader stands
 * behind the data then.
 */
export interface Engine {
  readonly name: "node:zlib" | "DecompressionStream";
  unpack(body: Body): AsyncGenerator<Uint8Array, Measure, undefined>;
}
