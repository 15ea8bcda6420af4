import type { OperationName } from "./operation-name.ts";

/**
 * The name of an operation beside those of the description: within Actions its name in Octokit's
 * `rest.actions`, elsewhere with Octokit's scope in front.
 */
export type NeighbourName =
  | "checks.listAnnotations"
  | "listWorkflowRunArtifacts"
  | "meta.get"
  | "rateLimit.get";

/** The name of anything the fake imitates. */
export type RouteName = OperationName | NeighbourName;

/** A route that an author has added, e.g. `"GET /repos/:owner/:repo/topics"`. */
export type HandledRoute = `${"DELETE" | "GET" | "PATCH" | "POST" | "PUT"} /${string}`;
