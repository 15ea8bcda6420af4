import { printJson, printSentence } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { mayChange, openRun } from "./open-run.ts";

interface Options {
  force?: boolean;
  yes?: boolean;
}

/** `cancel`: stop a run. */
export const cancel: CommandFactory = (command, session) =>
  withExamples(command, [
    ["cancel 42", "the run with this id"],
    ["cancel --force", "the run of HEAD, after a question"],
  ])
    .argument("[run]", runDescription)
    .option("--force", "even where `if: always()` or a stuck runner holds it up")
    .option("-y, --yes", "do not ask")
    .action(async (text: string | undefined, flags: Options, command) => {
      const { force = false, yes = false } = flags;
      const target = await openRun(session, command, text, { changes: true });
      const { github, run, params, options, followUp } = target;
      if (!(await mayChange(session, target, "Cancel {}", yes))) return;
      const { signal } = session.context;
      if (force) await github.forceCancelWorkflowRun(params, { signal });
      else await github.cancelWorkflowRun(params, { signal });
      if (options.json) return printJson(session, { run_id: run.id, force });
      return printSentence(
        session,
        `GitHub ${force ? "force-cancels" : "cancels"} run ${run.id}, ${runLabel(run)}.`,
        `Follow it: ${followUp(`watch ${run.id}`)}`,
      );
    });
