import { printJson, printSentence } from "../print.ts";
import { downloadLine } from "../render/download-line.ts";
import type { Session } from "../session.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import type { OpenRun } from "./open-run.ts";

/** Writes the files of a run's log archive into a folder; nothing half-written stays when it is stopped. */
export async function extractLogs(
  session: Session,
  { github, params, run, options }: OpenRun,
  attempt_number: number | undefined,
  folder: string,
): Promise<void> {
  const { extractRunLogs } = await import("@workflow-runs/logs/node");
  const { signal, stderr } = session.context;
  const archive =
    attempt_number === undefined
      ? await github.downloadWorkflowRunLogs(params, { signal })
      : await github.downloadWorkflowRunAttemptLogs({ ...params, attempt_number }, { signal });
  const status = createStatusLine(stderr);
  let files: readonly { file: string }[];
  try {
    files = await extractRunLogs(archive, folder, {
      signal,
      onProgress: (progress) => {
        // Drawing is not worth waiting for.
        status.show(downloadLine(progress)).catch(() => {});
      },
    });
  } finally {
    await status.clear().catch(() => {});
  }
  if (options.json) {
    return printJson(session, { run_id: run.id, folder, files: files.map(({ file }) => file) });
  }
  return printSentence(
    session,
    `The logs of run ${run.id} are in ${folder}: ${files.length} ${files.length === 1 ? "file" : "files"}.`,
  );
}
