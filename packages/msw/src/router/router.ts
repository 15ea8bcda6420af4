import { logAnswer } from "../archives/log-service.ts";
import { logResponse } from "../archives/log-response.ts";
import { problem } from "../responses/reply.ts";
import type { Urls } from "../responses/urls.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import type { Call } from "./context.ts";
import { documentation } from "./documentation.ts";
import { matchOperation, type Match } from "./match.ts";
import { behaviour } from "./operations.ts";
import { toResponse } from "./response.ts";

/** What answers requests, whichever door they come through. */
export interface Router {
  /** @param urls where this door's URLs lead to */
  answer(request: Request, urls: Urls): Promise<Response>;
}

export function createRouter(options: { store: Store; now: () => number }): Router {
  const { store, now } = options;
  return {
    async answer(request, urls) {
      const url = new URL(request.url);
      if (url.href.startsWith(`${urls.logs}/actions-results/`)) {
        const authorized = request.headers.has("authorization");
        return logResponse(logAnswer(store, url, authorized, now()), request);
      }
      const pathname = below(url, urls.api);
      const match = pathname === undefined ? undefined : matchPath(store, request.method, pathname);
      if (match === undefined) return toResponse(unknown, request);
      const repository = findRepository(store, match);
      if (repository === undefined) {
        return toResponse(problem(404, "Not Found", documentation[match.operation]), request);
      }
      if ("location" in repository) {
        const location = `${urls.api}${repository.location}${url.search}`;
        return toResponse(
          {
            status: request.method === "GET" || request.method === "HEAD" ? 301 : 307,
            headers: { location },
            body: {
              message: "Moved Permanently",
              url: location,
              documentation_url:
                "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
            },
          },
          request,
        );
      }
      const call: Call = {
        operation: match.operation,
        store,
        repository: repository.record,
        path: match.path,
        url,
        body: await readBody(request),
        login: "octocat",
        now: now(),
        urls,
      };
      return toResponse(behaviour[match.operation](call), request);
    },
  };
}

const unknown = problem(404, "Not Found", "https://docs.github.com/rest");

function below(url: URL, base: string): string | undefined {
  const root = new URL(base);
  const prefix = root.pathname === "/" ? "" : root.pathname;
  return url.origin === root.origin && url.pathname.startsWith(`${prefix}/`)
    ? url.pathname.slice(prefix.length)
    : undefined;
}

/** GitHub's links and redirects name a repository by its id: `/repositories/{id}/…`. */
function matchPath(store: Store, method: string, pathname: string): Match | undefined {
  const byId = /^\/repositories\/(\d+)(\/.*)$/.exec(pathname);
  if (byId === null) return matchOperation(method, pathname);
  const record = store.repositories().find(({ id }) => String(id) === byId[1]);
  return record && matchOperation(method, `/repos/${record.owner}/${record.name}${byId[2]}`);
}

function findRepository(
  store: Store,
  match: Match,
): { record: RepositoryRecord } | { location: string } | undefined {
  const name = `${match.path["owner"]}/${match.path["repo"]}`.toLowerCase();
  for (const record of store.repositories()) {
    if (`${record.owner}/${record.name}`.toLowerCase() === name) return { record };
  }
  const moved = store.repositories().find(({ formerNames }) => formerNames.includes(name));
  return moved && { location: `/repositories/${moved.id}/actions` };
}

async function readBody(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
