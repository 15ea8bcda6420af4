import { NetworkError, ResponseTooLargeError } from "../errors/errors.ts";
import { startTimeout } from "../support/abort.ts";
import { networkError } from "./network-error.ts";
import type { PlainRequest } from "./request.ts";
import { withUrl } from "./response.ts";

/** Limits of reading a body. */
export interface BodyLimits {
  /** Whose body it is, for messages. */
  request: Pick<PlainRequest, "method" | "url" | "signal">;
  /** Bytes, unpacked. */
  maxSize: number;
  /** Milliseconds without a byte. */
  idle: number;
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** The text of a body that is neither too large nor stands still. */
export async function readBody(response: Response, limits: BodyLimits): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const { request, maxSize, idle } = limits;
  const decoder = new TextDecoder();
  // Most bodies are one chunk, and what is decoded at once is decoded faster.
  let only: Uint8Array | undefined;
  let text = "";
  let size = 0;
  let stalled: NetworkError | undefined;
  const watch = idleWatch(idle, () => {
    stalled = stalledError(limits);
    reader.cancel(stalled).catch(() => {});
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (stalled) throw stalled;
      if (done) return text + decoder.decode(only);
      watch?.seen();
      size += value.byteLength;
      if (size > maxSize) {
        // Nobody waits for the connection to be closed.
        reader.cancel().catch(() => {});
        throw new ResponseTooLargeError(
          `${request.method} ${request.url}: the body is larger than ${maxSize} bytes (maxBodySize).`,
          { limit: maxSize },
        );
      }
      if (size === value.byteLength) {
        only = value;
        continue;
      }
      if (only) text = decoder.decode(only, { stream: true });
      only = undefined;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    watch?.end();
  }
}

/**
 * Calls `onIdle` when nothing was seen for so long. One timer, which looks how long ago that was: most bodies are one
 * chunk or two. Nothing to watch where the time is endless.
 */
function idleWatch(
  idle: number,
  onIdle: () => void,
): { seen: () => void; end: () => void } | undefined {
  if (idle === Infinity) return undefined;
  let lastAt = performance.now();
  const look = (): void => {
    const left = lastAt + idle - performance.now();
    if (left > 0) cancel = startTimeout(left, look);
    else onIdle();
  };
  let cancel = startTimeout(idle, look);
  return {
    seen: () => {
      lastAt = performance.now();
    },
    end: () => cancel(),
  };
}

function stalledError({ request, idle }: BodyLimits): NetworkError {
  return new NetworkError(
    `${request.method} ${request.url}: the body broke off, no byte came for ${idle} ms (timeout.idle).`,
  );
}

/**
 * The response with a body that breaks off when it stands still, which `fetch` alone would wait for without end. Whatever
 * breaks it off is an error of ours.
 */
export function withIdleLimit(response: Response, limits: BodyLimits): Response {
  const { body, url } = response;
  if (!body) return response;
  const reader = body.getReader();
  const guarded = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await readChunk(reader, limits).catch((error: unknown) => {
          throw networkError(limits.request, error);
        });
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead: time counts only while somebody waits for a byte.
    { highWaterMark: 0 },
  );
  return withUrl(new Response(guarded, response), url);
}

/** A timer for each chunk, and none while nobody reads: a download that is left lying keeps no process alive. */
function readChunk(reader: Reader, limits: BodyLimits): ReturnType<Reader["read"]> {
  return new Promise((resolve, reject) => {
    const cancel = startTimeout(limits.idle, () => {
      const error = stalledError(limits);
      reject(error);
      reader.cancel(error).catch(() => {});
    });
    reader.read().then(resolve, reject).finally(cancel);
  });
}
