import type { Job, WorkflowRun } from "@workflow-runs/core";
import { duration } from "../terminal/duration.ts";
import { stateColor, stateSymbol, stateWord } from "../terminal/state.ts";
import { plain } from "../terminal/plain.ts";
import { pad, textWidth } from "../terminal/text-width.ts";
import { jobTime } from "./run-time.ts";
import type { View } from "./view.ts";

/** The states of jobs that were printed: id and word. */
export type ReportedStates = ReadonlyMap<number, string>;

/**
 * A line for each job that started, ended, or waits since it was reported; queued jobs are not worth one.
 *
 * @returns The lines, and what has been reported then.
 */
export function jobChanges(
  jobs: readonly Job[],
  reported: ReportedStates,
  view: View,
): { lines: string[]; reported: ReportedStates } {
  const { colors, now } = view;
  const fresh = jobs.filter((job) => {
    const word = stateWord(job);
    return (
      reported.get(job.id) !== word &&
      (job.status === "completed" || word === "in_progress" || word === "waiting")
    );
  });
  const lines = fresh.map((job) => {
    const color = stateColor(job, colors);
    const took = job.status === "completed" ? duration(jobTime(job, now)) : "";
    const failed = job.steps?.find((step) => step.conclusion === "failure");
    const facts = [
      color(stateWord(job).replace("in_progress", "started")),
      took && `in ${took}`,
      failed && `at step ${failed.number}, ${plain(failed.name)}`,
    ];
    return `${color(stateSymbol(job))} ${pad(plain(job.name), widest(jobs))}  ${facts.filter(Boolean).join(" ")}`;
  });
  return { lines, reported: new Map(jobs.map((job) => [job.id, stateWord(job)])) };
}

function widest(jobs: readonly Job[]): number {
  return Math.min(40, Math.max(12, ...jobs.map(({ name }) => textWidth(plain(name)))));
}

/** What is going on now: for the status line. */
export function currentLine(run: WorkflowRun, jobs: readonly Job[], elapsed: number): string {
  const running = jobs.filter(({ status }) => status === "in_progress");
  const done = jobs.filter(({ status }) => status === "completed").length;
  const steps = running.map((job) => {
    const step = job.steps?.find(({ status }) => status === "in_progress");
    return step === undefined ? plain(job.name) : `${plain(job.name)} › ${plain(step.name)}`;
  });
  const state = (run.status ?? "unknown").replace("_", " ");
  const count = jobs.length === 0 ? "" : ` · ${done}/${jobs.length} jobs done`;
  return `${state} ${duration(elapsed)}${count}${steps.length > 0 ? ` · ${steps.join(", ")}` : ""}`;
}
