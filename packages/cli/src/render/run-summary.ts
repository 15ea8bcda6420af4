import type { Job, PendingDeployment, WorkflowRun } from "@workflow-runs/core";
import { isBlocked } from "@workflow-runs/watch";
import type { FollowUp } from "../follow-up.ts";
import { ago, between, duration } from "../terminal/duration.ts";
import {
  isSuccess,
  type State,
  stateColor,
  stateSymbol,
  stateText,
  stateWord,
} from "../terminal/state.ts";
import { type Column, table } from "../terminal/table.ts";
import { plain } from "../terminal/plain.ts";
import { textWidth, truncate } from "../terminal/text-width.ts";
import { reviewersOf } from "./deployments-table.ts";
import { jobTime, runTime } from "./run-time.ts";
import { runTitle } from "./run-title.ts";
import type { View } from "./view.ts";

const unlimited = Number.POSITIVE_INFINITY;

/** What a run is and how it stands, in three or four lines. */
export function runHead(run: WorkflowRun, jobs: readonly Job[], view: View): string[] {
  const { colors, width = unlimited, now, pipe } = view;
  const color = stateColor(run, colors);
  const facts = [
    plain(run.name || ((run as Partial<WorkflowRun>).path ?? "")),
    `#${run.run_number}`,
    color(stateWord(run)),
    `attempt ${run.run_attempt ?? 1}`,
    run.head_branch === null ? "no branch" : plain(run.head_branch),
    plain(run.actor ? `${run.event} by ${run.actor.login}` : run.event),
  ];
  const took = duration(runTime(run, jobs, now));
  const times = [
    `created ${pipe ? run.created_at : ago(now - Date.parse(run.created_at))}`,
    took === "" ? "" : `${run.status === "completed" ? "took" : "running for"} ${took}`,
  ];
  return [
    `${color(stateSymbol(run))} ${colors.bold(truncate(runTitle(run), width - 2))}`,
    ...wrapFacts(facts.filter(Boolean), width - 2).map((line) => `  ${line}`),
    `  ${colors.dim(times.filter(Boolean).join(", "))}`,
    `  ${colors.dim(plain(run.html_url))}`,
  ];
}

/** Joins facts with ` · `, as many to a line as fit; a fact is never cut. */
function wrapFacts(facts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    const joined = `${last ?? ""} · ${fact}`;
    if (last !== undefined && textWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(fact);
  }
  return lines;
}

interface JobLine {
  state: State;
  name: string;
  ms: number | undefined;
  /** Empty for a step. */
  id: string;
}

/**
 * The jobs, one line each, and below each the steps that did not succeed.
 *
 * @param steps Show every step of every job.
 */
export function jobLines(jobs: readonly Job[], view: View, steps: boolean): string[] {
  const { colors, now } = view;
  const lines = jobs.flatMap((job): JobLine[] => [
    { state: job, name: plain(job.name), ms: jobTime(job, now), id: String(job.id) },
    ...(job.steps ?? [])
      .filter((step) => steps || isNotable(step))
      .map((step) => ({
        state: step,
        name: `  ${step.number}. ${plain(step.name)}`,
        ms: between(step.started_at, step.completed_at),
        id: "",
      })),
  ]);
  const columns: Column<JobLine>[] = [
    {
      title: "STATE",
      text: ({ state }) => stateText(state),
      color: (text, { state }) => stateColor(state, colors)(text),
    },
    {
      title: "JOB",
      text: ({ name }) => name,
      min: 12,
      color: (text, { id, state }) => (id === "" ? stateColor(state, colors)(text) : text),
    },
    { title: "TOOK", text: ({ ms }) => duration(ms), align: "right", priority: 2 },
    { title: "ID", text: ({ id }) => id, priority: 1, color: colors.dim },
  ];
  return table(lines, columns, view);
}

function isNotable(step: { status?: string | null; conclusion: string | null }): boolean {
  return step.status === "in_progress" || (step.conclusion !== null && !isSuccess(step));
}

/** What to do next about a run that failed, waits, or runs; empty when there is nothing to do. */
export function nextStep(
  run: WorkflowRun,
  jobs: readonly Job[],
  pending: readonly PendingDeployment[],
  followUp: FollowUp,
): string[] {
  if (isBlocked(run) || pending.length > 0) return blockedBy(run, pending, followUp);
  if (run.status !== "completed") return [`Follow it: ${followUp(`watch ${run.id}`)}`];
  if (isSuccess(run) || run.conclusion === "cancelled") return [];
  if (jobs.length === 0) return didNotStart(run);
  return [`Why: ${followUp(`explain ${run.id}`)}`];
}

/** Where GitHub says why a run that failed has no job: the API has no operation for it. */
export function didNotStart({ id, html_url }: WorkflowRun): string[] {
  return [`Run ${id} did not start, and has no logs.`, `Why: ${plain(html_url)}`];
}

/** Who a run waits for, and the command that lets it go on. */
export function blockedBy(
  run: WorkflowRun,
  pending: readonly PendingDeployment[],
  followUp: FollowUp,
): string[] {
  const approve = `Let it run: ${followUp(`approve ${run.id}`)}`;
  if (run.status === "completed") return ["It waits for a maintainer's approval.", approve];
  const lines = pending.map((deployment) => {
    const { environment, wait_timer: minutes, wait_timer_started_at: since } = deployment;
    const who = reviewersOf(deployment);
    const reasons = [
      who.length > 0 ? `a review by ${who.join(" or ")}` : "",
      minutes > 0 && since !== null ? `a timer of ${minutes} minutes` : "",
    ].filter(Boolean);
    const reason = reasons.join(" and ") || "a protection rule";
    return `The deployment to ${plain(environment.name ?? "an environment")} waits for ${reason}.`;
  });
  return [
    ...(lines.length > 0 ? lines : ["It waits for a deployment's protection rule."]),
    approve,
  ];
}
