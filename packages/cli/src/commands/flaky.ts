import { note, printJson, printLines } from "../print.ts";
import { flakyColumns } from "../render/stats-columns.ts";
import { suspectLines } from "../render/suspects.ts";
import { openTarget, type Session, type OpenTarget } from "../session.ts";
import { flakyJobs, suspectsOf } from "../stats/index.ts";
import { rowLines } from "../terminal/table.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { listRuns } from "./list-runs.ts";
import { openRun } from "./open-run.ts";
import { positiveInteger } from "./option-values.ts";
import { readHistories } from "./read-histories.ts";
import { type RunFilters, withRunFilters } from "./run-filters.ts";
import { defaultBranch } from "./run.ts";
import { viewOf } from "./view-of.ts";

interface Options extends RunFilters {
  last: number;
}

/** `flaky`: what failed and then passed on one commit; of a run, whether its failures happen elsewhere too. */
export const flaky: CommandFactory = (command, session) =>
  withRunFilters(
    withExamples(command, [
      ["flaky --last 200 -w ci.yml", "what is flaky in one workflow"],
      ["flaky 42", "is it me? its failures against the default branch's last runs"],
      ["flaky HEAD -b release", "the same of HEAD, against another branch"],
    ]),
  )
    .argument(
      "[run]",
      "is it me? a run's id or URL, HEAD or `failed`: its failures against the branch's last runs",
    )
    .option(
      "--last <number>",
      "how many runs to look at, each costs a request",
      positiveInteger,
      100,
    )
    .action(async (text: string | undefined, flags: Options, command) => {
      if (text !== undefined) return isItMe(session, await openRun(session, command, text), flags);
      const target = await openTarget(session, command);
      const runs = await listRuns(session, target, flags, flags.last);
      const found = flakyJobs(await readHistories(session, target, runs));
      const { options, colors } = target;
      if (options.json) return printJson(session, found);
      await printLines(session, rowLines(found, flakyColumns(colors), viewOf(session, colors)));
      if (found.length > 0) return undefined;
      return note(
        session,
        `Nothing in ${runs.length} runs failed and then passed on the same commit.`,
      );
    });

async function isItMe(
  session: Session,
  target: OpenTarget & { run: Parameters<typeof suspectsOf>[0]["run"] },
  flags: Options,
): Promise<void> {
  const { run, options, colors } = target;
  const branch = flags.branch ?? (await defaultBranch(target, session.context.signal));
  const filters = { ...flags, branch, workflow: flags.workflow ?? String(run.workflow_id) };
  const earlier = await listRuns(session, target, filters, flags.last);
  const others = earlier.filter(({ id }) => id !== run.id);
  const [history, ...histories] = await readHistories(session, target, [run, ...others]);
  if (history === undefined) return undefined;
  const suspects = suspectsOf(history, histories);
  if (options.json) return printJson(session, { run_id: run.id, branch, suspects });
  if (suspects.length === 0) return note(session, `No job of run ${run.id} failed.`);
  return printLines(session, suspectLines(suspects, branch, viewOf(session, colors)));
}
