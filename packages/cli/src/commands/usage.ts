import { printJson, printLines } from "../print.ts";
import { usageLines } from "../render/usage-table.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { openRun } from "./open-run.ts";
import { jobsOf } from "./view.ts";
import { viewOf } from "./view-of.ts";

/** `usage`: billable time by operating system. */
export const usage: CommandFactory = (command, session) =>
  withExamples(command, [
    ["usage", "of the run of HEAD"],
    ["usage 42 --jq .usage.run_duration_ms", "one figure"],
  ])
    .argument("[run]", runDescription)
    .action(async (text: string | undefined, _flags: object, command) => {
      const { signal } = session.context;
      const { github, run, params, options, colors } = await openRun(session, command, text);
      const usage = await github.getWorkflowRunUsage(params, { signal });
      if (options.json) return printJson(session, { run_id: run.id, usage });
      const jobs = await jobsOf(github, params, undefined, signal);
      return printLines(session, usageLines(usage, jobs, viewOf(session, colors)));
    });
