import { collect, piecesOf, type DownloadProgress } from "./download/collect.ts";
import { ParameterError } from "@workflow-runs/core/support";
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
    ArrayBuffer.isView(value) ||
    isArrayBuffer(value) ||
    isBlob(value) ||
    isResponse(value) ||
    isStream(value) ||
    (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  );
}

/** Whether the value is a URL: the address of a file, for `/node`. */
export function isUrl(value: unknown): value is URL {
  return tagOf(value) === "URL";
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return tagOf(value) === "ArrayBuffer";
}

function isBlob(value: unknown): value is Blob {
  return ["Blob", "File"].includes(tagOf(value));
}

function isResponse(value: unknown): value is Response {
  return tagOf(value) === "Response";
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return tagOf(value) === "ReadableStream";
}

/**
 * What a thing calls itself. `instanceof` would fail on those of another realm: under Jest's jsdom a file's bytes
 * come from outside, and some of these classes are not there to compare with.
 */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

/** Makes any source readable anywhere; streams are kept in memory as they come. */
export async function byteSourceOf(
  source: LogSource,
  limits: Limits,
  onProgress?: (progress: DownloadProgress) => void,
): Promise<ByteSource> {
  const whole = wholeSource(source);
  if (whole) return whole;
  const { bytes, total } = streamOf(source);
  return collect(bytes, limits, total, onProgress);
}

function wholeSource(source: LogSource): ByteSource | undefined {
  if (ArrayBuffer.isView(source))
    return memorySource([new Uint8Array(source.buffer, source.byteOffset, source.byteLength)]);
  if (isArrayBuffer(source)) return memorySource([new Uint8Array(source)]);
  if (isBlob(source)) return blobSource(source);
  return undefined;
}

/**
 * Any source as a stream, and its length where it is known.
 * @throws {ParameterError} for a response without success, or whose body has been read
 */
export function streamOf(source: LogSource): {
  bytes: AsyncIterable<Uint8Array>;
  total: number | undefined;
} {
  const whole = wholeSource(source);
  if (whole) return { bytes: whole.bytes(0, whole.size), total: whole.size };
  if (isResponse(source)) {
    if (!source.ok)
      throw new ParameterError(
        `source: the response has status ${source.status}; only a successful one holds logs.`,
        { parameter: "source" },
      );
    if (source.bodyUsed || source.body === null)
      throw new ParameterError(
        "source: the response's body has been read already, or is empty. Give one whose body is unread.",
        { parameter: "source" },
      );
    return { bytes: iterable(source.body), total: contentLength(source) };
  }
  const stream = source as ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  return { bytes: iterable(stream), total: undefined };
}

// The body of node-fetch's Response is a stream of Node's.
function iterable(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  return isStream(stream) ? piecesOf(stream) : stream;
}

/** The length a response announces; undefined when it is coded, or announces none. */
export function contentLength({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}
