import { printJson, printLines } from "../print.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { openRun } from "./open-run.ts";

/** `open`: a run in the browser. */
export const open: CommandFactory = (command, session) =>
  withExamples(command, [
    ["open", "the run of HEAD"],
    ["open 42 --print", "only its URL"],
  ])
    .argument("[run]", runDescription)
    .option("--print", "print the URL, and open nothing")
    .action(async (text: string | undefined, { print = false }: { print?: boolean }, command) => {
      const { run, options, job_id } = await openRun(session, command, text);
      const url = job_id === undefined ? run.html_url : `${run.html_url}/job/${job_id}`;
      if (!print) await session.context.openPage(url);
      if (options.json) return printJson(session, { run_id: run.id, url });
      return printLines(session, [url]);
    });
