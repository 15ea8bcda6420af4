import type { Engine } from "../zip/engine.ts";
import type { Limits } from "../zip/limits.ts";
import type { ArchiveResponse, ArchiveHost } from "./archive-host.ts";
import { collect, type DownloadProgress } from "./collect.ts";
import { rangeSource } from "./range-source.ts";
import { resumed } from "./resume.ts";
import { collectVerified, type ReceivedArchive } from "./verified.ts";

/** How an archive is fetched. */
export interface RemoteOptions {
  readonly engine: Engine;
  readonly limits: Limits;
  /** From this length on an archive is read in parts, where its host allows it. */
  readonly partsFrom: number;
  /** Whether every entry of a download is checked as it comes. */
  readonly check: boolean;
  /** Milliseconds without a byte after which a body counts as broken off. */
  readonly idle: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: DownloadProgress) => void) | undefined;
}

/** The archive behind a response: in parts as they are needed, or downloaded, checked, and kept in memory. */
export async function openRemote(
  host: ArchiveHost,
  opened: ArchiveResponse,
  options: RemoteOptions,
): Promise<ReceivedArchive> {
  const { response, total, url } = opened;
  const { signal, onProgress, partsFrom, idle } = options;
  if (url !== undefined && opened.ranges && total !== undefined && total >= partsFrom) {
    await response.body?.cancel();
    return { source: rangeSource(host, { ...opened, total }, signal, idle, onProgress) };
  }
  const stream = resumed(host, opened, signal, idle);
  if (!options.check) return { source: await collect(stream, options.limits, total, onProgress) };
  return collectVerified(stream, options, total, onProgress);
}
