import type { WorkflowRun } from "@workflow-runs/core";
import { ago, between, duration } from "../terminal/duration.ts";
import { stateColor, stateSymbol } from "../terminal/state.ts";
import { type Column, table } from "../terminal/table.ts";
import { plain } from "../terminal/text-width.ts";
import { runTitle } from "./run-title.ts";
import type { View } from "./view.ts";

/** From this many columns on there is room for the event beside a title that can be read. */
const WIDE = 100;

/** Runs as a table, one line each. */
export function runTable(runs: readonly WorkflowRun[], view: View): string[] {
  const { colors, now, width } = view;
  const event: Column<WorkflowRun> = {
    title: "EVENT",
    text: (run) => plain(run.event),
    min: 5,
    color: colors.dim,
  };
  const columns: Column<WorkflowRun>[] = [
    {
      title: "",
      text: stateSymbol,
      color: (text, run) => stateColor(run, colors)(text),
    },
    { title: "TITLE", text: (run) => runTitle(run), min: 12 },
    { title: "WORKFLOW", text: (run) => plain(run.name ?? ""), min: 8, color: colors.bold },
    { title: "BRANCH", text: (run) => plain(run.head_branch ?? ""), min: 8, color: colors.cyan },
    ...(width === undefined || width >= WIDE ? [event] : []),
    { title: "ID", text: (run) => String(run.id) },
    { title: "TOOK", text: (run) => duration(runTime(run, now)), align: "right" },
    {
      title: "AGE",
      text: (run) => ago(now - Date.parse(run.created_at)).replace(" ago", ""),
      align: "right",
      color: colors.dim,
    },
  ];
  return table(runs, columns, view);
}

/** How long the run's attempt took, or has taken so far; undefined when it has not started. */
export function runTime(run: WorkflowRun, now: number): number | undefined {
  const start = run.run_started_at ?? run.created_at;
  if (run.status === "completed") return between(start, run.updated_at);
  return run.status === "in_progress" ? Math.max(0, now - Date.parse(start)) : undefined;
}
