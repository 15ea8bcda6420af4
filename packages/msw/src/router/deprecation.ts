import type { RouteName } from "../rules/route-name.ts";

/** The operations that version 2026-03-10 has changed. */
const changed: ReadonlySet<string> = new Set<RouteName>([
  "createWorkflowDispatch",
  "meta.root",
  "pulls.get",
  "pulls.list",
  "rateLimit.get",
  "repos.get",
]);

/**
 * What an operation says of the older version once a newer one has changed it
 * (octokit/octokit.js#2359, mui/mui-public#1836). The date and the page are those that Octokit has
 * printed out of them (mattpolzin/harmony#281).
 */
export function deprecationHeaders(
  name: string | undefined,
  version: string | undefined,
): Record<string, string> {
  if (version !== "2022-11-28" || name === undefined || !changed.has(name)) return {};
  return {
    deprecation: "Tue, 10 Mar 2026 00:00:00 GMT",
    sunset: "Fri, 10 Mar 2028 00:00:00 GMT",
    link: '<https://docs.github.com/en/rest/about-the-rest-api/api-versions>; rel="deprecation"; type="text/html"',
  };
}
