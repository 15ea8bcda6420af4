import { printJson, printLines } from "../print.ts";
import { type CommandFactory, RUN_TO_CHANGE, subcommand } from "./command.ts";
import { openRun } from "./open-run.ts";

/** `cancel`: stop a run. */
export const cancel: CommandFactory = (session) =>
  subcommand("cancel", "Cancel a run that has not completed")
    .argument("<run>", `${RUN_TO_CHANGE}, or \`latest\``)
    .option("--force", "even where `if: always()` or a stuck runner holds it up")
    .action(async (text: string, { force = false }: { force?: boolean }, command) => {
      const { github, run, params, options, followUp } = await openRun(session, command, text);
      const { signal } = session.context;
      if (force) await github.forceCancelWorkflowRun(params, { signal });
      else await github.cancelWorkflowRun(params, { signal });
      if (options.json) return printJson(session, { run_id: run.id, force });
      return printLines(session, [
        `GitHub ${force ? "force-cancels" : "cancels"} run ${run.id}.`,
        `Follow it: ${followUp(`watch ${run.id}`)}`,
      ]);
    });
