import type { operations as Types } from "@workflow-runs/openapi-types";
import { operations } from "@workflow-runs/openapi-types/operations";
import { apiVersions } from "../src/router/api-version.ts";
import { checkRequest, checkResponse, versionOf, type OperationName } from "./validation.ts";

type Body<Name extends OperationName> = Types[(typeof operations)[Name]["id"]] extends {
  responses: infer Responses;
}
  ? Responses extends { 200: { content: { "application/json": infer Data } } }
    ? Data
    : unknown
  : never;

export interface Answer<Data> {
  status: number;
  headers: Headers;
  /** The JSON body; undefined when there is none. */
  data: Data;
  response: Response;
}

export type Ask = <Name extends OperationName>(
  name: Name,
  parameters?: Record<string, unknown>,
  init?: { headers?: Record<string, string>; redirect?: RequestRedirect; unchecked?: boolean },
) => Promise<Answer<Body<Name>>>;

/**
 * A client with nothing of ours in it, for tests: flat parameters, and every request and every
 * response is held against the description.
 */
export function asker(
  target: { fetch: typeof globalThis.fetch; baseUrl: string },
  repository = "octo-org/octo-repo",
): Ask {
  const [owner, repo] = repository.split("/");
  return async <Name extends OperationName>(
    name: Name,
    parameters: Record<string, unknown> = {},
    init: {
      headers?: Record<string, string>;
      redirect?: RequestRedirect;
      unchecked?: boolean;
    } = {},
  ) => {
    const { path, method, pathParameters, queryParameters } = operations[name];
    const all: Record<string, unknown> = { owner, repo, ...parameters };
    const url = new URL(
      target.baseUrl +
        path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(all[key]))),
    );
    const rest: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(all)) {
      if ((pathParameters as readonly string[]).includes(key)) continue;
      if ((queryParameters as readonly string[]).includes(key) || method === "get")
        url.searchParams.set(key, String(value));
      else if (key !== "owner" && key !== "repo") rest[key] = value;
    }
    const body = Object.keys(rest).length > 0 ? rest : undefined;
    const version = init.headers?.["x-github-api-version"] ?? "2022-11-28";
    // What the API does with a version that it does not know is for the test to say.
    const checked = init.unchecked !== true && apiVersions.includes(version);
    if (checked) checkRequest(name, url.searchParams, body, version);
    const response = await target.fetch(url, {
      method: method.toUpperCase(),
      headers: { accept: "application/vnd.github+json", ...init.headers },
      redirect: init.redirect ?? "manual",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = response.headers.get("content-type")?.startsWith("application/json") === true;
    const data = json ? ((await response.clone().json()) as unknown) : undefined;
    const onApi = init.redirect !== "follow";
    if (onApi) checkResponse(name, response.status, data, versionOf(response.headers));
    return {
      status: response.status,
      headers: response.headers,
      data: data as Body<Name>,
      response,
    };
  };
}
