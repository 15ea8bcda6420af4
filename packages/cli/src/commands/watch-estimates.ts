import type { WorkflowRun } from "@workflow-runs/core";
import { type Estimate, estimate } from "@workflow-runs/watch";
import type { OpenTarget } from "../session.ts";

/** Earlier runs of each workflow, by which the end is estimated; each workflow is requested once. */
export interface EarlierRuns {
  /** Requests the runs of the run's workflow, once. */
  load(run: WorkflowRun): void;
  /** When the run is likely to end; undefined where nothing is known (yet). */
  estimate(run: WorkflowRun, now: number): Estimate | undefined;
}

/** Earlier runs by GitHub. That they cannot be read only means that there is no estimate. */
export function earlierRuns(
  { github, owner, repo }: Pick<OpenTarget, "github" | "owner" | "repo">,
  signal: AbortSignal,
): EarlierRuns {
  const known = new Map<number, readonly WorkflowRun[]>();
  return {
    load({ workflow_id }) {
      if (known.has(workflow_id)) return;
      known.set(workflow_id, []);
      github
        .listWorkflowRuns(
          { owner, repo, workflow_id, status: "success", per_page: 20 },
          { signal, retry: false },
        )
        .then(({ workflow_runs: runs }) => known.set(workflow_id, runs))
        .catch(() => {});
    },
    estimate: (run, now) => estimate(run, known.get(run.workflow_id) ?? [], now),
  };
}
