import type { Described } from "./described.ts";
import type { NeighbourName } from "./route-name.ts";

const rest = "https://docs.github.com/rest";
const repository = "/repos/{owner}/{repo}";
const pages = ["per_page", "page"] as const;

/** What is particular about an operation; the rest follows. */
interface Particulars {
  id: string;
  method?: "delete" | "get" | "post" | "put";
  path: string;
  /** Below `https://docs.github.com/rest`. */
  page: string;
  query?: readonly string[];
  body?: readonly string[];
  permission?: string;
  publicRead?: boolean;
}

function neighbour(particulars: Particulars): Described {
  const { id, method = "get", path, page, query = [], body = [], permission } = particulars;
  const access = method === "get" ? "read" : "write";
  return {
    id,
    method,
    path,
    pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
    queryParameters: query,
    bodyProperties: body,
    requiredBodyProperties: [],
    documentationUrl: `${rest}/${page}`,
    permissions: permission === undefined ? [] : [{ [permission]: access }],
    publicRead: particulars.publicRead ?? method === "get",
  };
}

/**
 * What clients request on their way to workflow runs, as GitHub's description has it. Those of Actions are
 * named as the operations are, the others as Octokit names them.
 */
export const neighbours: Readonly<Record<NeighbourName, Described>> = {
  "checks.get": neighbour({
    id: "checks/get",
    path: `${repository}/check-runs/{check_run_id}`,
    page: "checks/runs#get-a-check-run",
    permission: "checks",
  }),
  "checks.getSuite": neighbour({
    id: "checks/get-suite",
    path: `${repository}/check-suites/{check_suite_id}`,
    page: "checks/suites#get-a-check-suite",
    permission: "checks",
  }),
  "checks.listAnnotations": neighbour({
    id: "checks/list-annotations",
    path: `${repository}/check-runs/{check_run_id}/annotations`,
    page: "checks/runs#list-check-run-annotations",
    query: [...pages],
    permission: "checks",
  }),
  "checks.listForRef": neighbour({
    id: "checks/list-for-ref",
    path: `${repository}/commits/{ref}/check-runs`,
    page: "checks/runs#list-check-runs-for-a-git-reference",
    query: [...pages, "check_name", "status", "filter", "app_id"],
    permission: "checks",
  }),
  "checks.listForSuite": neighbour({
    id: "checks/list-for-suite",
    path: `${repository}/check-suites/{check_suite_id}/check-runs`,
    page: "checks/runs#list-check-runs-in-a-check-suite",
    query: [...pages, "check_name", "status", "filter"],
    permission: "checks",
  }),
  "checks.listSuitesForRef": neighbour({
    id: "checks/list-suites-for-ref",
    path: `${repository}/commits/{ref}/check-suites`,
    page: "checks/suites#list-check-suites-for-a-git-reference",
    query: [...pages, "app_id", "check_name"],
    permission: "checks",
  }),
  deleteArtifact: neighbour({
    id: "actions/delete-artifact",
    method: "delete",
    path: `${repository}/actions/artifacts/{artifact_id}`,
    page: "actions/artifacts#delete-an-artifact",
    permission: "actions",
  }),
  disableWorkflow: neighbour({
    id: "actions/disable-workflow",
    method: "put",
    path: `${repository}/actions/workflows/{workflow_id}/disable`,
    page: "actions/workflows#disable-a-workflow",
    permission: "actions",
  }),
  downloadArtifact: neighbour({
    id: "actions/download-artifact",
    path: `${repository}/actions/artifacts/{artifact_id}/{archive_format}`,
    page: "actions/artifacts#download-an-artifact",
    permission: "actions",
    publicRead: false,
  }),
  enableWorkflow: neighbour({
    id: "actions/enable-workflow",
    method: "put",
    path: `${repository}/actions/workflows/{workflow_id}/enable`,
    page: "actions/workflows#enable-a-workflow",
    permission: "actions",
  }),
  getArtifact: neighbour({
    id: "actions/get-artifact",
    path: `${repository}/actions/artifacts/{artifact_id}`,
    page: "actions/artifacts#get-an-artifact",
    permission: "actions",
  }),
  getWorkflowUsage: neighbour({
    id: "actions/get-workflow-usage",
    path: `${repository}/actions/workflows/{workflow_id}/timing`,
    page: "actions/workflows#get-workflow-usage",
    permission: "actions",
  }),
  listArtifactsForRepo: neighbour({
    id: "actions/list-artifacts-for-repo",
    path: `${repository}/actions/artifacts`,
    page: "actions/artifacts#list-artifacts-for-a-repository",
    query: [...pages, "name"],
    permission: "actions",
  }),
  listWorkflowRunArtifacts: neighbour({
    id: "actions/list-workflow-run-artifacts",
    path: `${repository}/actions/runs/{run_id}/artifacts`,
    page: "actions/artifacts#list-workflow-run-artifacts",
    query: [...pages, "name", "direction"],
    permission: "actions",
  }),
  "meta.get": neighbour({
    id: "meta/get",
    path: "/meta",
    page: "meta/meta#get-github-meta-information",
  }),
  "meta.root": neighbour({
    id: "meta/root",
    path: "/",
    page: "meta/meta#github-api-root",
  }),
  "pulls.get": neighbour({
    id: "pulls/get",
    path: `${repository}/pulls/{pull_number}`,
    page: "pulls/pulls#get-a-pull-request",
    permission: "pull_requests",
  }),
  "pulls.list": neighbour({
    id: "pulls/list",
    path: `${repository}/pulls`,
    page: "pulls/pulls#list-pull-requests",
    query: [...pages, "state", "head", "base", "sort", "direction"],
    permission: "pull_requests",
  }),
  "rateLimit.get": neighbour({
    id: "rate-limit/get",
    path: "/rate_limit",
    page: "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
  }),
  "repos.get": neighbour({
    id: "repos/get",
    path: repository,
    page: "repos/repos#get-a-repository",
    permission: "metadata",
  }),
  "repos.getBranch": neighbour({
    id: "repos/get-branch",
    path: `${repository}/branches/{branch}`,
    page: "branches/branches#get-a-branch",
    permission: "contents",
  }),
  "repos.listBranches": neighbour({
    id: "repos/list-branches",
    path: `${repository}/branches`,
    page: "branches/branches#list-branches",
    query: [...pages, "protected"],
    permission: "contents",
  }),
  "users.getAuthenticated": neighbour({
    id: "users/get-authenticated",
    path: "/user",
    page: "users/users#get-the-authenticated-user",
    publicRead: false,
  }),
  graphql: neighbour({
    id: "graphql",
    method: "post",
    path: "/graphql",
    page: "../graphql",
    body: ["query", "variables", "operationName"],
    publicRead: false,
  }),
};
