import type { RepositoryRecord } from "../state/records.ts";
import type { HandledRoute } from "../rules/route-name.ts";
import type { Route } from "./context.ts";

/** What a route of `fake.handle` is called with. */
export interface HandledCall<Repository> {
  method: string;
  url: URL;
  headers: Headers;
  /** The path's parameters, percent-decoded: `call.path.owner`. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON body, the text of another one, undefined without one. */
  body: unknown;
  /** The login of the token's user; empty for a request without a token. */
  login: string;
  /** The fake's time, ms since 1970. */
  now: number;
  /** The repository of a route that begins with `/repos/:owner/:repo`. */
  repository: Repository;
}

/** A route of an author's own. */
export function handledRoute<Repository>(
  name: HandledRoute,
  repositoryOf: (record: RepositoryRecord | undefined) => Repository,
  handler: (call: HandledCall<Repository>) => Response | Promise<Response>,
): Route {
  const [method = "", path = ""] = name.split(" ");
  const parameters = [...path.matchAll(/:(\w+)\+?/g)].map((match) => match[1] as string);
  return {
    id: name,
    name,
    method: method.toLowerCase(),
    path: path.replaceAll(/:(\w+)(\+?)/g, "{$1$2}"),
    pathParameters: parameters,
    queryParameters: [],
    bodyProperties: [],
    requiredBodyProperties: [],
    documentationUrl: "https://docs.github.com/rest",
    need: { kind: method === "GET" ? "read" : "write", permissions: [], publicRead: true },
    about: "handled",
    async respond(call) {
      const response = await handler({
        method: call.method,
        url: call.url,
        headers: call.headers,
        path: call.path,
        query: call.url.searchParams,
        body: call.malformed ? call.text : call.body,
        login: call.caller.login,
        now: call.now,
        repository: repositoryOf(call.repository),
      });
      return { status: response.status, response };
    },
  };
}

/** Whether a route of an author's own is about a repository of the fake. */
export function isAboutRepository({ path }: Pick<Route, "path">): boolean {
  return /^\/repos\/\{owner\}\/\{repo\}(?:\/|$)/.test(path);
}
