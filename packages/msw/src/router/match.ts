import type { Store } from "../state/store.ts";
import type { Route } from "./context.ts";

/** A route and the path parameters of a request, percent-decoded. */
export interface Match {
  route: Route;
  path: Record<string, string>;
}

/** The routes of a fake. */
export interface RouteTable {
  /**
   * Finds the route of a request.
   *
   * @param pathname below the API's base, e.g. `/repos/cli/cli/actions/runs`
   */
  match(method: string, pathname: string): Match | undefined;
}

interface Pattern {
  route: Route;
  method: string;
  expression: RegExp;
}

export function createRouteTable(store: Store, routes: readonly Route[]): RouteTable {
  const patterns: readonly Pattern[] = routes.map((route) => ({
    route,
    method: route.method.toUpperCase(),
    expression: expressionOf(route.path),
  }));
  return {
    match(method, pathname) {
      // HEAD is answered as GET, as HTTP wants it.
      const verb = method === "HEAD" ? "GET" : method;
      const byName = named(store, pathname);
      for (const { route, method: own, expression } of patterns) {
        if (own !== verb) continue;
        const match = expression.exec(byName);
        if (match === null) continue;
        const values = route.pathParameters.map((name, index): [string, string] => [
          name,
          decode(match[index + 1] as string),
        ]);
        return { route, path: Object.fromEntries(values) };
      }
      return undefined;
    },
  };
}

/** GitHub's links and redirects name a repository by its id: `/repositories/{id}/…`. */
function named(store: Store, pathname: string): string {
  const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(pathname);
  if (byId === null) return pathname;
  const record = store.repositories().find(({ id }) => String(id) === byId[1]);
  return record === undefined ? pathname : `/repos/${record.owner}/${record.name}${byId[2] ?? ""}`;
}

/** A branch's name may have slashes, all other parameters are one segment. */
function expressionOf(path: string): RegExp {
  const text = path
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === "ref" || name === "branch" ? "(.+)" : "([^/]+)",
    );
  return new RegExp(`^${text}$`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
