import { storedResponse } from "../archives/log-service.ts";
import { logResponse } from "../archives/log-response.ts";
import { problem, type Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import {
  accessRefusal,
  tokenHeaders,
  type AccessRefusal,
  type Caller,
  type Need,
  type TokenInit,
} from "../rules/access.ts";
import type { Fault } from "../rules/fault.ts";
import { linkHeader } from "../rules/page.ts";
import { requestProblems } from "../rules/request-check.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Faults } from "../state/faults.ts";
import type { Limits } from "../state/limits.ts";
import type { Store } from "../state/store.ts";
import { admit } from "./admission.ts";
import { apiVersion, apiVersions } from "./api-version.ts";
import type { AccountRequest, Route } from "./context.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { deprecationHeaders } from "./deprecation.ts";
import { beforeResponse, damage } from "./faulty.ts";
import { notFound, refuse } from "./found.ts";
import { isAboutRepository } from "./handled.ts";
import { below, findRepository, isOnLogs } from "./locate.ts";
import { createRouteTable, type Match } from "./match.ts";
import { recordedHeaders, type RecordedRequest } from "./requests.ts";
import { toResponse } from "./response.ts";
import { allRoutes } from "./routes.ts";
import { notImitated, unknownRoute } from "./unknown.ts";

/** Serves requests, whichever door they come through. */
export interface Router {
  /** @param urls where this door's URLs lead to */
  respond(request: Request, urls: FakeUrls): Promise<Response>;
  /** Puts a route before the others, and returns a function that removes it. */
  handle(route: Route): () => void;
  /** Removes all of those. */
  clear(): void;
  /** Keeps those that are there, and returns a function that puts them back. */
  save(): () => void;
}

/** What a router works on. */
export interface RouterOptions {
  store: Store;
  faults: Faults;
  limits: Limits;
  /** Keeps a request for authors to look at; its status is set with the response. */
  record: (request: RecordedRequest) => void;
  now: () => number;
  tokens: Readonly<Record<string, TokenInit>> | undefined;
  /** Called with requests the description does not know. */
  invalid: (problem: string) => void;
  requestId: () => string;
  /** The permissions that the requests so far needed. */
  permissions: Set<Need["permissions"]>;
  dispatch: AccountRequest["dispatch"];
  branchSha: AccountRequest["branchSha"];
}

const root = "https://docs.github.com/rest";

export function createRouter(options: RouterOptions): Router {
  const { store, faults, limits, now } = options;
  const table = createRouteTable(store, allRoutes());

  const logs = async (request: Request, url: URL, foreign: boolean): Promise<Response> => {
    const target = { operation: "logs", path: {}, body: undefined } as const;
    const recorded = recordedRequest(request, url, target, now());
    options.record(recorded);
    const fault = faults.promised(url.href) ?? faults.next("logs") ?? {};
    await beforeResponse(fault, request.signal);
    const stored =
      fault.status === undefined
        ? storedResponse(store, request, foreign && request.headers.has("authorization"), now())
        : {
            status: fault.status,
            code: "ServerBusy",
            message: fault.message ?? "The server is busy.",
          };
    const response = await damage(await logResponse(stored, request), fault);
    for (const [name, value] of Object.entries(corsHeaders)) response.headers.set(name, value);
    recorded.status = response.status;
    return response;
  };

  /** One request below the API's base. Every route goes through the same stages, in this order. */
  const api = async (
    request: Request,
    url: URL,
    urls: FakeUrls,
    pathname: string,
  ): Promise<Response> => {
    const match = table.match(request.method, pathname);
    const body = await readBody(request);
    const target = {
      operation: match?.route.name,
      path: match?.path ?? {},
      body: body.body === invalidJson ? undefined : body.body,
    };
    const recorded = recordedRequest(request, url, target, now());
    options.record(recorded);
    const admission = admit(options, request, match?.route.name === "rateLimit.get");
    const requestId = options.requestId();
    const common = { ...admission.headers, "x-github-request-id": requestId };
    const version = request.headers.get("x-github-api-version");
    const { caller } = admission;
    const ofRoute: Record<string, string> = {
      ...(caller && tokenHeaders(caller, match?.route.need)),
      ...deprecationHeaders(match?.route.name, apiVersion(version)),
    };
    const send = (reply: Reply): Response => {
      const headers: Record<string, string> = { ...common, ...ofRoute, ...reply.headers };
      const links = [reply.headers?.["link"], ofRoute["link"]].filter((one) => one !== undefined);
      if (links.length > 0) headers["link"] = links.join(", ");
      const response = toResponse(
        { ...reply, headers },
        request,
        admission.caller?.anonymous ?? true,
      );
      if (response.status === 304 && admission.caller !== undefined)
        refund(response, limits, admission.caller);
      recorded.status = response.status;
      return response;
    };
    if (caller === undefined) return send(admission.refusal);
    if (apiVersion(version) === undefined) return send(unknownVersion(version));
    const fault = faults.next(match?.route.name) ?? {};
    await beforeResponse(fault, request.signal);
    const { method, headers } = request;
    const sent = { method, headers, url, urls, pathname, body, caller, requestId, now: now() };
    const authorization = request.headers.get("authorization");
    const reply =
      fault.status !== undefined
        ? faultReply(fault, match?.route.documentationUrl ?? root)
        : match === undefined
          ? unknown(request.method, pathname, recorded)
          : await perform(match, sent, authorization);
    const response = send(reply);
    const location = response.headers.get("location");
    // A download's damage is in the archive, not in the redirect to it.
    if (response.status === 302 && location !== null) {
      if (fault.corrupt_zip === true || fault.truncate !== undefined)
        faults.promise(location, fault);
      return response;
    }
    return damage(response, fault);
  };

  const unknown = (method: string, pathname: string, recorded: RecordedRequest): Reply => {
    const reply = unknownRoute({ method, pathname });
    recorded.status = reply.status;
    options.invalid(notImitated({ method, pathname }));
    return reply;
  };

  /** Access, renamed repositories, the description's checks, then the route itself. */
  const perform = async (
    { route, path }: Match,
    { body, ...sent }: Sent,
    authorization: string | null,
  ): Promise<Reply> => {
    const { url, caller } = sent;
    const { dispatch, branchSha } = options;
    const refusalOf = (record: RepositoryRecord, need: Need): AccessRefusal | undefined => {
      const fullName = `${record.owner}/${record.name}`;
      return accessRefusal(caller, { fullName, private: record.private }, need, authorization);
    };
    const call: AccountRequest = {
      ...sent,
      ...body,
      route,
      path,
      store,
      limits,
      dispatch,
      branchSha,
      mayRead: (record) => refusalOf(record, readNeed) === undefined,
      readRefusal(record, permissions) {
        options.permissions.add(permissions);
        return refusalOf(record, { ...readNeed, permissions })?.message;
      },
    };
    const about =
      route.about === "handled" ? isAboutRepository(route) : route.about === "repository";
    const found = about ? findRepository(store, path) : undefined;
    if (about) {
      if (found === undefined) return notFound(call);
      const { repository, moved } = found;
      const refusal = refusalOf(repository, route.need);
      if (refusal !== undefined)
        return { ...refuse(call, refusal), ...(refusal.headers && { headers: refusal.headers }) };
      if (moved) return movedReply(repositoryUrl(repository, sent), route.need);
    }
    options.permissions.add(route.need.permissions);
    if (route.about === "handled") return route.respond({ ...call, repository: found?.repository });
    if (call.body === invalidJson)
      return refuse(call, { status: 400, message: "Problems parsing JSON" });
    const version = apiVersion(sent.headers.get("x-github-api-version"));
    const problems = requestProblems(route, url.searchParams, call.body, version);
    for (const one of problems.unknown) options.invalid(one);
    if (problems.refused !== undefined) return refuse(call, problems.refused);
    const plain = withoutRepeats(url);
    if (route.about === "account" || found === undefined)
      return route.about === "account" ? route.respond(call) : notFound(call);
    const { repository } = found;
    const reply = await route.respond({ ...call, url: plain, repository });
    return withLink(reply, repositoryUrl(repository, { ...sent, url: plain }));
  };

  return {
    async respond(request, urls) {
      if (request.method === "OPTIONS") return preflight();
      const url = new URL(request.url);
      if (isOnLogs(url, urls)) return logs(request, url, !urls.api.startsWith(urls.logs));
      const pathname = below(url, urls.api);
      if (pathname === undefined) {
        throw new TypeError(
          `the fake has nothing at ${url.origin}${url.pathname}: it serves ${urls.api} and ${urls.logs}`,
        );
      }
      return api(request, url, urls, pathname);
    },
    handle: (route) => table.add(route),
    clear: () => table.clear(),
    save: () => table.save(),
  };
}

/** What it takes to know that a repository is there. */
const readNeed: Need = { kind: "read", permissions: [], publicRead: true };

/** A request, without its route. */
interface Sent {
  method: string;
  headers: Headers;
  url: URL;
  urls: FakeUrls;
  /** Below the API's base. */
  pathname: string;
  body: SentBody;
  caller: Caller;
  requestId: string;
  now: number;
}

/** A 304 costs nothing. */
function refund(response: Response, limits: Limits, caller: Caller): void {
  limits.refund(caller.key);
  const used = Number(response.headers.get("x-ratelimit-used")) - 1;
  const limit = Number(response.headers.get("x-ratelimit-limit"));
  response.headers.set("x-ratelimit-used", String(used));
  response.headers.set("x-ratelimit-remaining", String(limit - used));
}

function unknownVersion(version: string | null): Reply {
  return problem(
    400,
    `API version "${version}" is not supported. Supported versions: ${apiVersions.join(", ")}`,
    `${root}/about-the-rest-api/api-versions`,
  );
}

function faultReply(fault: Fault, documentationUrl: string): Reply {
  const status = fault.status as number;
  const headers = { ...fault.headers };
  if (fault.message === null) return { status, headers };
  const message = fault.message ?? (status >= 500 ? "Server Error" : "Something went wrong");
  return { ...problem(status, message, documentationUrl), headers };
}

/** The URL of a request by the repository's id: the one form that never changes. */
function repositoryUrl(
  { id }: RepositoryRecord,
  { url, urls, pathname }: Pick<Sent, "url" | "urls" | "pathname">,
): URL {
  const rest = pathname.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, "");
  return new URL(`${urls.api}/repositories/${id}${rest}${url.search}`);
}

