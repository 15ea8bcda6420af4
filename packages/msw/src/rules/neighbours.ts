import type { Described } from "./described.ts";
import type { NeighbourName } from "./route-name.ts";

/** An operation beside those of the description, and the page about it. */
export interface Neighbour extends Described {
  readonly documentationUrl: string;
}

const rest = "https://docs.github.com/rest";
const repository = "/repos/{owner}/{repo}";
const named = ["owner", "repo"] as const;
const pages = ["per_page", "page"] as const;

/** A GET, without a body. */
function get(
  id: string,
  path: string,
  documentationUrl: string,
  pathParameters: readonly string[],
  queryParameters: readonly string[] = [],
): Neighbour {
  return {
    id,
    method: "get",
    path,
    pathParameters,
    queryParameters,
    bodyProperties: [],
    requiredBodyProperties: [],
    documentationUrl: `${rest}/${documentationUrl}`,
  };
}

/**
 * What clients ask on their way to workflow runs. Those of Actions are named as the operations are,
 * the others as Octokit names them.
 */
export const neighbours: Readonly<Record<NeighbourName, Neighbour>> = {
  "meta.get": get("meta/get", "/meta", "meta/meta#get-github-meta-information", []),
  "rateLimit.get": get(
    "rate-limit/get",
    "/rate_limit",
    "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
    [],
  ),
  listWorkflowRunArtifacts: get(
    "actions/list-workflow-run-artifacts",
    `${repository}/actions/runs/{run_id}/artifacts`,
    "actions/artifacts#list-workflow-run-artifacts",
    [...named, "run_id"],
    [...pages, "name", "direction"],
  ),
  "checks.listAnnotations": get(
    "checks/list-annotations",
    `${repository}/check-runs/{check_run_id}/annotations`,
    "checks/runs#list-check-run-annotations",
    [...named, "check_run_id"],
    pages,
  ),
};
