import { joined } from "./byte-reader.ts";
import { delimit, endsInside } from "./delimit.ts";
import { findDescriptor } from "./descriptor.ts";
import type { Body, Engine } from "./engine.ts";
import { CorruptArchiveError } from "./errors.ts";
import type { Measure } from "./records.ts";

/** What is used of `node:zlib`. */
export interface NodeZlib {
  crc32(data: Uint8Array, value?: number): number;
  inflateRawSync(
    data: Uint8Array,
    options: { info: true; maxOutputLength: number; chunkSize: number },
  ): { buffer: Uint8Array; engine: { bytesWritten: number } };
  createInflateRaw(options: { chunkSize: number }): InflateRaw;
}

/** What is used of the transform stream that inflates. */
interface InflateRaw extends AsyncIterable<Uint8Array> {
  readonly bytesWritten: number;
  write(chunk: Uint8Array, done: (error?: Error | null) => void): unknown;
  end(): unknown;
  destroy(error?: Error): unknown;
  on(event: "error" | "close", listener: (error?: Error) => void): unknown;
}

// One call costs less than a stream up to about here.
const smallPacked = 2 ** 18;
const smallUnpacked = 2 ** 23;
const outputChunk = 2 ** 16;
const inputChunk = 2 ** 16;

/** The engine on node:zlib: inflate itself says where the data ends. */
export function nodeEngine(zlib: NodeZlib): Engine {
  return {
    name: "node:zlib",
    unpack(body) {
      return body.deflated ? inflate(zlib, body) : copy(zlib, body);
    },
  };
}

async function* copy(zlib: NodeZlib, body: Body): AsyncGenerator<Uint8Array, Measure, undefined> {
  let crc32 = 0;
  let size = 0;
  const packed = delimit(body);
  for (;;) {
    const next = await packed.next();
    if (next.done) return { crc32, size, compressedSize: size };
    crc32 = zlib.crc32(next.value, crc32);
    size += next.value.length;
    body.check(size, size);
    yield next.value;
  }
}

async function* inflate(
  zlib: NodeZlib,
  body: Body,
): AsyncGenerator<Uint8Array, Measure, undefined> {
  const whole = await inflateSmall(zlib, body);
  if (whole) {
    body.check(whole.measured.size, whole.measured.compressedSize);
    if (whole.bytes.length > 0) yield whole.bytes;
    return whole.measured;
  }
  const stream = zlib.createInflateRaw({ chunkSize: outputChunk });
  const fed = feed(stream, body);
  fed.catch((error: unknown) => stream.destroy(error as Error));
  let crc32 = 0;
  let size = 0;
  try {
    for await (const chunk of stream) {
      crc32 = zlib.crc32(chunk, crc32);
      size += chunk.length;
      body.check(size, stream.bytesWritten);
      yield chunk;
    }
    return { crc32, size, compressedSize: await fed };
  } catch (error) {
    throw asArchiveError(error, body.entry);
  } finally {
    stream.destroy();
    await fed.catch(() => {});
  }
}

/** Unpacks in one call what is small and known to be whole, or gives undefined. */
async function inflateSmall(
  zlib: NodeZlib,
  body: Body,
): Promise<{ bytes: Uint8Array; measured: Measure } | undefined> {
  const { reader, known, zip64, entry } = body;
  if (!known && reader.atHand().length === 0) await reader.peek(1);
  const expected = known ?? findDescriptor(reader.atHand().subarray(0, smallPacked), 0, zip64);
  if (!expected || expected.compressedSize > smallPacked || expected.size > smallUnpacked)
    return undefined;
  const packed = await reader.peek(expected.compressedSize);
  if (packed.length < expected.compressedSize) throw endsInside(entry);
  let result;
  try {
    result = zlib.inflateRawSync(packed, {
      info: true,
      maxOutputLength: expected.size + 1,
      // One buffer of the right length: 60,000 small entries would hold 16 kB each.
      chunkSize: Math.min(2 ** 16, Math.max(64, expected.size + 1)),
    });
  } catch (error) {
    if (known) throw asArchiveError(error, entry);
    // What looked like a descriptor was part of the data.
    return undefined;
  }
  const { buffer: bytes, engine } = result;
  if (!known && engine.bytesWritten !== expected.compressedSize) return undefined;
  reader.drop(engine.bytesWritten);
  return {
    bytes,
    measured: {
      crc32: zlib.crc32(bytes),
      size: bytes.length,
      compressedSize: engine.bytesWritten,
    },
  };
}

/** Feeds the stream until it has its end, puts back what it did not take, and returns how much it took. */
async function feed(stream: InflateRaw, { reader, known, entry }: Body): Promise<number> {
  // A stream that fails, or is done with, does not call back for the chunk it had.
  let gone: ((error: Error) => void) | undefined;
  stream.on("error", (error) => gone?.(error as Error));
  stream.on("close", () => gone?.(new Error("the stream was closed")));
  let written = 0;
  let last: Uint8Array[] = [];
  for (let left = known?.compressedSize ?? Infinity; left > 0;) {
    const chunk = await reader.chunk(Math.min(left, inputChunk));
    if (!chunk) throw endsInside(entry);
    last = [chunk];
    left -= chunk.length;
    written += chunk.length;
    await new Promise<void>((resolve, reject) => {
      gone = reject;
      stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    if (stream.bytesWritten < written) break;
  }
  const unread = written - stream.bytesWritten;
  stream.end();
  if (unread > 0) {
    const bytes = joined(last);
    reader.putBack(bytes.subarray(bytes.length - unread));
  }
  return written - unread;
}

function asArchiveError(error: unknown, entry: string): unknown {
  const { code, message } = error as { code?: unknown; message: string };
  if (typeof code !== "string" || !/^(Z_|ERR_BUFFER_TOO_LARGE)/.test(code)) return error;
  if (code === "ERR_BUFFER_TOO_LARGE")
    return new CorruptArchiveError(
      "size-mismatch",
      "it unpacks to more than the archive says",
      entry,
      { cause: error },
    );
  return new CorruptArchiveError("bad-deflate", `the data cannot be unpacked: ${message}`, entry, {
    cause: error,
  });
}
