import { ByteReader } from "./byte-reader.ts";
import { CorruptArchiveError } from "./errors.ts";

/** Bytes that can be read anywhere: memory, a Blob, a file, or a server that serves ranges. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /** The bytes from `start` up to but not including `end`, in pieces. */
  bytes(start: number, end: number): AsyncIterable<Uint8Array>;
  /** Forgets what was read, so that it is fetched again. */
  refresh?(): void;
  /** Sets free what the source holds. */
  close?(): Promise<void>;
}

const piece = 2 ** 18;

/** A source of bytes in memory, in any number of parts. */
export function memorySource(parts: readonly Uint8Array[]): ByteSource {
  return {
    size: parts.reduce((sum, part) => sum + part.length, 0),
    async *bytes(start, end) {
      let from = 0;
      for (const part of parts) {
        const [low, high] = [Math.max(start - from, 0), Math.min(end - from, part.length)];
        for (let at = low; at < high; at += piece)
          yield part.subarray(at, Math.min(at + piece, high));
        from += part.length;
        if (from >= end) return;
      }
    },
  };
}

/** A source on a Blob (or File), read as it is needed. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    async *bytes(start, end) {
      for (let at = start; at < end; at += piece)
        yield new Uint8Array(await blob.slice(at, Math.min(at + piece, end)).arrayBuffer());
    },
  };
}

/** A part of a source, all at once. */
export async function readAll(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for await (const part of source.bytes(start, end)) {
    bytes.set(part, at);
    at += part.length;
  }
  if (at < bytes.length)
    throw new CorruptArchiveError("truncated", `the archive ends after ${start + at} bytes`);
  return bytes;
}

/** A reader on a stream of bytes; `close` ends the stream where it stands. */
export function readerOf(bytes: AsyncIterable<Uint8Array>): {
  reader: ByteReader;
  close: () => Promise<void>;
} {
  const iterator = bytes[Symbol.asyncIterator]();
  return {
    reader: new ByteReader(async () => {
      const { done, value } = await iterator.next();
      return done ? undefined : value;
    }),
    async close() {
      await iterator.return?.();
    },
  };
}
