import { operations } from "@workflow-runs/openapi-types/operations";
import { authenticate } from "./auth.ts";
import { checkedBaseUrl } from "./base-url.ts";
import { callOperation, type CallSettings } from "./call.ts";
import type { Client, Methods, RepositoryClient } from "./client-types.ts";
import { platform } from "./environment.ts";
import { compose, outerRing, type Ring } from "./middleware.ts";
import type { Operation } from "./operation-types.ts";
import { checkNames } from "./option-check.ts";
import { type CallOptions, clientOptions, type ClientOptions } from "./options.ts";
import { type Repository, splitRepository, withBound } from "./parameters.ts";
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
  checkNames(options, clientOptions);
  const { auth, cache, middleware = [], timeout } = options;
  const baseUrl = checkedBaseUrl(options.baseUrl ?? "https://api.github.com");
  const environment = platform();
  const { publish } = environment;

  // Loaded when first used: most clients need none of it.
  const store = typeof cache === "object" ? cache : undefined;
  let opened: Promise<Persistence> | undefined;
  const open = (): Promise<Persistence> =>
    (opened ??= import("./persistence.ts").then(({ openStore }) =>
      openStore(store, baseUrl, publish),
    ));
  const cached: Ring = (request, next) =>
    (request.call.cache ?? cache) && request.method === "GET" && !request.call.stream
      ? open().then(({ ring }) => ring(request, next))
      : next(request);
  const limiter = rateLimiter(
    options.rateLimit,
    environment,
    store && (() => open().then(({ shared }) => shared)),
  );

  const settings: CallSettings = {
    send: compose(
      // From the outside in. What decides to send again stands outside of what it repeats; the token is added
      // where the caller's middleware cannot see it; the cache sees what really goes out.
      [
        timeLimit("total", timeout),
        ...(middleware.length > 0 ? [outerRing(middleware)] : []),
        retry(options.retry, environment),
        authenticate(auth),
        limiter.ring,
        cached,
        timeLimit("perTry", timeout),
      ],
      sender({ baseUrl, fetch: options.fetch, publish }),
    ),
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
    repository: (name) => {
      const bound = splitRepository(name);
      return { ...methods(settings, bound), ...bound } as unknown as RepositoryClient;
    },
    get rateLimit() {
      return limiter.current();
    },
  };
}

function methods(settings: CallSettings, bound: Partial<Repository>): Methods {
  const entries = Object.entries<Operation>(operations).map(([name, operation]) => {
    const withResponse = (parameters: object, options?: CallOptions) =>
      callOperation(
        settings,
        name,
        operation,
        withBound(name, parameters as Readonly<Record<string, unknown>>, bound),
        options,
      );
    const method = async (parameters: object, options?: CallOptions) =>
      (await withResponse(parameters, options)).data;
    return [name, Object.assign(method, { withResponse, operation })];
  });
  return Object.fromEntries(entries) as Methods;
}
