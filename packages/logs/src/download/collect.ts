import type { ByteSource } from "../zip/byte-source.ts";
import { memorySource } from "../zip/byte-source.ts";
import { checkArchiveSize, type Limits } from "../zip/limits.ts";

/** How far a download is. */
export interface Progress {
  /** Bytes received. */
  readonly received: number;
  /** Bytes in all; undefined when the server does not say. */
  readonly total: number | undefined;
}

/** Keeps a stream in memory as it comes, packed as it is, so that its entries can be read in any order. */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  limits: Limits,
  total?: number,
  onProgress?: (progress: Progress) => void,
): Promise<ByteSource> {
  const parts: Uint8Array[] = [];
  let received = 0;
  for await (const part of stream) {
    received += part.length;
    checkArchiveSize(limits, received);
    parts.push(part);
    onProgress?.({ received, total });
  }
  return memorySource(parts);
}

/** A web stream as an async iterable; not every platform's streams are one. */
export async function* piecesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
