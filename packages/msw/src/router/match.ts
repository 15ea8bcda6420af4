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
  /** Puts a route before the others, and returns a function that removes it. */
  add(route: Route): () => void;
  /** Leaves the routes it was made with. */
  clear(): void;
  /** Keeps the routes as they are, and returns a function that puts them back. */
  save(): () => void;
}

interface Pattern {
  route: Route;
  method: string;
  expression: RegExp;
}

export function createRouteTable(store: Store, routes: readonly Route[]): RouteTable {
  const patternOf = (route: Route): Pattern => ({
    route,
    method: route.method.toUpperCase(),
    expression: expressionOf(route.path),
  });
  const own: readonly Pattern[] = routes.map(patternOf);
  let patterns = own;
  return {
    add(route) {
      const added = patternOf(route);
      patterns = [added, ...patterns];
      return () => {
        patterns = patterns.filter((pattern) => pattern !== added);
      };
    },
    clear() {
      patterns = own;
    },
    save() {
      const kept = patterns;
      return () => {
        patterns = kept;
      };
    },
    match(method, pathname) {
      // HEAD is served as GET, as HTTP wants it.
      const verb = method === "HEAD" ? "GET" : method;
      // A served fake is a GHES too, and that has GraphQL beside `/api/v3`.
      const byName = pathname === "/api/graphql" ? "/graphql" : named(store, pathname);
      for (const { route, method: its, expression } of patterns) {
        if (its !== verb) continue;
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

/** A branch's name and `{path+}` may have slashes, all other parameters are one segment. */
function expressionOf(path: string): RegExp {
  const text = path
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)(\\\+)?\}/g, (_, name: string, more: string | undefined) =>
      more !== undefined || name === "ref" || name === "branch" ? "(.+)" : "([^/]+)",
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
