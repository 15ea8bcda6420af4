import type { WorkflowRun } from "@workflow-runs/core";
import { ago } from "../terminal/duration.ts";
import { plain } from "../terminal/plain.ts";
import { stateColor, stateText, stateWord } from "../terminal/state.ts";
import { type Column, rowLines } from "../terminal/table.ts";
import { textWidth } from "../terminal/text-width.ts";
import { runTitle } from "./run-title.ts";
import type { View } from "./view.ts";

/** Runs as a table, one line each. A run's time is not in it: only its jobs tell that. */
export function runTable(runs: readonly WorkflowRun[], view: View): string[] {
  const { colors, now, width = 0 } = view;
  const stateAndId = Math.max(0, ...runs.map((run) => textWidth(`${stateText(run)}    ${run.id}`)));
  const columns: Column<WorkflowRun>[] = [
    {
      title: "STATE",
      text: stateText,
      value: stateWord,
      color: (text, run) => stateColor(run, colors)(text),
    },
    // A third of the line at least, where the state leaves so much: the other columns tell the runs apart less.
    {
      title: "TITLE",
      text: runTitle,
      min: Math.max(8, Math.min(Math.floor(width / 3), width - stateAndId)),
      cut: "end",
    },
    {
      title: "WORKFLOW",
      text: (run) => plain(run.name ?? ""),
      min: 8,
      priority: 4,
      color: colors.bold,
    },
    {
      title: "BRANCH",
      text: (run) => plain(run.head_branch ?? ""),
      min: 8,
      keep: 24,
      priority: 3,
      color: colors.cyan,
    },
    {
      title: "ACTOR",
      text: (run) => plain(run.actor?.login ?? ""),
      min: 6,
      keep: 16,
      priority: 2,
      color: colors.dim,
    },
    { title: "EVENT", text: (run) => plain(run.event), min: 12, priority: 1, color: colors.dim },
    { title: "ID", text: (run) => String(run.id) },
    {
      title: "AGE",
      text: (run) => ago(now - Date.parse(run.created_at)).replace(" ago", ""),
      value: (run) => run.created_at,
      align: "right",
      priority: 5,
      color: colors.dim,
    },
  ];
  return rowLines(runs, columns, view);
}
