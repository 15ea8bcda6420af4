import type { Operations } from "../description/operations.gen.ts";
import { is } from "../input/check.ts";
import type { OperationName } from "./operation-name.ts";

/**
 * The name of an operation beside those of the description of workflow runs: within Actions its name in Octokit's
 * `rest.actions`, elsewhere with Octokit's scope in front (`"repos.getBranch"`), and `"graphql"`.
 */
export type NeighbourName = keyof Operations | "graphql";

/** The name of anything the fake imitates. */
export type RouteName = OperationName | NeighbourName;

/** A route that an author has added, e.g. `"GET /repos/:owner/:repo/topics"`. */
export type HandledRoute = `${"DELETE" | "GET" | "PATCH" | "POST" | "PUT"} /${string}`;

/** Whether it is a method and a path, as `fake.handle` takes them. */
export function isRoute(value: unknown): value is HandledRoute {
  return typeof value === "string" && /^(?:DELETE|GET|PATCH|POST|PUT) \/\S*$/.test(value);
}

export const route = is<HandledRoute>(
  'a route: give a method and a path such as "GET /repos/:owner/:repo/topics"',
  isRoute,
);
