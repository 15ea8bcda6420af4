import { problem, type Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import { tokenHeaders, type Caller, type TokenInit } from "../rules/access.ts";
import type { Fault } from "../rules/fault.ts";
import type { Faults } from "../state/faults.ts";
import type { Limits } from "../state/limits.ts";
import { admit } from "./admission.ts";
import { apiVersion, apiVersions } from "./api-version.ts";
import { readBody } from "./body.ts";
import { deprecationHeaders } from "./deprecation.ts";
import { beforeResponse, damage } from "./faulty.ts";
import type { Match, RouteTable } from "./match.ts";
import { perform, type PerformOptions } from "./perform.ts";
import { recordedRequest, type RecordedRequest } from "./requests.ts";
import { toResponse } from "./response.ts";
import { notImitated, unknownRoute } from "./unknown.ts";

/** What the API works on. */
export interface ApiOptions extends PerformOptions {
  faults: Faults;
  /** Keeps a request for authors to look at; its status is set with the response. */
  record: (request: RecordedRequest) => void;
  now: () => number;
  tokens: Readonly<Record<string, TokenInit>> | undefined;
  requestId: () => string;
}

const root = "https://docs.github.com/rest";

/** One request below the API's base. Every route goes through the same stages, in this order. */
export async function respondAsApi(
  options: ApiOptions,
  table: RouteTable,
  request: Request,
  urls: FakeUrls,
  pathname: string,
): Promise<Response> {
  const { faults, limits, now } = options;
  const { method, headers } = request;
  const match = table.match(method, pathname);
  const name = match?.route.name;
  const sent = await readBody(request);
  const target = { operation: name, path: match?.path ?? {}, body: sent.body };
  const recorded = recordedRequest(request, target, now());
  options.record(recorded);
  const admission = admit(options, request, name === "rateLimit.get");
  const { caller } = admission;
  const requestId = options.requestId();
  const version = headers.get("x-github-api-version");
  const common = { ...admission.headers, "x-github-request-id": requestId };
  const ofRoute = routeHeaders(match, caller, apiVersion(version));
  const send = (reply: Reply): Response => {
    const complete = { ...reply, headers: allHeaders(common, ofRoute, reply.headers ?? {}) };
    const response = toResponse(complete, request, caller?.anonymous ?? true);
    if (response.status === 304 && caller !== undefined) refund(response, limits, caller);
    recorded.status = response.status;
    return response;
  };
  if (admission.caller === undefined) return send(admission.refusal);
  if (apiVersion(version) === undefined) return send(unknownVersion(version));
  const fault = faults.next(name) ?? {};
  await beforeResponse(fault, request.signal);
  const url = new URL(request.url);
  const { caller: known } = admission;
  const call = { ...sent, method, headers, url, urls, pathname, requestId, caller: known };
  const reply =
    faultReply(fault, match?.route.documentationUrl ?? root) ??
    (match === undefined
      ? unknownRoute(call)
      : await perform({ ...call, ...match, now: now() }, options));
  const response = send(reply);
  // After it is recorded, because it may throw.
  if (match === undefined && fault.status === undefined) options.invalid(notImitated(call));
  return finish(response, fault, faults);
}

/** The headers that follow from the route, whatever it replies. */
function routeHeaders(
  match: Match | undefined,
  caller: Caller | undefined,
  version: string | undefined,
): Record<string, string> {
  return {
    ...(caller && tokenHeaders(caller, match?.route.need)),
    ...deprecationHeaders(match?.route.name, version),
  };
}

/** The later ones replace the former, but links are added to each other. */
function allHeaders(
  common: Readonly<Record<string, string>>,
  ofRoute: Readonly<Record<string, string>>,
  ofReply: Readonly<Record<string, string>>,
): Record<string, string> {
  const links = [ofReply["link"], ofRoute["link"]].filter((one) => one !== undefined);
  return {
    ...common,
    ...ofRoute,
    ...ofReply,
    ...(links.length > 0 && { link: links.join(", ") }),
  };
}

/** A 304 costs nothing. */
function refund(response: Response, limits: Limits, caller: Caller): void {
  limits.refund(caller.key);
  const used = Number(response.headers.get("x-ratelimit-used")) - 1;
  const limit = Number(response.headers.get("x-ratelimit-limit"));
  response.headers.set("x-ratelimit-used", String(used));
  response.headers.set("x-ratelimit-remaining", String(limit - used));
}

/** Damages a response as a fault says. A download's damage is in the archive, not in the redirect to it. */
async function finish(response: Response, fault: Fault, faults: Faults): Promise<Response> {
  const location = response.headers.get("location");
  if (response.status !== 302 || location === null) return damage(response, fault);
  if (fault.corrupt_zip === true || fault.truncate !== undefined) faults.promise(location, fault);
  return response;
}

function unknownVersion(version: string | null): Reply {
  return problem(
    400,
    `API version "${version}" is not supported. Supported versions: ${apiVersions.join(", ")}`,
    `${root}/about-the-rest-api/api-versions`,
  );
}

function faultReply(fault: Fault, documentationUrl: string): Reply | undefined {
  const { status } = fault;
  if (status === undefined) return undefined;
  const headers = { ...fault.headers };
  if (fault.message === null) return { status, headers };
  const message = fault.message ?? (status >= 500 ? "Server Error" : "Something went wrong");
  return { ...problem(status, message, documentationUrl), headers };
}
