import type { FakeUrls } from "../responses/urls.ts";
import { respondAsApi, type ApiOptions } from "./api.ts";
import type { Route } from "./context.ts";
import { preflight } from "./cors.ts";
import { below, isOnLogs } from "./locate.ts";
import { createRouteTable } from "./match.ts";
import { allRoutes } from "./routes.ts";
import { respondAsStorage } from "./storage.ts";

/** Serves requests, whichever interface they come through. */
export interface Router {
  /** @param urls where the URLs of its responses lead to */
  respond(request: Request, urls: FakeUrls): Promise<Response>;
  /** Puts a route before the others, and returns a function that removes it. */
  handle(route: Route): () => void;
  /** Removes all of those. */
  clear(): void;
  /** Keeps those that are there, and returns a function that puts them back. */
  save(): () => void;
}

export function createRouter(options: ApiOptions): Router {
  const table = createRouteTable(options.store, allRoutes());
  return {
    async respond(request, urls) {
      if (request.method === "OPTIONS") return preflight();
      const url = new URL(request.url);
      if (isOnLogs(url, urls))
        return respondAsStorage(options, request, !urls.api.startsWith(urls.logs));
      const pathname = below(url, urls.api);
      if (pathname !== undefined) return respondAsApi(options, table, request, urls, pathname);
      throw new TypeError(
        `the fake has nothing at ${url.origin}${url.pathname}: it serves ${urls.api} and ${urls.logs}`,
      );
    },
    handle: (route) => table.add(route),
    clear: () => table.clear(),
    save: () => table.save(),
  };
}
