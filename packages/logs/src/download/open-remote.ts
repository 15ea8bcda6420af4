import type { ByteSource } from "../zip/byte-source.ts";
import type { Engine } from "../zip/engine.ts";
import type { Limits } from "../zip/limits.ts";
import type { ArchiveAnswer, ArchiveHost } from "./archive-host.ts";
import type { Progress } from "./collect.ts";
import { rangeSource } from "./range-source.ts";
import { resumed } from "./resume.ts";
import { collectVerified } from "./verified.ts";

/** How an archive is fetched. */
export interface RemoteOptions {
  readonly engine: Engine;
  readonly limits: Limits;
  /** From this length on an archive is read in parts, where its host allows it. */
  readonly partsFrom: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** The archive behind an answer: in parts as they are asked for, or downloaded, checked, and kept in memory. */
export async function openRemote(
  host: ArchiveHost,
  answer: ArchiveAnswer,
  options: RemoteOptions,
): Promise<ByteSource> {
  const { response, total, url } = answer;
  const { signal, onProgress, partsFrom } = options;
  if (url !== undefined && answer.ranges && total !== undefined && total >= partsFrom) {
    await response.body?.cancel();
    return rangeSource(host, { ...answer, total }, signal, onProgress);
  }
  return collectVerified(resumed(host, answer, signal), options, total, onProgress);
}