/** GitHub's own links name the repository by its id. */
function withLink(reply: Reply, url: URL): Reply {
  const link = reply.page === undefined ? undefined : linkHeader(url, reply.page);
  return link === undefined ? reply : { ...reply, headers: { ...reply.headers, link } };
}

/** A renamed repository. */
function movedReply({ href }: URL, need: Need): Reply {
  const read = need.kind !== "write";
  return {
    status: read ? 301 : 307,
    headers: { location: href },
    body: {
      message: read ? "Moved Permanently" : "Temporary Redirect",
      url: href,
      documentation_url: `${root}/guides/best-practices-for-using-the-rest-api#follow-redirects`,
    },
  };
}

function recordedRequest(
  request: Request,
  url: URL,
  target: Pick<RecordedRequest, "operation" | "path" | "body">,
  at: number,
): RecordedRequest {
  return {
    ...target,
    method: request.method,
    url: request.url,
    query: Object.fromEntries(url.searchParams),
    headers: recordedHeaders(request.headers),
    status: 0,
    at,
  };
}

const invalidJson = Symbol("invalid JSON");

/** A request's body as it was sent, and what it says. */
interface SentBody {
  text: string;
  body: unknown;
}

async function readBody(request: Request): Promise<SentBody> {
  const text = request.body === null ? "" : await request.text();
  if (text === "") return { text, body: undefined };
  try {
    return { text, body: JSON.parse(text) };
  } catch {
    return { text, body: invalidJson };
  }
}

/** The URL as it is read: of a query parameter that is there twice the last one counts. */
function withoutRepeats(url: URL): URL {
  const last = new Map(url.searchParams);
  if (last.size === url.searchParams.size) return url;
  const plain = new URL(url);
  plain.search = new URLSearchParams([...last]).toString();
  return plain;
}
