import * as msw from "msw";
import { ConnectionResetError } from "./router/faulty.ts";
import { graphqlUrl } from "./router/locate.ts";
import { checkNode } from "./supported-node.ts";
import type { ActionsFake as ActionsFakeCore } from "./authoring/actions-fake.ts";
import { createActionsFake as createFake } from "./authoring/create-fake.ts";
import type { ActionsFakeOptions } from "./authoring/options.ts";

/** A fake with request handlers for MSW 2.x and 3.x. */
export interface ActionsFake extends ActionsFakeCore {
  /**
   * Handlers for everything below the base URL and for the log service, preflights (OPTIONS) too, to
   * be passed to MSW's `setupServer` or `setupWorker`. A handler of yours for one of those URLs goes
   * before them. `server.resetHandlers()` does not touch the fake's state: {@link ActionsFake.reset} does.
   *
   * @throws {UnsupportedNodeError} with MSW 3 on Node 20, which needs `msw@2`
   */
  handlers(): msw.HttpHandler[];
}

/**
 * Creates a fake of GitHub Actions that knows nothing yet, with MSW handlers on it.
 *
 * @see https://docs.github.com/rest/actions/workflow-runs
 */
export function createActionsFake(options: ActionsFakeOptions = {}): ActionsFake {
  const fake = createFake(options);
  const resolve = async ({ request }: { request: Request }): Promise<Response> => {
    try {
      return await fake.respond(request);
    } catch (error) {
      // What MSW turns into a failed fetch; an error would be reported as a fault of the handler.
      if (error instanceof ConnectionResetError || request.signal.aborted) return Response.error();
      throw error;
    }
  };
  return Object.assign(fake, {
    handlers() {
      checkNode(msw);
      // Whatever is below the base URL is the fake's: no request goes on to the real GitHub.
      const urls = [fake.baseUrl, `${fake.baseUrl}/*`, `${fake.logsUrl}/*`];
      if (fake.baseUrl.endsWith("/api/v3")) urls.push(graphqlUrl(fake.baseUrl));
      return urls.map((url) => msw.http.all(url, resolve));
    },
  });
}
