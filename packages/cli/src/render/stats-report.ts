import {
  type FlakyJob,
  flakyJobs,
  type Grouping,
  groupStatistics,
  mostFailingSteps,
  type RunHistory,
  runStatistics,
  slowestSteps,
  type Statistics,
  type StepStatistics,
  stepStatistics,
} from "../stats/index.ts";
import { createColors } from "../terminal/colors.ts";
import { countOf } from "../terminal/count.ts";
import { type Column, rowLines, table } from "../terminal/table.ts";
import { truncate, wrapWords } from "../terminal/text-width.ts";
import { flakyColumns, groupColumns, stepColumns } from "./stats-columns.ts";
import type { View } from "./view.ts";

/** What `stats` found: also its JSON. */
export interface StatsReport {
  repository: string;
  /** When the oldest and the newest of the runs were created; null without runs. */
  from: string | null;
  to: string | null;
  /** Whether there may be older runs that were not looked at. */
  limited: boolean;
  by: Grouping;
  all: Statistics;
  groups: Statistics[];
  weeks: Statistics[];
  flaky: FlakyJob[];
  slowest_steps: StepStatistics[];
  most_failing_steps: StepStatistics[];
}

/** How many steps of each kind are shown. */
const stepCount = 10;

/** Every figure of these runs, the newest first. */
export function statsReport(
  histories: readonly RunHistory[],
  { repository, limited, by }: Pick<StatsReport, "repository" | "limited" | "by">,
): StatsReport {
  const steps = stepStatistics(histories);
  const [to = null, from = null] = [histories[0], histories.at(-1)].map(
    (history) => history?.run.created_at,
  );
  return {
    repository,
    from,
    to,
    limited,
    by,
    all: runStatistics(histories),
    groups: groupStatistics(histories, by),
    weeks: groupStatistics(histories, "week"),
    flaky: flakyJobs(histories),
    slowest_steps: slowestSteps(steps, stepCount),
    most_failing_steps: mostFailingSteps(steps, stepCount),
  };
}

/** For a person: the figures by group, by week, and what is flaky, slow or failing. For a pipe: those by group. */
export function statsLines(report: StatsReport, view: View): string[] {
  const { groups, all, by, weeks, flaky } = report;
  const { colors } = view;
  const columns = groupColumns(by, colors);
  const ended = groups.filter((group) => group.ended > 0);
  if (view.pipe) return rowLines(ended, columns, view);
  const section = <Row>(title: string, rows: readonly Row[], of: Column<Row>[]): string[] =>
    rows.length === 0
      ? []
      : [colors.bold(truncate(title, view.width ?? title.length)), ...table(rows, of, view), ""];
  return [
    // All of the workflows are what all the runs are; of the jobs that is not so.
    ...table(ended.length > 1 && by !== "job" ? [...ended, all] : ended, columns, view),
    ...(ended.length === 0 ? [] : [""]),
    ...(by === "week" || weeks.length < 2
      ? []
      : section("By week", weeks, groupColumns("week", colors))),
    ...section(
      "Flaky: failed, then passed on the same commit",
      flaky.slice(0, 5),
      flakyColumns(colors),
    ),
    ...section("Slowest steps", report.slowest_steps.slice(0, 5), stepColumns(colors)),
    ...section("Steps that fail most", report.most_failing_steps.slice(0, 5), stepColumns(colors)),
    ...wrapWords(periodOf(report), view.width).map((line) => colors.dim(line)),
  ];
}

/** Which runs the figures are about. */
export function periodOf({ all, from, to, limited }: StatsReport): string {
  const days = [from, to].map((time) => time?.slice(0, 10));
  const span = days[0] === days[1] ? `of ${days[0]}` : `from ${days[0]} to ${days[1]}`;
  const count = countOf(all.ended + all.unfinished, "run");
  const which = limited ? `The newest ${count}, ${span}; more with --limit.` : `${count}, ${span}.`;
  if (all.unfinished === 0) return which;
  if (all.ended === 0) return `${which} None has ended yet.`;
  const [have, are] = all.unfinished === 1 ? ["has", "is"] : ["have", "are"];
  return `${which} ${all.unfinished} of them ${have} not ended, and ${are} not counted.`;
}

/** The same as Markdown, for `$GITHUB_STEP_SUMMARY`. */
export function statsMarkdown(report: StatsReport): string[] {
  const colors = createColors(false);
  const section = <Row>(title: string, rows: readonly Row[], columns: Column<Row>[]): string[] =>
    rows.length === 0 ? [] : [`### ${title}`, "", ...markdownTable(rows, columns), ""];
  const { groups, all, by, weeks, flaky } = report;
  return [
    `## Workflow runs of ${escaped(report.repository)}`,
    "",
    escaped(periodOf(report)),
    "",
    ...markdownTable(by === "job" ? groups : [...groups, all], groupColumns(by, colors)),
    "",
    ...(by === "week" ? [] : section("By week", weeks, groupColumns("week", colors))),
    ...section("Flaky: failed, then passed on the same commit", flaky, flakyColumns(colors)),
    ...section("Slowest steps", report.slowest_steps, stepColumns(colors)),
    ...section("Steps that fail most", report.most_failing_steps, stepColumns(colors)),
  ].slice(0, -1);
}

function markdownTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === "right" ? "--:" : "---"))),
    ...rows.map((row) => line(columns.map(({ text }) => escaped(text(row))))),
  ];
}

/** A name cannot end a cell, start a tag or a link, or mention somebody. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#|~!&]/g, "\\$&").replaceAll("@", "@\u2060");
}

/** The figures by group as CSV with a header, as RFC 4180 has it. */
export function statsCsv({ groups }: StatsReport): string {
  const [first] = groups;
  if (first === undefined) return "";
  const names = Object.keys(first) as (keyof Statistics)[];
  const rows = [names, ...groups.map((group) => names.map((name) => group[name] ?? ""))];
  return rows.map((row) => `${row.map((value) => csvCell(String(value))).join(",")}\r\n`).join("");
}

function csvCell(text: string): string {
  // A cell that begins like a formula is one to a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
