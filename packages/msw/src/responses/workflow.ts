import type { RepositoryRecord, WorkflowRecord } from "../state/records.ts";
import { nodeId } from "./node-id.ts";
import type { FakeUrls } from "./urls.ts";

/** A workflow as `actions/get-workflow` answers it. */
export function workflowBody(
  workflow: WorkflowRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): object {
  const name = `${repository.owner}/${repository.name}`;
  // Unlike all other dates of this API: with milliseconds, and an offset.
  const created = "2026-01-01T00:00:00.000Z";
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: "active",
    created_at: created,
    updated_at: created,
    url: `${urls.api}/repos/${name}/actions/workflows/${workflow.id}`,
    html_url: `${urls.html}/${name}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${urls.html}/${name}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}
