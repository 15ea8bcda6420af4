const largestBlock = 0xffff;

/**
 * Deflates chunks as they come. jest-environment-jsdom hides `CompressionStream`: there the
 * data goes into deflate's own "stored" blocks, which every reader of deflate takes, so that an archive
 * says the same of its entries everywhere and nothing of Node is needed.
 */
export function deflate(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  return typeof CompressionStream === "undefined" ? stored(chunks) : compressed(chunks);
}

async function* compressed(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = source.pipeThrough(new CompressionStream("deflate-raw")).getReader();
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

async function* stored(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += largestBlock)
      yield block(chunk.subarray(at, at + largestBlock), false);
  }
  yield block(new Uint8Array(), true);
}

/** https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4 */
function block(data: Uint8Array, last: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, last ? 1 : 0);
  view.setUint16(1, data.length, true);
  view.setUint16(3, ~data.length, true);
  bytes.set(data, 5);
  return bytes;
}
