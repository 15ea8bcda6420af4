import { operations } from "@workflow-runs/openapi-types/operations";
import type { paths } from "@workflow-runs/openapi-types";
import createRawClient, { type Client as RawClient } from "openapi-fetch";
import { authenticate } from "./auth.ts";
import { callOperation, type Exchange } from "./call.ts";
import type { Client, Methods, RepositoryClient } from "./client-types.ts";
import { ParameterError } from "./errors.ts";
import { type Call, compose, type Middleware } from "./middleware.ts";
import type { Operation, OperationName } from "./operation-types.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { splitRepository } from "./parameters.ts";
import { send } from "./send.ts";

/**
 * Makes a client for the API of GitHub Actions workflow runs.
 *
 * @example
 * const github = createClient({ auth: process.env.GITHUB_TOKEN });
 * const run = await github.getWorkflowRun({ owner: "cli", repo: "cli", run_id: 42 });
 * @throws {ParameterError} when an option is not usable
 * @see https://docs.github.com/en/rest/actions/workflow-runs
 */
export function createClient(options: ClientOptions = {}): Client {
  const raw = createRawClient<paths>({
    baseUrl: checkedBaseUrl(options.baseUrl ?? "https://api.github.com"),
    headers: {
      accept: "application/vnd.github+json",
      "x-github-api-version": options.apiVersion ?? "2022-11-28",
      "user-agent": options.userAgent ?? "@workflow-runs/core",
    },
  });
  const onion = compose(rings(options), (request, call) => send(request, call, options.fetch));
  const exchange = exchangeThrough(raw, onion);

  return {
    ...methods(exchange, {}),
    GET: throughOnion(raw.GET, onion),
    POST: throughOnion(raw.POST, onion),
    DELETE: throughOnion(raw.DELETE, onion),
    repository: (name) => methods(exchange, splitRepository(name)) as unknown as RepositoryClient,
  };
}

function rings({ middleware = [], auth }: ClientOptions): Middleware[] {
  return [...middleware, ...(auth === undefined ? [] : [authenticate(auth)])];
}

function methods(exchange: Exchange, bound: object): Methods {
  const entries = Object.entries(operations as Record<string, Operation>).map(
    ([name, operation]) => {
      const withResponse = (parameters: object, options?: CallOptions) =>
        callOperation(
          exchange,
          name as OperationName,
          operation,
          { ...parameters, ...bound },
          options,
        );
      const method = async (parameters: object, options?: CallOptions) =>
        (await withResponse(parameters, options)).data;
      return [name, Object.assign(method, { withResponse, operation })];
    },
  );
  return Object.fromEntries(entries) as Methods;
}

type Onion = (request: Request, call: Call) => Promise<Response>;

function exchangeThrough(raw: RawClient<paths>, onion: Onion): Exchange {
  return async (operation, { path, query, body }, call) => {
    let sent: Request | undefined;
    let received: Response | undefined;
    await raw.request(
      operation.method,
      operation.path as never,
      {
        params: { path, query },
        body,
        headers: call.headers,
        ...(call.signal && { signal: call.signal }),
        // The answer is decoded by us; openapi-fetch sees an empty one.
        fetch: async (request: Request) => {
          sent = request;
          received = await onion(request, call);
          return new Response(null, { status: 204 });
        },
      } as never,
    );
    return { request: sent as Request, response: received as Response };
  };
}

function throughOnion<F>(method: F, onion: Onion): F {
  const call = method as (path: string, init?: Record<string, unknown>) => unknown;
  return ((path: string, init?: Record<string, unknown>) =>
    call(path, {
      fetch: (request: Request) =>
        onion(request, {
          stream: init?.["parseAs"] === "stream",
          signal: init?.["signal"] as AbortSignal | undefined,
        }),
      ...init,
    })) as F;
}

function checkedBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash)
    throw new ParameterError(
      "baseUrl",
      `baseUrl: ${JSON.stringify(url?.username ? url.origin : baseUrl)} is not a plain http(s) URL such as https://api.github.com or https://HOST/api/v3.`,
    );
  return url.href.replace(/\/+$/, "");
}
