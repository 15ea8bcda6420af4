import type { Estimate } from "@workflow-runs/watch";
import type { Job, WorkflowRun } from "@workflow-runs/core";
import { duration } from "../terminal/duration.ts";
import { plain } from "../terminal/plain.ts";
import { stateColor, stateSymbol, stateWord } from "../terminal/state.ts";
import { truncate } from "../terminal/text-width.ts";
import { jobTreeLines } from "./job-tree.ts";
import { runTime } from "./run-time.ts";
import { runTitle } from "./run-title.ts";
import type { View } from "./view.ts";

/** One run on the screen. */
export interface ScreenRun {
  run: WorkflowRun;
  jobs: readonly Job[];
  estimate: Estimate | undefined;
}

/**
 * The picture of the runs that are watched: a heading and its jobs for each, at most `height` lines however many jobs
 * there are. Runs that ended well are one line where others need the room.
 */
export function watchScreen(
  runs: readonly ScreenRun[],
  view: View,
  height: number | undefined,
): string[] {
  const { width = Number.POSITIVE_INFINITY, colors } = view;
  const headings = runs.map(({ run, jobs, estimate }) => heading(run, jobs, estimate, view));
  const all = runs.map(({ jobs }) => jobTreeLines(jobs, view));
  const total = headings.length + all.reduce((sum, lines) => sum + lines.length, 0);
  if (height === undefined || total <= height)
    return headings.flatMap((line, at) => [line, ...(all[at] ?? [])]);
  // The room is shared among those that have something to look at.
  const open = runs.map(({ run }) => run.status !== "completed" || run.conclusion !== "success");
  const count = open.filter(Boolean).length;
  let room = Math.max(0, height - headings.length);
  let left = count;
  const lines: string[] = [];
  for (const [at, line] of headings.entries()) {
    lines.push(line);
    if (!open[at]) continue;
    const share = Math.floor(room / Math.max(1, left));
    const shown = jobTreeLines(runs[at]?.jobs ?? [], view, share).slice(0, share);
    room -= shown.length;
    left -= 1;
    lines.push(...shown);
  }
  if (lines.length <= height) return lines;
  const more = lines.length - height + 1;
  return [...lines.slice(0, height - 1), colors.dim(truncate(`… and ${more} more`, width))];
}

function heading(
  run: WorkflowRun,
  jobs: readonly Job[],
  estimate: Estimate | undefined,
  view: View,
): string {
  const { colors, now, width = Number.POSITIVE_INFINITY } = view;
  const color = stateColor(run, colors);
  const took = duration(runTime(run, jobs, now));
  const done = jobs.filter(({ status }) => status === "completed").length;
  const facts = [
    stateWord(run),
    took,
    run.status === "completed" || jobs.length === 0 ? "" : `${done}/${jobs.length} jobs`,
    estimate === undefined
      ? ""
      : estimate.overdue
        ? "longer than usual"
        : `about ${duration(estimate.remaining)} left`,
  ].filter(Boolean);
  const about = `  ${facts.join(" · ")}`;
  const name = plain(run.name || runTitle(run));
  const attempt = (run.run_attempt ?? 1) > 1 ? `, attempt ${run.run_attempt}` : "";
  const title = `${stateSymbol(run)} ${name} #${run.run_number}${attempt}`;
  const cut = truncate(title, Math.max(Math.floor(width / 3), width - about.length));
  const details = truncate(about, Math.max(0, width - cut.length));
  return `${color(colors.bold(cut))}${details}`;
}
