import { createGatherer, type UnpackedEntries } from "../archive/kept-logs.ts";
import { type ByteSource, memorySource } from "../zip/byte-source.ts";
import type { Engine } from "../zip/engine.ts";
import { checkArchiveSize, type Limits } from "../zip/limits.ts";
import { streamArchive } from "../zip/stream-archive.ts";
import type { DownloadProgress } from "./collect.ts";

/** An archive's bytes, and what of it has been unpacked already. */
export interface ReceivedArchive {
  readonly source: ByteSource;
  readonly unpacked?: UnpackedEntries;
}

/**
 * Keeps an archive in memory as it comes, packed as it is, and checks every entry on the way: when the download
 * is done, what was received is known to be whole. What was unpacked for that is kept too, as far as it fits.
 */
export async function collectVerified(
  stream: AsyncIterable<Uint8Array>,
  { engine, limits }: { engine: Engine; limits: Limits },
  total: number | undefined,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
): Promise<ReceivedArchive> {
  const parts: Uint8Array[] = [];
  let received = 0;
  const kept = async function* () {
    for await (const part of stream) {
      received += part.length;
      checkArchiveSize(limits, received);
      parts.push(part);
      onProgress?.({ received, total });
      yield part;
    }
  };
  const gatherer = createGatherer();
  for await (const entry of streamArchive(kept(), engine, limits)) {
    const gathered = gatherer.begin(entry.path);
    for await (const piece of entry.bytes()) gathered.add(piece);
    gathered.end();
  }
  return { source: memorySource(parts), unpacked: gatherer.entries };
}
