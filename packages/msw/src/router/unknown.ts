import { problem, type Reply } from "../responses/reply.ts";

/**
 * The response to a request below the base URL that the fake does not imitate. GitHub never sends
 * 501: nobody takes it for GitHub's.
 */
export function unknownRoute(request: { method: string; pathname: string }): Reply {
  return problem(501, notImitated(request), "https://docs.github.com/rest");
}

/** The message about such a request. */
export function notImitated({ method, pathname }: { method: string; pathname: string }): string {
  return `the fake does not imitate ${method} ${pathname}: add it with fake.handle("${method} ${handled(pathname)}", (call) => Response.json(…))`;
}

/** A path as `fake.handle` takes it, which serves all repositories and ids. */
function handled(pathname: string): string {
  return pathname
    .replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, "/repos/:owner/:repo")
    .replaceAll(/\/\d+(?=\/|$)/g, "/:id");
}
