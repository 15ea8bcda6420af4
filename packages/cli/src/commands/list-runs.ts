import type { Client, WorkflowRun } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";
import { filterParameters, type RunFilters } from "./run-filters.ts";

/** The newest runs that pass the filters, at most `limit`. */
export async function listRuns(
  github: Client,
  { owner, repo }: { owner: string; repo: string },
  filters: RunFilters,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<WorkflowRun[]> {
  const { workflow } = filters;
  const parameters = { owner, repo, ...filterParameters(filters) };
  const runs =
    workflow === undefined
      ? paginate(github, "listWorkflowRunsForRepo", parameters, { signal })
      : paginate(github, "listWorkflowRuns", { ...parameters, workflow_id: workflow }, { signal });
  return runs.take(limit);
}
