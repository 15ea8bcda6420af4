import type { Reply } from "../responses/reply.ts";
import type { Need } from "../rules/access.ts";
import { requestProblems } from "../rules/request-check.ts";
import type { RepositoryRecord } from "../state/records.ts";
import { apiVersion } from "./api-version.ts";
import type { AccountRequest, Route } from "./context.ts";
import { notFound, refuse } from "./found.ts";
import { isAboutRepository } from "./handled.ts";
import { findRepository } from "./locate.ts";
import { movedReply, repositoryUrl, withLink, withoutRepeats } from "./repository-url.ts";
import { rightsOf, type Rights } from "./rights.ts";

/** What routes work on. */
export interface PerformOptions extends Pick<
  AccountRequest,
  "store" | "limits" | "dispatch" | "branchSha"
> {
  /** Called with what the description does not know of a request. */
  invalid: (problem: string) => void;
  /** The permissions that the requests so far needed. */
  permissions: Set<Need["permissions"]>;
}

/** A request and its route. */
export type Performed = Omit<AccountRequest, keyof PerformOptions | "mayRead" | "readRefusal"> & {
  /** Below the API's base. */
  pathname: string;
};

/** Access, renamed repositories, the description's checks, then the route itself. */
export async function perform(performed: Performed, options: PerformOptions): Promise<Reply> {
  const { route, caller, headers } = performed;
  const { store, limits, dispatch, branchSha, invalid, permissions } = options;
  const rights = rightsOf(caller, headers.get("authorization"), permissions);
  const { mayRead, readRefusal } = rights;
  const state = { store, limits, dispatch, branchSha };
  const call: AccountRequest = { ...performed, ...state, mayRead, readRefusal };
  const found = isOfRepository(route) ? reach(performed, options, rights) : {};
  if ("refusal" in found) return found.refusal;
  const { repository } = found;
  permissions.add(route.need.permissions);
  if (route.about === "handled") return route.respond({ ...call, repository });
  const refusal = checked(call, invalid);
  if (refusal !== undefined) return refusal;
  if (route.about === "account") return route.respond(call);
  if (repository === undefined) return notFound(call);
  const url = withoutRepeats(call.url);
  const reply = await route.respond({ ...call, url, repository });
  return withLink(reply, repositoryUrl(repository, { ...performed, url }));
}

function isOfRepository(route: Route): boolean {
  return route.about === "handled" ? isAboutRepository(route) : route.about === "repository";
}

/** The repository of the path, or why the caller does not reach it. */
function reach(
  call: Performed,
  { store }: Pick<PerformOptions, "store">,
  rights: Rights,
): { repository?: RepositoryRecord } | { refusal: Reply } {
  const { need } = call.route;
  const found = findRepository(store, call.path);
  if (found === undefined) return { refusal: notFound(call) };
  const { repository, moved } = found;
  const refusal = rights.refusal(repository, need);
  if (refusal !== undefined) {
    const { headers } = refusal;
    return { refusal: { ...refuse(call, refusal), ...(headers && { headers }) } };
  }
  return moved ? { refusal: movedReply(repositoryUrl(repository, call), need) } : { repository };
}

/** Why GitHub refuses a request as it was written, if it does. */
function checked(call: AccountRequest, invalid: (problem: string) => void): Reply | undefined {
  if (call.malformed) return refuse(call, { status: 400, message: "Problems parsing JSON" });
  const version = apiVersion(call.headers.get("x-github-api-version"));
  const problems = requestProblems(call.route, call.url.searchParams, call.body, version);
  for (const one of problems.unknown) invalid(one);
  return problems.refused && refuse(call, problems.refused);
}
