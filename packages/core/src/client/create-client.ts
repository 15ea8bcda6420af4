import { operations as defaultTable } from "@workflow-runs/openapi-types/operations";
import { openCache } from "../cache/open-cache.ts";
import { authorize } from "../middleware/auth.ts";
import { compose } from "../middleware/chain.ts";
import { reportDeprecation } from "../middleware/deprecation.ts";
import { retry } from "../middleware/retry.ts";
import { defaultPerTry, timeLimit } from "../middleware/timeout.ts";
import { userMiddleware } from "../middleware/user-middleware.ts";
import { apiVersionOf, checkedBaseUrl } from "../options/base-url.ts";
import { checkClientOptions } from "../options/check-options.ts";
import { checkedHeaders } from "../options/headers.ts";
import type { ClientOptions } from "../options/options.ts";
import { rateLimiter } from "../rate-limit/rate-limit.ts";
import { sharedBudget } from "../rate-limit/shared-budget.ts";
import { publisher } from "../transport/diagnostics.ts";
import { transport } from "../transport/transport.ts";
import { caller } from "./call.ts";
import type { Client } from "./client-types.ts";
import { clientFetch } from "./fetch.ts";
import { type OpenapiFetch, openapiFetch } from "./openapi-fetch.ts";
import type { Operations, OperationsTable } from "./operation-types.ts";
import { type Repository, splitRepository } from "./parameters.ts";

/**
 * Makes a client for the API of GitHub Actions workflow runs.
 *
 * @example
 * const github = createClient({ auth: process.env.GITHUB_TOKEN });
 * const run = await github.getWorkflowRun({ owner: "cli", repo: "cli", run_id: 42 });
 * @throws {ParameterError} when an option is not usable
 * @see https://docs.github.com/en/rest/actions/workflow-runs
 */
export function createClient<Table extends OperationsTable = Operations>(
  options?: ClientOptions<Table>,
  // A table of any names is what TypeScript falls back to, for `ReturnType` too.
): Client<string extends keyof Table ? Operations : Table>;
// One signature: where there are more, a wrong option matches none of them, and the client loses its type.
export function createClient(options: ClientOptions<OperationsTable> = {}): unknown {
  checkClientOptions(options);
  const table: OperationsTable = options.operations ?? defaultTable;
  const { auth, middleware, timeout, fetch } = options;
  const baseUrl = checkedBaseUrl(options.baseUrl ?? "https://api.github.com");
  const publish = publisher();
  const cache = openCache(options.cache, publish);
  const limiter = rateLimiter(
    options.rateLimit,
    publish,
    cache?.isShared ? sharedBudget(cache.store, baseUrl) : undefined,
  );

  const send = compose(
    // From the outside in.
    [
      timeLimit("total", timeout),
      // Sees a call once, and never the token, which is added inside of it.
      middleware?.length ? userMiddleware(middleware) : undefined,
      reportDeprecation(options.onDeprecation, publish),
      // What sends again stands outside of what it repeats.
      retry(options.retry, publish),
      authorize(auth, baseUrl),
      // Its key has the token in it. A response from the store waits in no queue and uses no budget.
      cache?.middleware,
      // Knows the token, whose budget it keeps, and sees the headers of every response, a 304 too.
      limiter.middleware,
      timeLimit("perTry", timeout, defaultPerTry),
    ],
    transport({ baseUrl, fetch, maxBodySize: options.maxBodySize, timeout, publish }),
  );

  const userAgent = options.userAgent ?? "@workflow-runs/core";
  const headers = checkedHeaders("createClient", {
    accept: "application/vnd.github+json",
    "x-github-api-version": options.apiVersion ?? apiVersionOf(baseUrl),
    "user-agent": userAgent,
  });
  const openapi = openapiFetch(baseUrl, headers, send);
  return {
    ...methods(openapi, table),
    GET: openapi.raw("GET"),
    POST: openapi.raw("POST"),
    PUT: openapi.raw("PUT"),
    PATCH: openapi.raw("PATCH"),
    DELETE: openapi.raw("DELETE"),
    fetch: clientFetch(send, baseUrl, userAgent),
    repository: (name: string) => {
      const bound = splitRepository(name);
      return { ...methods(openapi, table, bound), ...bound };
    },
    get rateLimit() {
      return limiter.current();
    },
  };
}

function methods(openapi: OpenapiFetch, table: OperationsTable, bound?: Repository): object {
  const entries = Object.entries(table).map(([name, operation]) => {
    const call = caller(openapi, name, operation, bound);
    const method = call((data) => data);
    const withResponse = call((data, response) => ({ data, response }));
    return [name, Object.assign(method, { withResponse, operation })];
  });
  return Object.fromEntries(entries) as object;
}
