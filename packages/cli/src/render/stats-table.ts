import { duration } from "../terminal/duration.ts";
import { type Column, rowLines } from "../terminal/table.ts";
import { plain } from "../terminal/plain.ts";
import type { WorkflowStats } from "./stats.ts";
import type { View } from "./view.ts";

/** The figures as a table, a line for each workflow of which a run has ended, and one for all. */
export function statsTable(
  workflows: readonly WorkflowStats[],
  all: WorkflowStats,
  view: View,
): string[] {
  const { colors } = view;
  const columns: Column<WorkflowStats>[] = [
    {
      title: "WORKFLOW",
      text: ({ workflow }) => plain(workflow ?? "all"),
      min: 8,
      color: colors.bold,
    },
    { title: "RUNS", text: ({ runs }) => String(runs), align: "right" },
    {
      title: "SUCCESS",
      text: ({ success_rate: rate }) => (rate === undefined ? "" : `${(rate * 100).toFixed(1)} %`),
      align: "right",
      color: (text, { success_rate: rate }) =>
        rate === undefined
          ? text
          : (rate >= 0.95 ? colors.green : rate >= 0.8 ? colors.yellow : colors.red)(text),
    },
    { title: "FAILED", text: ({ failure }) => String(failure), align: "right" },
    { title: "FLAKY", text: ({ flaky }) => String(flaky), align: "right" },
    { title: "OTHER", text: ({ other }) => String(other), align: "right" },
    { title: "MEDIAN", text: ({ median_ms }) => duration(median_ms), align: "right" },
    { title: "P95", text: ({ p95_ms }) => duration(p95_ms), align: "right" },
  ];
  const ended = workflows.filter(({ runs }) => runs > 0);
  return rowLines(ended.length > 1 ? [...ended, all] : ended, columns, view);
}
