import { collect, piecesOf, type Progress } from "./download/collect.ts";
import { LogsOptionError } from "./option-error.ts";
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

/** Makes any source readable anywhere; streams are kept in memory as they come. */
export async function byteSourceOf(
  source: LogSource,
  limits: Limits,
  onProgress?: (progress: Progress) => void,
): Promise<ByteSource> {
  const whole = wholeSource(source);
  if (whole) return whole;
  const { bytes, total } = streamOf(source);
  return collect(bytes, limits, total, onProgress);
}

function wholeSource(source: LogSource): ByteSource | undefined {
  if (source instanceof Uint8Array) return memorySource([source]);
  if (source instanceof ArrayBuffer) return memorySource([new Uint8Array(source)]);
  if (source instanceof Blob) return blobSource(source);
  return undefined;
}

/**
 * Any source as a stream, and its length where it is known.
 * @throws {LogsOptionError} for a response without success, or whose body has been read
 */
export function streamOf(source: LogSource): {
  bytes: AsyncIterable<Uint8Array>;
  total: number | undefined;
} {
  const whole = wholeSource(source);
  if (whole) return { bytes: whole.bytes(0, whole.size), total: whole.size };
  if (source instanceof Response) {
    if (!source.ok)
      throw new LogsOptionError(
        "source",
        `the response has status ${source.status}; only a successful one holds a log archive.`,
      );
    if (source.bodyUsed || source.body === null)
      throw new LogsOptionError(
        "source",
        "the response's body has been read already, or is empty.",
      );
    return { bytes: piecesOf(source.body), total: contentLength(source) };
  }
  const stream = source as ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  return {
    bytes: stream instanceof ReadableStream ? piecesOf(stream) : stream,
    total: undefined,
  };
}

/** The length a response announces; undefined when it is coded, or announces none. */
export function contentLength({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}
