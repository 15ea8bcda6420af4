import type { ByteSource } from "../zip/byte-source.ts";
import type { ArchiveResponse, ArchiveHost } from "./archive-host.ts";
import { piecesOf, type DownloadProgress } from "./collect.ts";
import { DownloadError } from "./download-error.ts";

// Requests start small and grow while the reading goes on forwards, so that a step costs little and a whole
// archive few requests.
const smallest = 2 ** 16;
const largest = 2 ** 22;
const kept = 8;

interface Part {
  start: number;
  bytes: Uint8Array;
}

/** Reads an archive where it lies, by Range requests, and keeps the last few parts. */
export function rangeSource(
  host: ArchiveHost,
  first: ArchiveResponse & { total: number },
  signal: AbortSignal | undefined,
  idle: number,
  onProgress?: (progress: DownloadProgress) => void,
): ByteSource {
  const { total } = first;
  let current: ArchiveResponse = first;
  let received = 0;
  let parts: Part[] = [];
  let width = smallest;
  let forwards = -1;

  const request = async (start: number, end: number): Promise<Uint8Array> => {
    let failure: unknown;
    for (const fresh of [false, true, true]) {
      try {
        if (fresh) current = await renewed(host, first);
        const response = await host.part(current, start, end);
        if (response) return await gathered(response, end - start);
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
      }
    }
    throw new DownloadError(
      `Bytes ${start}–${end - 1} of the logs could not be fetched${failure instanceof Error ? `: ${failure.message}` : ": the host refused them"}. Try again later.`,
      received,
      failure === undefined ? undefined : { cause: failure },
    );
  };

  const gathered = async (response: Response, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length);
    let at = 0;
    for await (const piece of piecesOf(response.body as ReadableStream<Uint8Array>, idle)) {
      if (at + piece.length > length) throw new Error("the host sent more than it was to send");
      bytes.set(piece, at);
      at += piece.length;
      received += piece.length;
      onProgress?.({ received, total });
    }
    if (at < length) throw new Error(`the host sent ${at} bytes of ${length}`);
    return bytes;
  };

  const partAt = async (at: number, wanted: number): Promise<Part> => {
    const known = parts.find(({ start, bytes }) => at >= start && at < start + bytes.length);
    if (known) return known;
    width = at === forwards ? Math.min(width * 2, largest) : smallest;
    const end = Math.min(total, at + Math.max(Math.min(wanted, largest), width));
    const made = { start: at, bytes: await request(at, end) };
    forwards = end;
    parts = [made, ...parts].slice(0, kept);
    return made;
  };

  return {
    size: total,
    refresh() {
      parts = [];
    },
    async *bytes(start, end) {
      for (let at = start; at < Math.min(end, total);) {
        const { start: from, bytes } = await partAt(at, end - at);
        const part = bytes.subarray(at - from, Math.min(bytes.length, end - from));
        at += part.length;
        yield part;
      }
    },
  };
}

/** A fresh link to the same archive. */
async function renewed(host: ArchiveHost, first: ArchiveResponse): Promise<ArchiveResponse> {
  const fresh = await host.open();
  await fresh.response.body?.cancel();
  if (fresh.total !== first.total || fresh.etag !== first.etag)
    throw new Error("the archive is another one now");
  return fresh;
}
