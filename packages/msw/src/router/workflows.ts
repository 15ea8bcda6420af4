import type { Reply } from "../responses/reply.ts";
import { workflowBody } from "../responses/workflow.ts";
import { pageOf } from "../rules/page.ts";
import type { Call } from "./context.ts";
import { findWorkflow, notFound, refuse } from "./found.ts";

/** `actions/list-repo-workflows` */
export function listRepoWorkflows(call: Call): Reply {
  const { repository, urls, url } = call;
  const page = pageOf(url.searchParams, repository.workflows.length);
  const workflows = repository.workflows
    .slice(page.start, page.end)
    .map((workflow) => workflowBody(workflow, repository, urls));
  return { status: 200, body: { total_count: repository.workflows.length, workflows }, page };
}

/** `actions/get-workflow` */
export function getWorkflow(call: Call): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  return { status: 200, body: workflowBody(workflow, call.repository, call.urls) };
}

/** `actions/create-workflow-dispatch`: the fake's workflows have no triggers. */
export function createWorkflowDispatch(call: Call): Reply {
  if (findWorkflow(call) === undefined) return notFound(call);
  return refuse(call, {
    status: 422,
    message: "Workflow does not have 'workflow_dispatch' trigger",
  });
}
