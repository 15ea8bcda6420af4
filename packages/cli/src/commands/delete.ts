import { printJson, printSentence } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { mayChange, openRun } from "./open-run.ts";

interface Options {
  logs?: boolean;
  yes?: boolean;
}

/** `delete`: a run, or only its logs. */
export const remove: CommandFactory = (command, session) =>
  withExamples(command, [
    ["delete 42", "the run, its logs and artifacts"],
    ["delete 42 --logs", "only the logs"],
  ])
    .argument("[run]", runDescription)
    .option("--logs", "only the logs; the run stays")
    .option("-y, --yes", "do not ask")
    .action(async (text: string | undefined, flags: Options, command) => {
      const { logs = false, yes = false } = flags;
      const { signal } = session.context;
      const target = await openRun(session, command, text, { changes: true });
      const { github, run, params, options } = target;
      const of = logs ? "the logs of " : "";
      if (!(await mayChange(session, target, `Delete ${of}{} for good`, yes))) return;
      if (logs) await github.deleteWorkflowRunLogs(params, { signal });
      else await github.deleteWorkflowRun(params, { signal });
      if (options.json) {
        return printJson(session, { run_id: run.id, deleted: logs ? "logs" : "run" });
      }
      return printSentence(session, `Deleted ${of}run ${run.id}, ${runLabel(run)}.`);
    });
