import { operations } from "@workflow-runs/openapi-types/operations";
import { authorizationOf } from "./auth.ts";
import { checkedBaseUrl } from "./base-url.ts";
import { merge } from "./budget.ts";
import { caller, type CallSettings } from "./call.ts";
import { checkNames } from "./checks.ts";
import type { Client, Methods } from "./client-types.ts";
import type { Environment } from "./environment.ts";
import { NetworkError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { compose, type Ring } from "./middleware.ts";
import type { OnDemand } from "./on-demand.ts";
import type { Operation } from "./operation-types.ts";
import { type CallOptions, clientOptions, type ClientOptions } from "./options.ts";
import { splitRepository } from "./parameters.ts";
import { rateLimiter } from "./rate-limit.ts";
import { retry } from "./retry.ts";
import { timeLimit } from "./timeout.ts";

/** Puts a client together for one runtime. What many clients do without is loaded on demand. */
export function clientIn(environment: Environment, options: ClientOptions = {}): Client {
  checkNames("createClient", options, clientOptions);
  const { publish } = environment;
  const { auth, cache, middleware, timeout } = options;
  const baseUrl = checkedBaseUrl(options.baseUrl ?? "https://api.github.com");
  let loading: Promise<OnDemand> | undefined;
  const load = (): Promise<OnDemand> =>
    (loading ??= import("./on-demand.ts").then(
      ({ onDemand }) => onDemand(options, { ...settings, publish, authorizationOf, merge }),
      (cause: Error) => {
        // To be tried again by the next request.
        loading = undefined;
        throw new NetworkError(cause.message, { cause });
      },
    ));
  const loaded =
    (part: "middleware" | "auth" | "cache"): Ring =>
    async (request, next) =>
      (await load())[part](request, next);

  const token = typeof auth !== "function" && authorizationOf(auth);
  const through: Ring = (request, next) => next(request);
  const authorized: Ring = token
    ? (request, next) => next({ ...request, headers: { ...token, ...request.headers } })
    : loaded("auth");
  const cached = loaded("cache");
  const limiter = rateLimiter(
    options.rateLimit,
    publish,
    typeof cache === "object" && (async () => (await load()).shared),
  );
  const raw = (method: string) => async (path: string, init: object) =>
    (await load()).raw(method, path, init);

  const settings: CallSettings = {
    send: compose(
      // From the outside in. What decides to send again stands outside of what it repeats; the token is added
      // where the caller's middleware cannot see it; the cache sees what really goes out.
      [
        timeLimit("total", timeout),
        middleware?.length ? loaded("middleware") : through,
        retry(options.retry, environment),
        // A middleware, or a raw call's own baseUrl, may lead elsewhere.
        (request, next) =>
          (request.url.startsWith(`${baseUrl}/`) ? authorized : through)(request, next),
        limiter.ring,
        (request, next) => ((request.cache ?? cache) ? cached : through)(request, next),
        timeLimit("perTry", timeout, 30_000),
      ],
      environment.sender({ baseUrl, fetch: options.fetch }),
    ),
    baseUrl,
    headers: {
      accept: "application/vnd.github+json",
      ...checkedHeaders({
        "x-github-api-version": options.apiVersion ?? "2026-03-10",
        "user-agent": options.userAgent ?? "@workflow-runs/core",
      }),
    },
  };
  // The first call need not wait for what it will need; if this fails, it tries again.
  if (!token || cache || middleware?.length) load().catch(() => {});
  return {
    ...methods(settings),
    GET: raw("GET"),
    POST: raw("POST"),
    DELETE: raw("DELETE"),
    repository: (name: string) => {
      const bound = splitRepository(name);
      return { ...methods({ ...settings, bound }), ...bound };
    },
    get rateLimit() {
      return limiter.current();
    },
  } as unknown as Client;
}

function methods(settings: CallSettings): Methods {
  const entries = Object.entries<Operation>(operations).map(([name, operation]) => {
    const withResponse = caller(settings, name, operation);
    const method = (parameters: Readonly<Record<string, unknown>>, options?: CallOptions) =>
      withResponse(parameters, options).then(({ data }) => data);
    return [name, Object.assign(method, { withResponse, operation })];
  });
  return Object.fromEntries(entries) as Methods;
}
