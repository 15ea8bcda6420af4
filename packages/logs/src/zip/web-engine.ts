import { delimit } from "./delimit.ts";
import type { Body, Engine } from "./engine.ts";
import { ArchiveError, CorruptArchiveError } from "./errors.ts";
import type { Measure } from "./records.ts";

// DecompressionStream wants an end and no byte more, so the data is delimited first. As gzip, with a header and
// trailer made here, the platform checks CRC-32 and size too: https://www.rfc-editor.org/rfc/rfc1952
const gzipHeader = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
// One write is unpacked at once, to 16 MiB at most for this many bytes.
const fed = 2 ** 14;

/** The engine on DecompressionStream, for browsers, Deno, Bun and Workers. */
export function webEngine(): Engine {
  return { name: "DecompressionStream", unpack };
}

async function* unpack(body: Body): AsyncGenerator<Uint8Array, Measure, undefined> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let passed = 0;
  let size = 0;
  let refused: unknown;
  const feeding = feed(body, writer, (count) => (passed += count)).catch(async (error: unknown) => {
    refused = error;
    await writer.abort(error).catch(() => {});
    throw error;
  });
  feeding.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      body.check(size, Math.max(passed, 1));
      if (value.length > 0) yield value;
    }
    return { ...(await feeding), size };
  } catch (error) {
    if (refused instanceof ArchiveError) throw refused;
    if (error instanceof ArchiveError) throw error;
    if (!(error instanceof TypeError) && (error as { code?: unknown }).code === undefined)
      throw refused ?? error;
    throw new CorruptArchiveError(
      body.known && size === body.known.size ? "crc-mismatch" : "bad-deflate",
      `the data cannot be unpacked, or is not what its CRC-32 says: ${(error as Error).message}`,
      body.entry,
      { cause: error },
    );
  } finally {
    await reader.cancel().catch(() => {});
    await feeding.catch(() => {});
  }
}

async function feed(
  body: Body,
  writer: WritableStreamDefaultWriter<BufferSource>,
  passed: (count: number) => void,
): Promise<Measure> {
  await writer.write(gzipHeader);
  const packed = delimit(body);
  for (;;) {
    const next = await packed.next();
    if (next.done) {
      const { crc32, size } = next.value;
      if (!body.deflated) await writer.write(new Uint8Array([1, 0, 0, 0xff, 0xff]));
      await writer.write(gzipTrailer(crc32, size));
      await writer.close();
      return next.value;
    }
    for (let at = 0; at < next.value.length; at += fed) {
      const piece = next.value.subarray(at, at + fed);
      passed(piece.length);
      for (const bytes of body.deflated ? [piece] : stored(piece))
        await writer.write(bytes as Uint8Array<ArrayBuffer>);
    }
  }
}

function gzipTrailer(crc32: number, size: number): Uint8Array<ArrayBuffer> {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, size % 2 ** 32, true);
  return new Uint8Array(trailer.buffer);
}

/** Bytes as one of deflate's stored blocks: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4 */
function stored(block: Uint8Array): Uint8Array[] {
  const [low, high] = [block.length & 255, block.length >> 8];
  return [new Uint8Array([0, low, high, low ^ 255, high ^ 255]), block];
}
