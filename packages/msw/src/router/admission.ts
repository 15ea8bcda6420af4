import { problem, type Reply } from "../responses/reply.ts";
import { userId } from "../responses/user.ts";
import { callerOf, type Caller, type TokenInit } from "../rules/access.ts";
import { rateLimitHeaders } from "../rules/rate-limit.ts";
import type { Limits } from "../state/limits.ts";
import { apiVersion } from "./api-version.ts";
import { corsHeaders } from "./cors.ts";

/** Whether a request is admitted at all, and the headers that every response has. */
export type Admission =
  | { caller: Caller; headers: Record<string, string> }
  | { caller: undefined; refusal: Reply; headers: Record<string, string> };

const docs = "https://docs.github.com/rest";
const limitDocs = `${docs}/using-the-rest-api/rate-limits-for-the-rest-api`;

/** Checks the token and counts the request against its limits. */
export function admit(
  options: {
    limits: Limits;
    now: () => number;
    tokens: Readonly<Record<string, TokenInit>> | undefined;
  },
  request: Request,
  // Asking for the limits costs nothing.
  free: boolean,
): Admission {
  const { limits } = options;
  const now = options.now();
  const headers: Record<string, string> = {
    ...corsHeaders,
    date: new Date(now).toUTCString(),
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": apiVersion(request.headers.get("x-github-api-version")) ?? "",
    "x-content-type-options": "nosniff",
  };
  const caller = callerOf(options.tokens, request.headers.get("authorization"));
  if ("status" in caller) {
    return { caller: undefined, headers, refusal: problem(caller.status, caller.message, docs) };
  }
  const refuse = (refusal: Reply): Admission => ({ caller: undefined, headers, refusal });
  const budget = limits.budget(caller.key, caller.rateLimit, now);
  const secondary = free ? undefined : limits.demanded();
  if (secondary !== undefined) {
    Object.assign(headers, rateLimitHeaders(budget));
    if (secondary.retry_after !== null)
      headers["retry-after"] = String(secondary.retry_after ?? 60);
    return refuse(
      problem(
        secondary.status ?? 403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        `${limitDocs}#about-secondary-rate-limits`,
      ),
    );
  }
  if (!free && budget.used >= budget.limit) {
    Object.assign(headers, rateLimitHeaders(budget));
    const whose = caller.anonymous ? "your IP address" : `user ID ${userId(caller.login)}`;
    return refuse(problem(403, `API rate limit exceeded for ${whose}.`, limitDocs));
  }
  if (!free) limits.spend(caller.key);
  Object.assign(headers, rateLimitHeaders(limits.budget(caller.key, caller.rateLimit, now)));
  return { caller, headers };
}
