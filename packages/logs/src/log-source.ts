import { collect, piecesOf, type Progress } from "./download/collect.ts";
import { blobSource, type ByteSource, memorySource } from "./zip/byte-source.ts";
import type { Limits } from "./zip/limits.ts";

/** What a log archive can be opened from. Streams and responses are kept in memory, packed as they are. */
export type LogSource =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** Whether the value is one of the forms of {@link LogSource}. */
export function isLogSource(value: unknown): value is LogSource {
  return (
    value instanceof Uint8Array ||
    value instanceof ArrayBuffer ||
    value instanceof Blob ||
    value instanceof Response ||
    value instanceof ReadableStream ||
    (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  );
}

/**
 * Makes any source readable anywhere.
 * @throws {TypeError} for a response without success, or whose body has been read
 */
export async function byteSourceOf(
  source: LogSource,
  limits: Limits,
  onProgress?: (progress: Progress) => void,
): Promise<ByteSource> {
  if (source instanceof Uint8Array) return memorySource([source]);
  if (source instanceof ArrayBuffer) return memorySource([new Uint8Array(source)]);
  if (source instanceof Blob) return blobSource(source);
  if (source instanceof Response) {
    if (!source.ok)
      throw new TypeError(
        `openRunLogs: the response has status ${source.status}; only a successful one holds an archive.`,
      );
    if (source.bodyUsed || source.body === null)
      throw new TypeError("openRunLogs: the response's body has been read already, or is empty.");
    const total = Number(source.headers.get("content-length") ?? Number.NaN);
    return collect(
      piecesOf(source.body),
      limits,
      Number.isNaN(total) ? undefined : total,
      onProgress,
    );
  }
  const pieces = source instanceof ReadableStream ? piecesOf(source) : source;
  return collect(pieces, limits, undefined, onProgress);
}
