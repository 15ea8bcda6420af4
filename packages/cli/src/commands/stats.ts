import type { WorkflowRun } from "@workflow-runs/core";
import { note, printJson, printLines } from "../print.ts";
import { statsByWorkflow, stats as statsOf, type WorkflowStats } from "../render/stats.ts";
import { statsTable } from "../render/stats-table.ts";
import { openWorkplace } from "../session.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { listRuns } from "./list-runs.ts";
import { positiveInteger } from "./option-values.ts";
import { type RunFilters, withRunFilters } from "./run-filters.ts";
import { viewOf } from "./view-of.ts";

/** `stats`: how often runs succeed, how long they take, which are flaky. */
export const stats: CommandFactory = (command, session) =>
  withRunFilters(
    withExamples(command, [
      ["stats -b main", "of main"],
      ["stats -w ci.yml -L 100", "of one workflow's newest 100 runs"],
    ]),
  )
    .option("-L, --limit <number>", "how many runs to look at, the newest", positiveInteger, 500)
    .action(async (filters: RunFilters & { limit: number }, command) => {
      const place = await openWorkplace(session, command);
      const { owner, repo, options, colors } = place;
      const { limit } = filters;
      const runs = await listRuns(session, place, filters, limit);
      const all = statsOf(runs);
      const workflows = statsByWorkflow(runs);
      const limited = runs.length === limit;
      if (options.json) {
        const [newest, oldest] = [runs[0], runs.at(-1)].map((run) => run?.created_at ?? null);
        return printJson(session, {
          repository: `${owner}/${repo}`,
          from: oldest,
          to: newest,
          limited,
          all,
          workflows,
        });
      }
      if (runs.length === 0) return note(session, `${owner}/${repo} has no such run.`);
      const rows = statsTable(workflows, all, viewOf(session, colors));
      return printLines(session, [
        ...(rows.length === 0 ? [] : [...rows, ""]),
        colors.dim(period(runs, limited) + unfinished(all)),
      ]);
    });

/** The runs that no figure is about. */
function unfinished({ runs, unfinished: count }: WorkflowStats): string {
  if (count === 0) return "";
  if (runs === 0) return " None has ended yet.";
  return ` ${count} of them ${count === 1 ? "has" : "have"} not ended, and ${count === 1 ? "is" : "are"} not counted.`;
}

/** Which runs the figures are about. */
function period(runs: readonly WorkflowRun[], limited: boolean): string {
  const [to, from] = [runs[0], runs.at(-1)].map((run) => run?.created_at.slice(0, 10));
  const span = from === to ? `of ${from}` : `from ${from} to ${to}`;
  const count = `${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
  return limited ? `The newest ${count}, ${span}; more with --limit.` : `${count}, ${span}.`;
}
