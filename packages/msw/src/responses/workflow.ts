import type { Workflow } from "@workflow-runs/openapi-types";
import type { RepositoryRecord, WorkflowRecord } from "../state/records.ts";
import { nodeId } from "./node-id.ts";
import type { FakeUrls } from "./urls.ts";

/** A workflow as `actions/get-workflow` gives it. */
export function workflowBody(
  workflow: WorkflowRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): Workflow {
  const name = `${repository.owner}/${repository.name}`;
  return {
    id: workflow.id,
    node_id: nodeId("Workflow", repository.id, workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: dateOf(workflow.createdAt),
    updated_at: dateOf(workflow.updatedAt),
    url: `${urls.api}/repos/${name}/actions/workflows/${workflow.id}`,
    html_url: `${urls.html}/${name}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${urls.html}/${name}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

/** Unlike all other dates of this API they have milliseconds. */
function dateOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}.000Z`;
}
