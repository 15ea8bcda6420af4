import type { paths } from "@workflow-runs/openapi-types";
import type { Client as OpenapiFetch } from "openapi-fetch";
import type { CallSettings } from "./call.ts";
import type { Call } from "./middleware.ts";
import { fromRequest, toResponse } from "./web.ts";

type Init = { parseAs?: string; signal?: AbortSignal; redirect?: string } | undefined;

/** openapi-fetch on our onion, its types left to those of the client. It is loaded with the first raw call. */
export function rawCall({
  send,
  baseUrl,
  headers,
}: CallSettings): (method: string, path: string, init: Init) => Promise<unknown> {
  let loaded: Promise<OpenapiFetch<paths>> | undefined;
  const load = (): Promise<OpenapiFetch<paths>> =>
    (loaded ??= import("openapi-fetch").then(
      (module) => module.default<paths>({ baseUrl, headers }),
      (error: unknown) => {
        // To be tried again by the next call.
        loaded = undefined;
        throw error;
      },
    ));
  return async (method, path, init) => {
    const { parseAs = "json", signal, redirect } = init ?? {};
    const call: Call = {
      stream: parseAs !== "json" && parseAs !== "text",
      redirect: redirect === "manual" ? redirect : undefined,
    };
    const fetch = async (request: Request): Promise<Response> =>
      toResponse(await send({ ...(await fromRequest(request, call)), signal }));
    const client = (await load()) as unknown as Record<
      string,
      (path: string, init: object) => Promise<unknown>
    >;
    return client[method]?.(path, { fetch, ...init });
  };
}
