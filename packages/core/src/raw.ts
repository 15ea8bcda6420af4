import type { paths } from "@workflow-runs/openapi-types";
import type { Client as OpenapiFetch } from "openapi-fetch";
import { toResponse } from "./answer.ts";
import type { CallSettings } from "./call.ts";
import type { Client } from "./client-types.ts";
import type { Call } from "./middleware.ts";
import { fromRequest } from "./request.ts";

type Init = { parseAs?: string; signal?: AbortSignal; redirect?: string } | undefined;

/** openapi-fetch on our onion. It is loaded with the first raw call: the methods do without it. */
export function rawMethods(settings: CallSettings): Pick<Client, "GET" | "POST" | "DELETE"> {
  const { send, baseUrl, headers } = settings;
  let loaded: Promise<OpenapiFetch<paths>> | undefined;
  const load = (): Promise<OpenapiFetch<paths>> =>
    (loaded ??= import("openapi-fetch").then((module) =>
      module.default<paths>({ baseUrl, headers }),
    ));
  const raw = (method: "GET" | "POST" | "DELETE") => async (path: string, init: Init) => {
    const { parseAs = "json", signal, redirect } = init ?? {};
    const call: Call = {
      stream: parseAs !== "json" && parseAs !== "text",
      redirect: redirect === "manual" ? redirect : undefined,
    };
    const fetch = async (request: Request): Promise<Response> =>
      toResponse(await send({ ...(await fromRequest(request, call)), signal }));
    const client = (await load()) as unknown as Record<
      typeof method,
      (path: string, init: object) => Promise<unknown>
    >;
    return client[method](path, { fetch, ...init });
  };
  return {
    GET: raw("GET") as Client["GET"],
    POST: raw("POST") as Client["POST"],
    DELETE: raw("DELETE") as Client["DELETE"],
  };
}
