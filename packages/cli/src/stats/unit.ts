import type { Job } from "@workflow-runs/core";
import { groupBy } from "./group-by.ts";
import { elapsed, isFailure, ranJobs, type RunHistory } from "./run-history.ts";

/** One thing that is counted: a run with its attempts, or a job of a run with its attempts. */
export interface Unit {
  group: string;
  /** When the run was created. */
  created_at: string;
  finished: boolean;
  /** The conclusion of the first attempt that ran. */
  first: string | null;
  /** The conclusion of the latest attempt. */
  last: string | null;
  /** Whether it ran more than once. */
  repeated: boolean;
  /** Of the latest attempt, in milliseconds; undefined where it is not known. */
  duration: number | undefined;
  /** How long each of its jobs waited for a runner, in milliseconds. */
  queued: readonly number[];
}

/** What figures are grouped by. */
export type Grouping = "workflow" | "branch" | "actor" | "event" | "job" | "week";

/** Every unit of these runs: their jobs with `job`, else the runs themselves. */
export function units(histories: readonly RunHistory[], by: Grouping): Unit[] {
  if (by === "job") return histories.flatMap((history) => unitsOfJobs(history));
  return histories.map((history) => unitOfRun(history, by));
}

function unitOfRun(history: RunHistory, by: Exclude<Grouping, "job">): Unit {
  const { run, firstAttempt = run } = history;
  const jobs = ranJobs(history.jobs);
  const attempt = run.run_attempt ?? 1;
  const ofLatest = jobs.filter(({ run_attempt = 1 }) => run_attempt === attempt);
  const ends = ofLatest.map(({ completed_at }) => completed_at ?? "").toSorted();
  // A maintainer's approval makes a second attempt of what has not run before.
  const finished = run.status === "completed" && run.conclusion !== "action_required";
  return {
    group: groupOf(history, by),
    created_at: run.created_at,
    finished,
    first: firstAttempt.conclusion,
    last: run.conclusion,
    repeated: firstAttempt !== run,
    duration: elapsed(run.run_started_at ?? run.created_at, ends.at(-1)),
    queued: queuedTimes(jobs),
  };
}

function unitsOfJobs({ run, jobs }: RunHistory): Unit[] {
  const byName = groupBy(ranJobs(jobs), ({ name }) => name);
  return [...byName].map(([name, executions]) => {
    const last = executions.at(-1);
    return {
      group: `${workflowOf(run)} / ${name}`,
      created_at: run.created_at,
      finished: true,
      first: executions[0]?.conclusion ?? null,
      last: last?.conclusion ?? null,
      repeated: executions.length > 1,
      duration: elapsed(last?.started_at, last?.completed_at),
      queued: queuedTimes(executions),
    };
  });
}

function queuedTimes(jobs: readonly Job[]): number[] {
  return jobs
    .filter(({ steps }) => steps?.length !== 0)
    .map(({ created_at, started_at }) => elapsed(created_at, started_at))
    .filter((ms) => ms !== undefined);
}

function groupOf({ run }: RunHistory, by: Exclude<Grouping, "job">): string {
  switch (by) {
    case "branch":
      return run.head_branch ?? "(no branch)";
    case "actor":
      return run.actor?.login ?? "(nobody)";
    case "event":
      return run.event;
    case "week":
      return weekOf(run.created_at);
    default:
      return workflowOf(run);
  }
}

/** A workflow's name; its file where it has none. */
export function workflowOf({ name, path }: RunHistory["run"]): string {
  return name || path;
}

/** The Monday of a time's week, in UTC: `2026-01-05`. */
export function weekOf(time: string): string {
  const date = new Date(time);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Whether it ended as one that says something about the code: success or failure. */
export function isDecided(conclusion: string | null): boolean {
  return conclusion === "success" || isFailure(conclusion);
}
