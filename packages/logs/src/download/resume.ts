import type { ArchiveResponse, ArchiveHost } from "./archive-host.ts";
import { piecesOf } from "./collect.ts";
import { DownloadError } from "./download-error.ts";

const tries = 3;

/**
 * The archive as a stream that goes on after a break: with a Range request where the host takes one, with a fresh
 * link when the old one has expired, and else from the start again, passing over what had come.
 */
export async function* resumed(
  host: ArchiveHost,
  first: ArchiveResponse,
  signal: AbortSignal | undefined,
  idle: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let current = first;
  let response = first.response;
  let received = 0;
  let skip = 0;
  let { upTo } = first;
  for (let left = tries; ;) {
    const before = received;
    let broken: unknown;
    try {
      // In an outage GitHub sends nothing at all.
      for await (const piece of response.body ? piecesOf(response.body, idle) : []) {
        const fresh = piece.subarray(Math.min(skip, piece.length));
        skip -= piece.length - fresh.length;
        received += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      // Some platforms end a broken body as if it were whole; its announced length shows that.
      if (first.total === undefined || received >= first.total) return;
    } catch (error) {
      signal?.throwIfAborted();
      broken = error;
    }
    signal?.throwIfAborted();
    // The beginning alone had been requested, and brought something new.
    const planned = broken === undefined && received === upTo && received > before;
    if (!planned && left-- === 0) throw brokenOff(received, first.total, broken);
    const next = await again(host, current, first, received).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw brokenOff(received, first.total, error);
    });
    current = next;
    response = next.response;
    upTo = next.upTo;
    skip = received - next.from;
  }
}

/** The rest, from the same link where the host takes it, or from a fresh one; or all from the start. */
async function again(
  host: ArchiveHost,
  current: ArchiveResponse,
  first: ArchiveResponse,
  received: number,
): Promise<ArchiveResponse> {
  const rest = await host.part(current, received).catch(() => undefined);
  if (rest) return { ...current, response: rest, from: received, upTo: undefined };
  const fresh = await host.open(received);
  const same = fresh.total === first.total && fresh.etag === first.etag;
  if (same && (fresh.from === 0 || fresh.from === received)) return fresh;
  await fresh.response.body?.cancel();
  throw new Error("the archive is another one now");
}

function brokenOff(received: number, total: number | undefined, cause: unknown): DownloadError {
  const of = total === undefined ? "" : ` of ${total}`;
  const reason = cause instanceof Error ? `: ${cause.message}` : "";
  return new DownloadError(
    `The download of the logs broke off after ${received}${of} bytes, and could not be taken up again${reason}. Try again later.`,
    received,
    cause === undefined ? undefined : { cause },
  );
}
