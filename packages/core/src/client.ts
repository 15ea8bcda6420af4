import { operations } from "@workflow-runs/openapi-types/operations";
import { authenticate } from "./auth.ts";
import { checkedBaseUrl } from "./base-url.ts";
import { callOperation, type CallSettings } from "./call.ts";
import type { Client, Methods, RepositoryClient } from "./client-types.ts";
import { diagnostics, type Publish } from "./diagnostics.ts";
import { compose, outerRing, type Ring } from "./middleware.ts";
import type { Operation, OperationName } from "./operation-types.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { splitRepository } from "./parameters.ts";
import type { Persistence } from "./persistence.ts";
import { rateLimiter } from "./rate-limit.ts";
import { rawMethods } from "./raw.ts";
import { mergeHeaders } from "./request.ts";
import { retry } from "./retry.ts";
import { sender } from "./send.ts";
import { timeLimit } from "./timeout.ts";

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
  const { auth, middleware = [], timeout } = options;
  const baseUrl = checkedBaseUrl(options.baseUrl ?? "https://api.github.com");
  const publish = diagnostics();
  const store = persistence(options, baseUrl, publish);
  const limiter = rateLimiter(options.rateLimit, { publish, shared: store.shared });

  // From the outside in. What decides to send again stands outside of what it repeats; the token is added
  // where the caller's middleware cannot see it; the cache sees what really goes out.
  const rings: Ring[] = [
    timeLimit("total", timeout),
    ...(middleware.length > 0 ? [outerRing(middleware)] : []),
    retry(options.retry, { publish }),
    ...(auth === undefined ? [] : [authenticate(auth)]),
    limiter.ring,
    store.ring,
    timeLimit("perTry", timeout),
  ];
  const settings: CallSettings = {
    send: compose(rings, sender({ baseUrl, fetch: options.fetch, publish })),
    baseUrl,
    headers: mergeHeaders(
      { accept: "application/vnd.github+json" },
      {
        "x-github-api-version": options.apiVersion ?? "2022-11-28",
        "user-agent": options.userAgent ?? "@workflow-runs/core",
      },
    ),
  };
  return {
    ...methods(settings, {}),
    ...rawMethods(settings),
    repository: (name) => methods(settings, splitRepository(name)) as unknown as RepositoryClient,
    get rateLimit() {
      return limiter.current();
    },
  };
}

function methods(settings: CallSettings, bound: object): Methods {
  const entries = Object.entries(operations as Record<string, Operation>).map(
    ([name, operation]) => {
      const withResponse = (parameters: object, options?: CallOptions) =>
        callOperation(
          settings,
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

function persistence(
  { cache = false }: ClientOptions,
  baseUrl: string,
  publish: Publish,
): Partial<Pick<Persistence, "shared">> & Pick<Persistence, "ring"> {
  const store = typeof cache === "object" ? cache : undefined;
  let opened: Promise<Persistence> | undefined;
  const open = (): Promise<Persistence> =>
    (opened ??= import("./persistence.ts").then((module) =>
      module.openStore(store, baseUrl, publish),
    ));
  return {
    ring: (request, next, call) =>
      (call.cache ?? cache !== false) && request.method === "GET" && !call.stream
        ? open().then(({ ring }) => ring(request, next, call))
        : next(request),
    ...(store && {
      shared: {
        read: async (...key) => (await open()).shared.read(...key),
        write: async (...state) => (await open()).shared.write(...state),
      },
    }),
  };
}
