import type { WorkflowRun } from "@workflow-runs/core";
import { countOf } from "../terminal/count.ts";
import { ago } from "../terminal/duration.ts";
import { plain, plainLine } from "../terminal/plain.ts";
import { stateColor, stateText, stateWord } from "../terminal/state.ts";
import { rowLines } from "../terminal/table.ts";
import type { View } from "./view.ts";

/** What a search found in the logs of one run. */
export interface RunMatches {
  run: WorkflowRun;
  /** How many lines match. */
  matches: number;
  /** Whether GitHub has no logs of it, or none any more. */
  missing: boolean;
  /** The first line that matches. */
  first: { job: string; step: string | null; text: string } | null;
}

/** A line for each run. */
export function matchLines(found: readonly RunMatches[], view: View): string[] {
  const { colors, now } = view;
  return rowLines(
    found,
    [
      {
        title: "STATE",
        text: ({ run }) => stateText(run),
        value: ({ run }) => stateWord(run),
        min: 8,
        cut: "end",
        color: (text, { run }) => stateColor(run, colors)(text),
      },
      { title: "ID", text: ({ run }) => String(run.id) },
      {
        title: "AGE",
        text: ({ run }) => ago(now - Date.parse(run.created_at)).replace(" ago", ""),
        value: ({ run }) => run.created_at,
        align: "right",
        priority: 2,
      },
      {
        title: "LINES",
        text: ({ matches, missing }) => (missing ? "no logs" : String(matches)),
        value: ({ matches, missing }) => (missing ? "" : String(matches)),
        align: "right",
      },
      { title: "JOB", text: ({ first }) => plain(first?.job ?? ""), min: 6, priority: 1 },
      {
        title: "FIRST LINE",
        text: ({ first }) =>
          plainLine(first?.text ?? "")
            .trim()
            .replaceAll("\t", " "),
        min: 8,
        cut: "end",
        color: colors.dim,
      },
    ],
    view,
  );
}

/** Since when there are such lines: the oldest of these runs that has one, and the run before it. */
export function sinceWhen(found: readonly RunMatches[]): string {
  const read = found.filter(({ missing }) => !missing);
  const having = read.filter(({ matches }) => matches > 0);
  const oldest = having.at(-1);
  const share = `${having.length} of ${countOf(read.length, "run")} with logs`;
  if (oldest === undefined)
    return `None of ${countOf(read.length, "run")} with logs has such a line.`;
  const before = read[read.indexOf(oldest) + 1];
  const since = `since run ${oldest.run.id} of ${oldest.run.created_at}`;
  return before === undefined
    ? `${share}; the oldest of them has it too, so since run ${oldest.run.id} or before: look further back with a larger --last.`
    : `${share}, ${since}; the run before, ${before.run.id}, has none.`;
}
