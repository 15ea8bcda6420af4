import type { ByteSource } from "../zip/byte-source.ts";
import type { ArchiveResponse, ArchiveHost } from "./archive-host.ts";
import { piecesOf, type DownloadProgress } from "./collect.ts";
import { DownloadError } from "./download-error.ts";

// Requests start small and grow while the reading goes on forwards, so that a step costs little and a whole
// archive few requests.
const smallest = 2 ** 16;
const largest = 2 ** 22;
// Bytes of the last parts that are kept.
const kept = 2 ** 23;

interface Part {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Uint8Array[];
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

  const request = async (start: number, end: number): Promise<readonly Uint8Array[]> => {
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

  const gathered = async (response: Response, length: number): Promise<readonly Uint8Array[]> => {
    const pieces: Uint8Array[] = [];
    let at = 0;
    for await (const piece of piecesOf(response.body as ReadableStream<Uint8Array>, idle)) {
      if (at + piece.length > length) throw new Error("the host sent more than it was to send");
      pieces.push(piece);
      at += piece.length;
      received += piece.length;
      onProgress?.({ received, total });
    }
    if (at < length) throw new Error(`the host sent ${at} bytes of ${length}`);
    return pieces;
  };

  const partAt = async (at: number, wanted: number): Promise<Part> => {
    const known = parts.find(({ start, end }) => at >= start && at < end);
    if (known) return known;
    width = at === forwards ? Math.min(width * 2, largest) : smallest;
    const end = Math.min(total, at + Math.max(Math.min(wanted, largest), width));
    const made = { start: at, end, pieces: await request(at, end) };
    forwards = end;
    let size = 0;
    parts = [made, ...parts].filter((part) => (size += part.end - part.start) <= kept);
    return made;
  };

  return {
    size: total,
    refresh() {
      parts = [];
    },
    async *bytes(start, end) {
      for (let at = start; at < Math.min(end, total);) {
        const { start: from, pieces } = await partAt(at, end - at);
        let position = from;
        for (const piece of pieces) {
          const [skip, stop] = [Math.max(0, at - position), Math.min(piece.length, end - position)];
          position += piece.length;
          if (stop <= skip) continue;
          at += stop - skip;
          yield piece.subarray(skip, stop);
        }
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
