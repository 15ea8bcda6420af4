/** An operation as GitHub's documentation shows it, at API version 2022-11-28. */
export interface DocumentedOperation {
  title: string;
  /** Method and path. */
  at: string;
  /** What a fine-grained token needs: `actions:read,checks:read`. */
  permissions: string;
  /** Whether the page says that public resources need no token. */
  withoutToken: boolean;
  statuses: number[];
  /** Names, with `?` for those that may be left out. */
  parameters: string;
}

/** https://docs.github.com/rest/actions/workflow-runs?apiVersion=2022-11-28 */
export const workflowRuns: readonly DocumentedOperation[] = [
  {
    title: "Re-run a job from a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [201, 403],
    parameters: "owner repo job_id enable_debug_logging?",
  },
  {
    title: "List workflow runs for a repository",
    at: "GET /repos/{owner}/{repo}/actions/runs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters:
      "owner repo actor? branch? event? status? per_page? page? created? exclude_pull_requests? check_suite_id? head_sha?",
  },
  {
    title: "Get a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id exclude_pull_requests?",
  },
  {
    title: "Delete a workflow run",
    at: "DELETE /repos/{owner}/{repo}/actions/runs/{run_id}",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [204],
    parameters: "owner repo run_id",
  },
  {
    title: "Get the review history for a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id",
  },
  {
    title: "Approve a workflow run for a fork pull request",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [201, 403, 404],
    parameters: "owner repo run_id",
  },
  {
    title: "Get a workflow run attempt",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id attempt_number exclude_pull_requests?",
  },
  {
    title: "Download workflow run attempt logs",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/logs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [302],
    parameters: "owner repo run_id attempt_number",
  },
  {
    title: "Cancel a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [202, 409],
    parameters: "owner repo run_id",
  },
  {
    title: "Review custom deployment protection rules for a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
    permissions: "deployments:write",
    withoutToken: false,
    statuses: [204],
    parameters: "owner repo run_id",
  },
  {
    title: "Force cancel a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/force-cancel",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [202, 409],
    parameters: "owner repo run_id",
  },
  {
    title: "Download workflow run logs",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [302],
    parameters: "owner repo run_id",
  },
  {
    title: "Delete workflow run logs",
    at: "DELETE /repos/{owner}/{repo}/actions/runs/{run_id}/logs",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [204, 403, 500],
    parameters: "owner repo run_id",
  },
  {
    title: "Get pending deployments for a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id",
  },
  {
    title: "Review pending deployments for a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments",
    permissions: "actions:read,checks:read,deployments:read",
    withoutToken: false,
    statuses: [200],
    parameters: "owner repo run_id environment_ids state comment",
  },
  {
    title: "Re-run a workflow",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [201],
    parameters: "owner repo run_id enable_debug_logging?",
  },
  {
    title: "Re-run failed jobs from a workflow run",
    at: "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [201],
    parameters: "owner repo run_id enable_debug_logging?",
  },
  {
    title: "Get workflow run usage",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/timing",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id",
  },
  {
    title: "List workflow runs for a workflow",
    at: "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters:
      "owner repo workflow_id actor? branch? event? status? per_page? page? created? exclude_pull_requests? check_suite_id? head_sha?",
  },
];

/** https://docs.github.com/rest/actions/workflow-jobs?apiVersion=2022-11-28 */
export const workflowJobs: readonly DocumentedOperation[] = [
  {
    title: "Get a job for a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/jobs/{job_id}",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo job_id",
  },
  {
    title: "Download job logs for a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [302],
    parameters: "owner repo job_id",
  },
  {
    title: "List jobs for a workflow run attempt",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200, 404],
    parameters: "owner repo run_id attempt_number per_page? page?",
  },
  {
    title: "List jobs for a workflow run",
    at: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo run_id filter? per_page? page?",
  },
];

/** Three of https://docs.github.com/rest/actions/workflows?apiVersion=2022-11-28 */
export const workflows: readonly DocumentedOperation[] = [
  {
    title: "List repository workflows",
    at: "GET /repos/{owner}/{repo}/actions/workflows",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo per_page? page?",
  },
  {
    title: "Get a workflow",
    at: "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}",
    permissions: "actions:read",
    withoutToken: true,
    statuses: [200],
    parameters: "owner repo workflow_id",
  },
  {
    title: "Create a workflow dispatch event",
    at: "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
    permissions: "actions:write",
    withoutToken: false,
    statuses: [200, 204],
    parameters: "owner repo workflow_id ref inputs? return_run_details?",
  },
];

/** Parameters that are newer than the page, or that it does not show. */
export const notOnThePage: { readonly [at: string]: string[] } = {
  "POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun": ["enable_debugger?"],
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule": [
    "comment?",
    "environment_name",
    "state?",
  ],
};
