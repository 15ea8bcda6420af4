import type { Client, WorkflowRun } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";

/** A line of the dashboard. */
export interface WorkflowHealth {
  readonly name: string;
  readonly runs: number;
  /** Of the runs that ended, the part that passed at the first attempt; 0 to 1. */
  readonly firstAttemptSuccess: number;
  readonly latest: WorkflowRun;
}

/** The health of each workflow on a branch, by its last runs. */
export async function dashboard(
  github: Client,
  where: { owner: string; repo: string },
  { branch, last }: { branch: string; last: number },
): Promise<WorkflowHealth[]> {
  const runs = await paginate(github, "listWorkflowRunsForRepo", { ...where, branch }).take(last);
  const byWorkflow = new Map<number, WorkflowRun[]>();
  for (const run of runs)
    byWorkflow.set(run.workflow_id, [...(byWorkflow.get(run.workflow_id) ?? []), run]);
  const lines = [...byWorkflow.values()].map((all) => {
    const ended = all.filter(({ status }) => status === "completed");
    const passed = ended.filter(
      (run) => run.conclusion === "success" && (run.run_attempt ?? 1) === 1,
    );
    return {
      name: all[0]!.name ?? all[0]!.path,
      runs: all.length,
      firstAttemptSuccess: ended.length === 0 ? Number.NaN : passed.length / ended.length,
      latest: all[0]!,
    };
  });
  return lines.toSorted((a, b) => a.name.localeCompare(b.name));
}
