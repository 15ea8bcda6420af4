import type {
  BoundRunReference,
  LogClient,
  RunReference,
  RunReferenceOf,
} from "../download/log-client.ts";
import { isUrl, type LogSource } from "../log-source.ts";
import type { RunLogs } from "../model.ts";
import { openArchiveLogs } from "../open-archive-logs.ts";
import {
  type DownloadOptions,
  openOptionNames,
  type OpenOptions,
  openRunLogs as openWebRunLogs,
} from "../open-run-logs.ts";
import { checkOptionNames } from "../option-error.ts";
import { withDefaults } from "../zip/limits.ts";
import { pickEngine } from "../zip/pick-engine.ts";
import { fileSource } from "./file-source.ts";

/**
 * Opens a log archive that is at hand: as at the package's root, or the path of a file, which is read where it is
 * asked for and never held in memory. Close the logs when done.
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
  checkOptionNames(runOrOptions as OpenOptions | undefined, openOptionNames);
  const { limits, split } = (runOrOptions ?? {}) as OpenOptions;
  const reading = { engine: pickEngine(), limits: withDefaults(limits), split };
  const source = await fileSource(subject);
  try {
    return await openArchiveLogs(source, reading);
  } catch (error) {
    await source.close?.();
    throw error;
  }
}
