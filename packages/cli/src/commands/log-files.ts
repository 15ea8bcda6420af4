import { CorruptArchiveError, openJobLog, openRunLogs } from "@workflow-runs/logs";
import { UsageError } from "../stop-reasons.ts";
import type { OpenedLogs } from "./open-logs.ts";

/** Whether an argument is a file of logs rather than a run. */
export function isLogFile(text: string | undefined): text is string {
  return text !== undefined && /\.(zip|txt|log)$/i.test(text) && !text.includes("://");
}

/** Opens a run's archive, the text of one job, or what `gh run view --log` printed of a run. */
export async function openLogFile(file: string): Promise<OpenedLogs> {
  const { constants, openAsBlob } = await import("node:fs");
  const { access } = await import("node:fs/promises");
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw new UsageError(`The file ${file} cannot be read: ${(error as Error).message}`);
  });
  const blob = await openAsBlob(file);
  try {
    return await openRunLogs(blob);
  } catch (error) {
    if (!(error instanceof CorruptArchiveError && error.code === "not-a-zip")) throw error;
    return { jobs: [await openJobLog(blob)], close: async () => {} };
  }
}
