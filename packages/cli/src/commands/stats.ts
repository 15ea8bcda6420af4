import { Option } from "commander";
import { ExitCode } from "../exit-code.ts";
import { note, printJson, printLines } from "../print.ts";
import { percent } from "../render/stats-columns.ts";
import {
  periodOf,
  type StatsReport,
  statsCsv,
  statsLines,
  statsMarkdown,
  statsReport,
} from "../render/stats-report.ts";
import { openTarget } from "../session.ts";
import type { Grouping } from "../stats/index.ts";
import { UsageError } from "../stop-reasons.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { listRuns } from "./list-runs.ts";
import { percentage, positiveInteger } from "./option-values.ts";
import { readHistories } from "./read-histories.ts";
import { type RunFilters, withRunFilters } from "./run-filters.ts";
import { viewOf } from "./view-of.ts";

interface Options extends RunFilters {
  limit?: number;
  by: Grouping;
  failUnder?: number;
  markdown?: boolean;
  csv?: boolean;
  html?: string;
}

const groupings: readonly Grouping[] = ["workflow", "branch", "actor", "event", "job", "week"];

/** Each run costs a request, so that it is not all of them by default. */
const defaultLimit = 100;
/** With a time to look back to, that is the limit the user means. */
const limitWithSince = 2_000;

/** `stats`: how often runs succeed, how long they take, what is flaky, slow or failing. */
export const stats: CommandFactory = (command, session) =>
  withRunFilters(
    withExamples(command, [
      ["stats --since 30d -b main", "the last 30 days of main"],
      ["stats --since 90d --html stats.html", "a page with charts"],
      ["stats --markdown >> $GITHUB_STEP_SUMMARY", "in a workflow"],
      ["stats -w ci.yml --fail-under 95", "exit code 3 below 95 %"],
    ]),
  )
    .option(
      "-L, --limit <number>",
      `how many runs to look at, the newest; each costs a request (default: ${defaultLimit}, with --since ${limitWithSince})`,
      positiveInteger,
    )
    .addOption(
      new Option("--by <what>", "what the figures are grouped by")
        .choices(groupings)
        .default("workflow"),
    )
    .option("--fail-under <percent>", "exit code 3 when fewer of the runs succeed", percentage)
    .option("--markdown", "as Markdown, for $GITHUB_STEP_SUMMARY")
    .option("--csv", "the groups as CSV")
    .option("--html <file>", "write a page with charts, all in one file")
    .action(async (flags: Options, command) => {
      const target = await openTarget(session, command);
      const { owner, repo, options, colors } = target;
      const formats = [
        flags.markdown && "--markdown",
        flags.csv && "--csv",
        options.json && "--json",
      ];
      const [one, other] = formats.filter(Boolean);
      if (other !== undefined) {
        throw new UsageError(`${one} and ${other} cannot be used together; leave one out.`);
      }
      const since = flags.since ?? flags.created;
      const limit = flags.limit ?? (since === undefined ? defaultLimit : limitWithSince);
      const runs = await listRuns(session, target, flags, limit);
      const histories = await readHistories(session, target, runs);
      const report = statsReport(histories, {
        repository: `${owner}/${repo}`,
        limited: runs.length === limit,
        by: flags.by,
      });
      const { failUnder } = flags;
      const { success_rate: rate } = report.all;
      if (failUnder !== undefined && rate !== null && rate * 100 < failUnder) {
        session.exitCode = ExitCode.runFailed;
        await note(session, `${percent(rate)} of the runs succeeded: under ${failUnder} %.`);
      }
      if (flags.html !== undefined) {
        await writePage(flags.html, report, session.context.now());
        await note(session, `The page is in ${flags.html}.`);
      }
      if (options.json) return printJson(session, report);
      if (flags.markdown) return printLines(session, statsMarkdown(report));
      if (flags.csv) return session.context.stdout.write(statsCsv(report));
      if (flags.html !== undefined) return undefined;
      if (runs.length === 0) return note(session, `${owner}/${repo} has no such run.`);
      const view = viewOf(session, colors);
      if (view.pipe) await note(session, periodOf(report));
      return printLines(session, statsLines(report, view));
    });

async function writePage(file: string, report: StatsReport, now: number): Promise<void> {
  const { readFile, writeFile } = await import("node:fs/promises");
  const { createRequire } = await import("node:module");
  const { resolve } = createRequire(import.meta.url);
  const { statsPage } = await import("../render/stats-page.ts");
  const [script, style] = await Promise.all([
    readFile(resolve("uplot/dist/uPlot.iife.min.js"), "utf8"),
    readFile(resolve("uplot/dist/uPlot.min.css"), "utf8"),
  ]);
  await writeFile(file, statsPage(report, { script, style, now })).catch((error: unknown) => {
    throw new UsageError(`--html cannot write ${file}: ${(error as Error).message}`);
  });
}
