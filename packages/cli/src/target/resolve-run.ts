import type { Client, WorkflowRun } from "@workflow-runs/core";
import type { RunArgument } from "./run-argument.ts";

/** There is no run like that. */
export class NoRunError extends Error {
  override readonly name = "NoRunError";
}

/**
 * The run a RUN argument means, as GitHub has it now.
 *
 * @throws {NoRunError} when the repository has no run, or none that failed
 */
export async function resolveRun(
  github: Pick<Client, "getWorkflowRun" | "listWorkflowRunsForRepo">,
  { owner, repo }: { owner: string; repo: string },
  argument: RunArgument,
  signal: AbortSignal,
): Promise<WorkflowRun> {
  if (argument.kind === "id") {
    return github.getWorkflowRun({ owner, repo, run_id: argument.run_id }, { signal });
  }
  const failed = argument.kind === "failed";
  const { workflow_runs: runs } = await github.listWorkflowRunsForRepo(
    { owner, repo, per_page: 1, ...(failed && { status: "failure" as const }) },
    { signal },
  );
  const [run] = runs;
  if (run !== undefined) return run;
  throw new NoRunError(`${owner}/${repo} has no run${failed ? " that failed" : ""}.`);
}
