import { printJson, printSentence } from "../print.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { withProgress } from "./open-logs.ts";
import type { OpenRun } from "./open-run.ts";

/** Writes the files of a run's log archive into a folder; nothing half-written stays when it is stopped. */
export async function extractLogs(
  session: Session,
  { github, params, run, options }: OpenRun,
  attempt_number: number | undefined,
  folder: string,
): Promise<void> {
  const { extractRunLogs } = await import("@workflow-runs/logs/node");
  const { signal } = session.context;
  const archive =
    attempt_number === undefined
      ? await github.downloadWorkflowRunLogs(params, { signal })
      : await github.downloadWorkflowRunAttemptLogs({ ...params, attempt_number }, { signal });
  const files = await withProgress(session, (onProgress) =>
    extractRunLogs(archive, folder, { signal, onProgress }).catch((error: unknown) => {
      // Of the file system.
      if (!(error instanceof Error) || !("syscall" in error)) throw error;
      throw new UsageError(`--output cannot write ${folder}: ${error.message}`);
    }),
  );
  if (options.json) {
    return printJson(session, { run_id: run.id, folder, files: files.map(({ file }) => file) });
  }
  return printSentence(
    session,
    `The logs of run ${run.id} are in ${folder}: ${files.length} ${files.length === 1 ? "file" : "files"}.`,
  );
}
