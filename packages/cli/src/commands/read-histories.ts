import type { Client, WorkflowRun } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";
import type { Session, OpenTarget } from "../session.ts";
import type { RunHistory } from "../stats/index.ts";
import { mapConcurrently } from "./map-concurrently.ts";

/** How many runs are requested at once. */
const concurrency = 6;

/**
 * Reads the jobs of all attempts of each run, and the first attempt of those that ran again: a request for each run,
 * and one for each that ran again.
 */
export async function readHistories(
  { context }: Session,
  target: OpenTarget,
  runs: readonly WorkflowRun[],
): Promise<RunHistory[]> {
  return mapConcurrently(context, runs, { concurrency, doing: "Reading jobs" }, async (run) =>
    readHistory(target, run, context.signal),
  );
}

async function readHistory(
  { github, owner, repo }: { github: Client; owner: string; repo: string },
  run: WorkflowRun,
  signal: AbortSignal,
): Promise<RunHistory> {
  const params = { owner, repo, run_id: run.id };
  if (run.conclusion === "startup_failure") return { run, jobs: [] };
  try {
    const jobs = await paginate(
      github,
      "listJobsForWorkflowRun",
      { ...params, filter: "all" },
      { signal },
    ).toArray();
    return { run, jobs, firstAttempt: await firstAttempt(github, params, run, signal) };
  } catch (error) {
    // Deleted since it was listed.
    if (error instanceof Error && error.name === "NotFoundError") return { run, jobs: [] };
    throw error;
  }
}

/** The first attempt that ran: those before an approval did not. */
async function firstAttempt(
  github: Client,
  params: { owner: string; repo: string; run_id: number },
  run: WorkflowRun,
  signal: AbortSignal,
): Promise<WorkflowRun | undefined> {
  for (let attempt_number = 1; attempt_number < (run.run_attempt ?? 1); attempt_number += 1) {
    const attempt = await github.getWorkflowRunAttempt({ ...params, attempt_number }, { signal });
    if (attempt.conclusion !== "action_required") return attempt;
  }
  return undefined;
}
