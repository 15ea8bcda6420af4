import { note, printJson, printLines } from "../print.ts";
import { ExitCode } from "../exit-code.ts";
import { runTitle } from "../render/run-title.ts";
import { UsageError } from "../stop-reasons.ts";
import { type CommandFactory, RUN_TO_CHANGE, subcommand } from "./command.ts";
import { openRun } from "./open-run.ts";

interface Options {
  logs?: boolean;
  yes?: boolean;
}

/** `delete`: a run, or only its logs; asks first. */
export const remove: CommandFactory = (session) =>
  subcommand("delete", "Delete a run, or only its logs, for good")
    .argument("<run>", RUN_TO_CHANGE)
    .option("--logs", "only the logs; the run stays")
    .option("-y, --yes", "do not ask")
    .action(async (text: string, { logs = false, yes = false }: Options, command) => {
      const { signal, ask } = session.context;
      const { github, run, params, options } = await openRun(session, command, text);
      const what = `${logs ? "the logs of " : ""}run ${run.id} (${runTitle(run)})`;
      if (!yes) {
        if (ask === undefined) {
          throw new UsageError(`Nobody is there to ask about deleting ${what}; say --yes.`);
        }
        const answer = await ask(`Delete ${what} for good? [y/N] `);
        if (!/^y(es)?$/i.test(answer.trim())) {
          session.exitCode = ExitCode.error;
          return note(session, "Nothing was deleted.");
        }
      }
      if (logs) await github.deleteWorkflowRunLogs(params, { signal });
      else await github.deleteWorkflowRun(params, { signal });
      if (options.json)
        return printJson(session, { run_id: run.id, deleted: logs ? "logs" : "run" });
      return printLines(session, [`Deleted ${what}.`]);
    });
