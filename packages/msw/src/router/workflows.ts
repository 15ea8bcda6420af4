import type { Reply } from "../responses/reply.ts";
import { workflowUsageBody } from "../responses/usage.ts";
import { workflowBody } from "../responses/workflow.ts";
import { dispatchInputs } from "../rules/dispatch.ts";
import { pageOf } from "../rules/page.ts";
import type { WorkflowRecord } from "../state/records.ts";
import { isOlderVersion } from "./api-version.ts";
import type { RepositoryRequest } from "./context.ts";
import { findWorkflow, notFound, refuse, runsOf, stateOf } from "./found.ts";

/** `actions/list-repo-workflows` */
export function listRepoWorkflows(call: RepositoryRequest): Reply {
  const { repository, urls, url } = call;
  const page = pageOf(url.searchParams, repository.workflows.length);
  const workflows = repository.workflows
    .slice(page.start, page.end)
    .map((workflow) => workflowBody(workflow, repository, urls));
  return { status: 200, body: { total_count: repository.workflows.length, workflows }, page };
}

/** `actions/get-workflow` */
export function getWorkflow(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  return { status: 200, body: workflowBody(workflow, call.repository, call.urls) };
}

/** `actions/enable-workflow`: also one that is active */
export function enableWorkflow(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  if (workflow.state !== "active") switchTo(call, workflow, "active");
  return { status: 204 };
}

/** `actions/disable-workflow`: only one that is active */
export function disableWorkflow(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  if (workflow.state !== "active") {
    return refuse(call, {
      status: 403,
      message: "Unable to disable a workflow that is not active.",
    });
  }
  switchTo(call, workflow, "disabled_manually");
  return { status: 204 };
}

function switchTo(
  call: RepositoryRequest,
  workflow: WorkflowRecord,
  state: WorkflowRecord["state"],
): void {
  workflow.state = state;
  workflow.updatedAt = call.now;
}

/** `actions/get-workflow-usage`: this month's jobs of all attempts. */
export function getWorkflowUsage(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  const { repository, now } = call;
  const today = new Date(now);
  const month = Date.UTC(today.getUTCFullYear(), today.getUTCMonth());
  const runs = runsOf(call, repository, ({ workflowPath }) => workflowPath === workflow.path);
  const jobs = runs.flatMap((run) =>
    run.attempts.flatMap(({ number }) =>
      stateOf(call, run, number).jobs.filter(
        ({ ranIn, steps, completedAt }) =>
          ranIn === number && steps.length > 0 && completedAt >= month && completedAt <= now,
      ),
    ),
  );
  return { status: 200, body: workflowUsageBody(jobs, repository.private) };
}

/**
 * `actions/create-workflow-dispatch`: 204, or 200 with the run where the body wants it, as version
 * 2026-03-10 always does.
 */
export function createWorkflowDispatch(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  if (workflow === undefined) return notFound(call);
  const {
    ref,
    inputs = {},
    ...body
  } = call.body as {
    ref: string;
    inputs?: Record<string, unknown>;
    return_run_details?: boolean;
  };
  const { repository, urls } = call;
  const checked = dispatchInputs(workflow, inputs);
  if ("status" in checked) return refuse(call, checked);
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, "");
  const known = repository.branches.some(({ name }) => name === branch);
  if (!known && branch !== repository.defaultBranch) {
    return refuse(call, { status: 422, message: `No ref found for: ${ref}` });
  }
  const run = call.dispatch(repository, workflow, {
    branch,
    actor: call.caller.login,
    inputs: checked.inputs,
  });
  if (isOlderVersion(call.headers) && body.return_run_details !== true) return { status: 204 };
  const path = `${repository.owner}/${repository.name}/actions/runs/${run.id}`;
  return {
    status: 200,
    body: {
      workflow_run_id: run.id,
      run_url: `${urls.api}/repos/${path}`,
      html_url: `${urls.html}/${path}`,
    },
  };
}
