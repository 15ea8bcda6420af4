import { type ByteSource, memorySource } from "../zip/byte-source.ts";
import type { Engine } from "../zip/engine.ts";
import { checkArchiveSize, type Limits } from "../zip/limits.ts";
import { streamArchive } from "../zip/stream-archive.ts";
import type { DownloadProgress } from "./collect.ts";

/**
 * Keeps an archive in memory as it comes, packed as it is, and checks every entry on the way: when the download
 * is done, what was received is known to be whole.
 */
export async function collectVerified(
  stream: AsyncIterable<Uint8Array>,
  { engine, limits }: { engine: Engine; limits: Limits },
  total: number | undefined,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
): Promise<ByteSource> {
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
  for await (const entry of streamArchive(kept(), engine, limits))
    for await (const _ of entry.bytes());
  return memorySource(parts);
}
