import { type ByteSource, memorySource } from "../zip/byte-source.ts";
import { checkArchiveSize, type Limits } from "../zip/limits.ts";

/** How far a download is. */
export interface DownloadProgress {
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
  onProgress?: (progress: DownloadProgress) => void,
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

/**
 * A web stream as an async iterable; not every platform's streams are one.
 *
 * @param idle milliseconds without a byte after which the download counts as broken off; `Infinity`, the default, waits for ever
 */
export async function* piecesOf(
  stream: ReadableStream<Uint8Array>,
  idle: number = Infinity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let stalled = false;
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      if (idle < longestTimer)
        timer = setTimeout(() => {
          stalled = true;
          // What waits for a piece then gets the end.
          void reader.cancel().catch(() => {});
        }, idle);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (stalled) throw new Error(`no byte came for ${idle} ms`);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

const longestTimer = 2 ** 31;
