import { logAnswer } from "../archives/log-service.ts";
import { logResponse } from "../archives/log-response.ts";
import { problem, type Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { accessRefusal, type Caller, type Need, type TokenInit } from "../rules/access.ts";
import type { Fault } from "../rules/fault.ts";
import { requestProblems } from "../rules/request-check.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Faults } from "../state/faults.ts";
import type { Limits } from "../state/limits.ts";
import type { Store } from "../state/store.ts";
import { admit } from "./admission.ts";
import { apiVersion, apiVersions } from "./api-version.ts";
import type { Call } from "./context.ts";
import { corsHeaders, preflight } from "./cors.ts";
import type { OperationName } from "../rules/operation-name.ts";
import { documentation } from "./documentation.ts";
import { beforeAnswer, damage } from "./faulty.ts";
import { below, findRepository, matchPath } from "./locate.ts";
import { neighbour } from "./neighbours.ts";
import { behaviour } from "./operations.ts";
import { recordedHeaders, type RecordedRequest } from "./requests.ts";
import { toResponse } from "./response.ts";
import type { Match } from "./match.ts";

/** What answers requests, whichever door they come through. */
export interface Router {
  /** @param urls where this door's URLs lead to */
  answer(request: Request, urls: FakeUrls): Promise<Response>;
}

/** What a router works on. */
export interface RouterOptions {
  store: Store;
  faults: Faults;
  limits: Limits;
  /** Where requests are recorded, if they are. */
  requests: RecordedRequest[] | undefined;
  now: () => number;
  tokens: Readonly<Record<string, TokenInit>> | undefined;
  /** Told of requests the description does not know. */
  invalid: (problem: string) => void;
  requestId: () => string;
}

const root = "https://docs.github.com/rest";

export function createRouter(options: RouterOptions): Router {
  const { store, faults, limits, now } = options;

  const logs = async (request: Request, url: URL, foreign: boolean): Promise<Response> => {
    const fault = faults.promised(url.href) ?? faults.next("logs") ?? {};
    await beforeAnswer(fault, request.signal);
    const answer =
      fault.status === undefined
        ? logAnswer(store, url, foreign && request.headers.has("authorization"), now())
        : {
            status: fault.status,
            code: "ServerBusy",
            message: fault.message ?? "The server is busy.",
          };
    const response = await damage(await logResponse(answer, request), fault);
    for (const [name, value] of Object.entries(corsHeaders)) response.headers.set(name, value);
    return response;
  };

  const api = async (
    request: Request,
    url: URL,
    urls: FakeUrls,
    match: Match | undefined,
  ): Promise<Response> => {
    const authorization = request.headers.get("authorization");
    const admission = admit(options, request);
    const common = { ...admission.headers, "x-github-request-id": options.requestId() };
    const reply = (answer: Reply): Response => {
      const response = toResponse(
        { ...answer, headers: { ...common, ...answer.headers } },
        request,
      );
      if (response.status === 304 && admission.caller !== undefined) {
        limits.refund(admission.caller.key);
        const used = Number(response.headers.get("x-ratelimit-used")) - 1;
        response.headers.set("x-ratelimit-used", String(used));
        response.headers.set(
          "x-ratelimit-remaining",
          String(Number(response.headers.get("x-ratelimit-limit")) - used),
        );
      }
      return response;
    };
    const { caller } = admission;
    if (caller === undefined) return reply(admission.refusal);
    if (apiVersion(request.headers.get("x-github-api-version")) === undefined) {
      const asked = request.headers.get("x-github-api-version");
      return reply(
        problem(
          400,
          `API version "${asked}" is not supported. Supported versions: ${apiVersions.join(", ")}`,
          `${root}/about-the-rest-api/api-versions`,
        ),
      );
    }
    if (match === undefined) {
      return reply(
        neighbour({ request, url, urls, store, limits, caller, now: now() }) ??
          problem(404, "Not Found", root),
      );
    }
    const body = await readBody(request);
    const recorded: RecordedRequest = {
      operation: match.operation,
      method: request.method,
      url: request.url,
      path: match.path,
      query: Object.fromEntries(url.searchParams),
      body: body === invalidJson ? undefined : body,
      headers: recordedHeaders(request.headers),
      status: 0,
      at: now(),
    };
    options.requests?.push(recorded);
    const fault = faults.next(match.operation) ?? {};
    await beforeAnswer(fault, request.signal);
    const plain =
      fault.status === undefined
        ? perform({ match, url, urls, body, caller, authorization })
        : faultReply(fault, match.operation);
    let response = reply(plain);
    recorded.status = response.status;
    const location = response.headers.get("location");
    // A download's damage is in the archive, not in the redirect to it.
    if (response.status === 302 && location !== null) {
      if (fault.corrupt_zip === true || fault.truncate !== undefined)
        faults.promise(location, fault);
    } else response = await damage(response, fault);
    return response;
  };

  const perform = (asked: {
    match: Match;
    url: URL;
    urls: FakeUrls;
    body: unknown;
    caller: Caller;
    authorization: string | null;
  }): Reply => {
    const { match, url, urls, body, caller } = asked;
    const refuse = (status: number, message: string): Reply =>
      problem(status, message, documentation[match.operation]);
    const found = findRepository(store, match);
    if (found === undefined) return refuse(404, "Not Found");
    const { repository } = found;
    const refusal = accessRefusal(
      caller,
      { fullName: fullName(repository), private: repository.private },
      needOf(match.operation),
      asked.authorization,
    );
    if (refusal !== undefined) return refuse(refusal.status, refusal.message);
    if (found.moved) return movedReply(repository, match, url, urls);
    if (body === invalidJson) return refuse(400, "Problems parsing JSON");
    const problems = requestProblems(match.operation, url.searchParams, body);
    for (const one of problems.unknown) options.invalid(one);
    if (problems.refused !== undefined) return refuse(422, problems.refused);
    const call: Call = {
      operation: match.operation,
      store,
      repository,
      path: match.path,
      url,
      body,
      login: caller.login,
      now: now(),
      urls,
    };
    return behaviour[match.operation](call);
  };

  return {
    async answer(request, urls) {
      if (request.method === "OPTIONS") return preflight();
      const url = new URL(request.url);
      if (url.href.startsWith(`${urls.logs}/actions-results/`)) {
        return logs(request, url, !urls.api.startsWith(urls.logs));
      }
      const pathname = below(url, urls.api);
      if (pathname === undefined) {
        throw new TypeError(
          `the fake has nothing at ${url.origin}${url.pathname}: it answers for ${urls.api} and ${urls.logs}`,
        );
      }
      return api(request, url, urls, matchPath(store, request.method, pathname));
    },
  };
}

function fullName({ owner, name }: RepositoryRecord): string {
  return `${owner}/${name}`;
}

function needOf(operation: OperationName): Need {
  if (operation.startsWith("download")) return "logs";
  return operation.startsWith("get") || operation.startsWith("list") ? "read" : "write";
}

function faultReply(fault: Fault, operation: OperationName): Reply {
  const status = fault.status as number;
  const headers = { ...fault.headers };
  if (fault.message === null) return { status, headers };
  const message = fault.message ?? (status >= 500 ? "Server Error" : "Something went wrong");
  return { ...problem(status, message, documentation[operation]), headers };
}

/** A renamed repository: GitHub sends to the one path that never changes. */
function movedReply(repository: RepositoryRecord, match: Match, url: URL, urls: FakeUrls): Reply {
  const rest = url.pathname.slice(url.pathname.indexOf("/actions/"));
  const location = `${urls.api}/repositories/${repository.id}${rest}${url.search}`;
  const read = needOf(match.operation) !== "write";
  return {
    status: read ? 301 : 307,
    headers: { location },
    body: {
      message: read ? "Moved Permanently" : "Temporary Redirect",
      url: location,
      documentation_url: `${root}/guides/best-practices-for-using-the-rest-api#follow-redirects`,
    },
  };
}

const invalidJson = Symbol("invalid JSON");

async function readBody(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return invalidJson;
  }
}
