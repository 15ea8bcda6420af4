import { milliseconds } from "../rules/duration.ts";
import type { Fault } from "../rules/fault.ts";

/** A connection that broke: `fetch` rejects with it, and a server closes the socket. */
export class ConnectionResetError extends TypeError {
  override readonly name: string = "TypeError";
  readonly code = "ECONNRESET";
}

/** Waits, hangs or breaks the connection, as a fault says, before there is a response. */
export async function beforeResponse(fault: Fault, signal: AbortSignal): Promise<void> {
  if (fault.delay !== undefined) await pause(milliseconds(fault.delay), signal);
  if (fault.hang === true) await pause(undefined, signal);
  if (fault.reset === true)
    throw new ConnectionResetError("fetch failed: the fake broke the connection");
}

// The longest delay that setTimeout takes; it runs at once for a longer one.
const longestTimer = 2 ** 31 - 1;

/** Waits; for ever without a time. */
function pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const waitFor = (left: number): void => {
      const part = Math.min(left, longestTimer);
      timer = setTimeout(() => {
        if (left > part) return waitFor(left - part);
        signal.removeEventListener("abort", abort);
        resolve();
      }, part);
    };
    if (ms !== undefined) waitFor(ms);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

/** Damages a response as a fault says. */
export async function damage(response: Response, fault: Fault): Promise<Response> {
  if (fault.broken_json === true) {
    const text = await response.text();
    return copy(response, text.slice(0, Math.max(1, Math.floor(text.length / 2))));
  }
  if (fault.corrupt_zip === true)
    return copy(response, flipped(new Uint8Array(await response.arrayBuffer())));
  if (fault.truncate !== undefined) return truncated(response, fault.truncate);
  return response;
}

function copy(response: Response, body: BodyInit): Response {
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.delete("etag");
  return new Response(body, { status: response.status, headers });
}

/** One wrong byte, inside the first entry's data where an archive is long enough. */
function flipped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = Math.min(400, Math.floor(bytes.length / 2));
  if (bytes.length > 0) bytes[at] = (bytes[at] as number) ^ 0x55;
  return bytes;
}

/**
 * Breaks a body off. The whole length is announced, because only then do all clients notice: MSW 3
 * takes a stream that errors for its end.
 */
async function truncated(response: Response, length: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length <= length) return copy(response, bytes);
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.length));
  let sent = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!sent && length > 0) {
          sent = true;
          controller.enqueue(bytes.subarray(0, length));
          return;
        }
        controller.error(new ConnectionResetError("terminated: the fake broke the body off"));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: response.status, headers });
}
