import { note, printJson, printLines } from "../print.ts";
import { runTable } from "../render/run-table.ts";
import { openTarget } from "../session.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { listRuns } from "./list-runs.ts";
import { positiveInteger } from "./option-values.ts";
import { type RunFilters, withRunFilters } from "./run-filters.ts";
import { viewOf } from "./view-of.ts";

/** `list`: runs as a table, newest first. */
export const list: CommandFactory = (command, session) =>
  withRunFilters(
    withExamples(command, [
      ["list -b main -s failure", "what failed on main"],
      ["list --json id,conclusion,head_branch", "three fields of each run"],
    ]),
  )
    .option("-L, --limit <number>", "how many at most", positiveInteger, 20)
    .action(async (filters: RunFilters & { limit: number }, command) => {
      const target = await openTarget(session, command);
      const { owner, repo, options, colors } = target;
      const runs = await listRuns(session, target, filters, filters.limit);
      if (options.json) return printJson(session, runs);
      if (runs.length === 0) return note(session, `${owner}/${repo} has no such run.`);
      return printLines(session, runTable(runs, viewOf(session, colors)));
    });
