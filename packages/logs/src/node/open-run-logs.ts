import type {
  BoundRunReference,
  LogClient,
  RunReference,
  RunReferenceOf,
} from "../download/log-client.ts";
import { isUrl, type LogSource } from "../log-source.ts";
import type { RunLogs } from "../model.ts";
import { logsOfEntries, openAtHand } from "../archive/archive-logs.ts";
import {
  type DownloadOptions,
  openOptionKinds,
  type OpenOptions,
  openRunLogs as openWebRunLogs,
} from "../open-run-logs.ts";
import { checkOptions } from "@workflow-runs/core/support";
import { withDefaults } from "../zip/limits.ts";
import { pickEngine } from "../zip/pick-engine.ts";
import { fileSource } from "./file-source.ts";
import { folderEntries, isFolder } from "./folder.ts";

/**
 * Opens a log archive you already have: as at the package's root, or the path of a file, which is read where it is
 * needed and never held in memory, or of a folder with what was in an archive. Close the logs when done.
 *
 * @throws {CorruptArchiveError} when the archive is damaged
 */
export function openRunLogs(
  source: LogSource | string | URL,
  options?: OpenOptions,
): Promise<RunLogs>;
// Behind the other, because TypeScript explains a mistake by the last overload.
/** Opens the logs of a run, as `openRunLogs` of the package's root does. */
export function openRunLogs<C extends LogClient>(
  client: C,
  run: RunReferenceOf<C>,
  options?: DownloadOptions,
): Promise<RunLogs>;
export async function openRunLogs(
  subject: LogClient | LogSource | string | URL,
  runOrOptions?: BoundRunReference | OpenOptions,
  clientOptions?: DownloadOptions,
): Promise<RunLogs> {
  if (typeof subject !== "string" && !isUrl(subject))
    return openWebRunLogs(subject as LogClient, runOrOptions as RunReference, clientOptions);
  checkOptions("openRunLogs", runOrOptions, openOptionKinds);
  const { limits, split } = (runOrOptions ?? {}) as OpenOptions;
  const settings = { engine: pickEngine(), limits: withDefaults(limits), split };
  if (await isFolder(subject))
    return logsOfEntries(await folderEntries(subject, settings.limits), settings);
  const source = await fileSource(subject);
  try {
    return await openAtHand(source, settings);
  } catch (error) {
    await source.close?.();
    throw error;
  }
}
