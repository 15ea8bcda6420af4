import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { ParameterError } from "@workflow-runs/core/support";
import type { JobLogClient, JobReference, JobReferenceOf } from "../download/log-client.ts";
import { isUrl, type LogSource } from "../log-source.ts";
import type { JobLog } from "../model.ts";
import {
  type JobLogOptions,
  type OpenJobOptions,
  openJobLog as openWebJobLog,
} from "../open-job-log.ts";

/**
 * Opens the log of one job, which you already have: as at the package's root, or the path of a file. A string without a line
 * break is a path.
 */
export function openJobLog(
  source: LogSource | string | URL,
  options?: OpenJobOptions,
): Promise<JobLog>;
// Behind the other, because TypeScript explains a mistake by the last overload.
/** Opens the log of one job, as `openJobLog` of the package's root does. */
export function openJobLog<C extends JobLogClient>(
  client: C,
  reference: JobReferenceOf<C>,
  options?: JobLogOptions,
): Promise<JobLog>;
export async function openJobLog(
  subject: JobLogClient | LogSource | string | URL,
  referenceOrOptions?: unknown,
  options?: JobLogOptions,
): Promise<JobLog> {
  if (isUrl(subject) || (typeof subject === "string" && !subject.includes("\n")))
    return openWebJobLog(await fileBlob(subject), referenceOrOptions as OpenJobOptions);
  return openWebJobLog(subject as JobLogClient, referenceOrOptions as JobReference, options);
}

/** A file's bytes. `openAsBlob` does not say which file it could not open, nor why. */
async function fileBlob(path: string | URL): Promise<Blob> {
  const found = await stat(path);
  if (found.isDirectory())
    throw new ParameterError(
      `openJobLog: source: ${JSON.stringify(String(path))} is a folder, not a file; openRunLogs opens folders.`,
      { parameter: "source" },
    );
  return openAsBlob(path);
}
