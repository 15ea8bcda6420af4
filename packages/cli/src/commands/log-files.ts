import { openJobLog } from "@workflow-runs/logs";
import { UsageError } from "../stop-reasons.ts";
import type { OpenedLogs } from "./open-logs.ts";

/** Whether an argument is a file of logs rather than a run. */
export function isLogFile(text: string | undefined): text is string {
  return text !== undefined && /\.(zip|txt|log)$/i.test(text) && !text.includes("://");
}

/** Opens a run's archive, or the text of one job. */
export async function openLogFile(file: string): Promise<OpenedLogs> {
  const { constants, openAsBlob } = await import("node:fs");
  const { access } = await import("node:fs/promises");
  await access(file, constants.R_OK).catch((error: unknown) => {
    throw new UsageError(`The file ${file} cannot be read: ${(error as Error).message}`);
  });
  const blob = await openAsBlob(file);
  const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  // Every zip begins with the letters of its inventor.
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const { openRunLogs } = await import("@workflow-runs/logs/node");
    return openRunLogs(file);
  }
  return {
    jobs: [await openJobLog(blob)],
    close: async () => {},
  };
}
