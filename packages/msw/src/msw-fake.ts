import { operations } from "@workflow-runs/openapi-types/operations";
import * as msw from "msw";
import { ConnectionResetError } from "./router/faulty.ts";
import { checkNode } from "./supported-node.ts";
import {
  createActionsFake as createFake,
  type ActionsFake as ActionsFakeCore,
  type ActionsFakeOptions,
} from "./authoring/create-fake.ts";

/** A fake with request handlers for MSW 2.x and 3.x. */
export interface ActionsFake extends ActionsFakeCore {
  /**
   * Handlers for every operation and for the log service, and for the preflights (OPTIONS) of both,
   * to be given to MSW's `setupServer` or `setupWorker`. `server.resetHandlers()` does not touch the
   * fake's state: {@link ActionsFake.reset} does.
   *
   * @throws {UnsupportedNodeError} with MSW 3 on Node 20, which needs `msw@2`
   */
  handlers(): msw.HttpHandler[];
}

const logPaths = [
  "/actions-results/runs/:run_id/attempts/:attempt_number/run-logs.zip",
  "/actions-results/runs/:run_id/attempts/:attempt_number/jobs/:job_id/job-logs.txt",
];

/**
 * Creates a fake of GitHub Actions that knows nothing yet, with MSW handlers on it.
 *
 * @see https://docs.github.com/rest/actions/workflow-runs
 */
export function createActionsFake(options: ActionsFakeOptions = {}): ActionsFake {
  const fake = createFake(options);
  const resolve = async ({ request }: { request: Request }): Promise<Response> => {
    try {
      return await fake.answer(request);
    } catch (error) {
      // What MSW turns into a failed fetch; an error would be reported as a fault of the handler.
      if (error instanceof ConnectionResetError || request.signal.aborted) return Response.error();
      throw error;
    }
  };
  return Object.assign(fake, {
    handlers() {
      checkNode(msw);
      const asked = Object.values(operations).flatMap(({ method, path }) => {
        const inMsw = path.replaceAll(/\{(\w+)\}/g, ":$1");
        const byId = inMsw.replace("/repos/:owner/:repo", "/repositories/:repository_id");
        return [inMsw, byId].map((one) => ({ method, url: `${fake.baseUrl}${one}` }));
      });
      const logs = logPaths.map((path) => ({ method: "get" as const, url: fake.logsUrl + path }));
      const all = [...asked, ...logs];
      const urls = new Set(all.map(({ url }) => url));
      return [
        ...all.map(({ method, url }) => msw.http[method](url, resolve)),
        // happy-dom asks like a browser. Last, so that the others are not searched for longer.
        ...Array.from(urls, (url) => msw.http.options(url, resolve)),
      ];
    },
  });
}
