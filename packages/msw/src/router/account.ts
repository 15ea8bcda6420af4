import { privateUserBody, rootBody } from "../responses/account.ts";
import type { Reply } from "../responses/reply.ts";
import { isOlderVersion } from "./api-version.ts";
import type { AccountRequest } from "./context.ts";
import { refuse } from "./found.ts";

/** `users/get-authenticated` */
export function getAuthenticatedUser(call: AccountRequest): Reply {
  const { caller, urls } = call;
  if (caller.anonymous) return refuse(call, { status: 401, message: "Requires authentication" });
  const { token } = caller;
  // An installation is nobody's account; a personal token is.
  if (token?.permissions !== undefined && !caller.key.startsWith("token github_pat_")) {
    return refuse(call, { status: 403, message: "Resource not accessible by integration" });
  }
  return { status: 200, body: privateUserBody(caller.login, urls) };
}

/** `meta/root` */
export function getRoot({ urls, headers }: AccountRequest): Reply {
  return { status: 200, body: rootBody(urls, isOlderVersion(headers)) };
}

/** `meta/get` */
export function getMeta(): Reply {
  return {
    status: 200,
    body: {
      verifiable_password_authentication: false,
      hooks: ["192.30.252.0/22", "2a0a:a440::/29"],
      web: ["192.30.252.0/22", "2a0a:a440::/29"],
      api: ["192.30.252.0/22", "2a0a:a440::/29"],
      git: ["192.30.252.0/22", "2a0a:a440::/29"],
      actions: ["4.148.0.0/16"],
    },
  };
}

/** The budgets beside `core`, each with its limit and its time in seconds. */
const otherBudgets: Readonly<Record<string, readonly [limit: number, seconds: number]>> = {
  search: [30, 60],
  graphql: [5000, 3600],
  integration_manifest: [5000, 3600],
  source_import: [100, 60],
  code_scanning_upload: [5000, 3600],
  code_scanning_autofix: [10, 60],
  actions_runner_registration: [10_000, 3600],
  scim: [15_000, 3600],
  dependency_snapshots: [100, 60],
  dependency_sbom: [100, 60],
  audit_log: [1750, 3600],
  audit_log_streaming: [15, 3600],
  code_search: [10, 60],
};

/** `rate-limit/get`: all budgets, of which the fake counts `core`. */
export function getRateLimit({ limits, caller, now, headers }: AccountRequest): Reply {
  const { limit, used, resetAt } = limits.budget(caller.key, caller.rateLimit, now);
  const remaining = Math.max(0, limit - used);
  const core = { limit, used, remaining, reset: Math.ceil(resetAt / 1000) };
  const others = Object.entries(otherBudgets).map(([name, [most, seconds]]) => [
    name,
    { limit: most, used: 0, remaining: most, reset: Math.ceil(now / 1000) + seconds },
  ]);
  const resources: object = { core, ...Object.fromEntries(others) };
  // The newest version has no `rate` beside the resources any more.
  const body = isOlderVersion(headers) ? { resources, rate: core } : { resources };
  return { status: 200, body, headers: { "cache-control": "no-cache" } };
}
