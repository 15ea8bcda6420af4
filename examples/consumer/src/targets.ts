// What GitHub's API versions and products differ in, as the compiler sees it.
import { createClient } from "@workflow-runs/core";
import type { WorkflowRun } from "@workflow-runs/openapi-types";
import type { Job, WorkflowRun as GhesRun } from "@workflow-runs/openapi-types/ghes-3.19";
import { operations as ghes } from "@workflow-runs/openapi-types/ghes-3.19/operations";
import type { WorkflowRun as OlderRun } from "@workflow-runs/openapi-types/github-2022-11-28";
import { operations as older } from "@workflow-runs/openapi-types/github-2022-11-28/operations";

export function words(run: WorkflowRun, olderRun: OlderRun, ghesRun: GhesRun, job: Job): unknown[] {
  return [
    // @ts-expect-error 2026-03-10 has no has_downloads any more
    run.repository.has_downloads,
    olderRun.repository.has_downloads,
    ghesRun.repository.has_downloads,
    // Words that GitHub adds compile, and so do comparisons with them.
    run.status === "paused",
    job.steps?.some(({ status }) => status === "pending"),
  ];
}

const repository = { owner: "octo-org", repo: "octo-repo" };

export async function calls(): Promise<unknown[]> {
  const github = createClient();
  const { workflow_run_id } = await github.createWorkflowDispatch({
    ...repository,
    workflow_id: "deploy.yml",
    ref: "main",
    inputs: { environment: "production" },
  });
  const server = createClient({
    operations: ghes,
    baseUrl: "https://github.example.com/api/v3",
    apiVersion: "2022-11-28",
  });
  const run = await server.getWorkflowRun({ ...repository, run_id: workflow_run_id });
  const before = createClient({ operations: older, apiVersion: "2022-11-28" });
  return [
    run.repository.has_downloads,
    // @ts-expect-error Enterprise Server has no approval of forks' runs
    server.approveWorkflowRun({ ...repository, run_id: run.id }),
    // @ts-expect-error nor its path
    server.GET("/repos/{owner}/{repo}/actions/runs/{run_id}/timing"),
    // @ts-expect-error before 2026-03-10 there may be no content: 204
    (await before.createWorkflowDispatch({ ...repository, workflow_id: 1, ref: "main" }))
      .workflow_run_id,
  ];
}
