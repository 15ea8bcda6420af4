import createFetchClient, { type Client as OpenapiFetchClient, mergeHeaders } from "openapi-fetch";
import { sendable } from "../options/headers.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import type { Send } from "../middleware/chain.ts";
import type { Call } from "../middleware/middleware.ts";
import type { PlainRequest } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";
import { fromWebRequest, toWebResponse } from "../transport/web.ts";

export type { OpenapiFetchClient };

/** A raw method of openapi-fetch, its types left to those of the client. */
export type RawMethod = (path: string, init?: RawInit) => Promise<RawResult>;

/** What is used of openapi-fetch's options; all of them are passed on. */
export interface RawInit {
  params?: { path?: object; query?: object };
  body?: unknown;
  headers?: Parameters<typeof mergeHeaders>[0];
  parseAs?: string | undefined;
  signal?: AbortSignal | undefined;
  redirect?: string | undefined;
  cache?: unknown;
  middleware?: readonly unknown[];
}

/** What openapi-fetch resolves to. */
export interface RawResult {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** What was sent and what came back, behind what openapi-fetch reads of a response: there is nothing to read. */
export interface Exchange {
  readonly request: PlainRequest;
  readonly received: PlainResponse;
}

/** Sends one operation: its parameters are sorted and checked, `headers` are the call's own. */
export type SendOperation = (
  method: string,
  path: string,
  init: Pick<RawInit, "params" | "body">,
  call: Call & { readonly headers?: Readonly<Record<string, string>> | undefined },
) => Promise<{ response: Exchange }>;

/** One openapi-fetch client whose `fetch` is our chain of middlewares. */
export interface OpenapiFetch {
  send: SendOperation;
  raw: (method: string) => RawMethod;
}

/**
 * The one road to the chain. openapi-fetch puts URL, query, headers and body together and reads the body; it
 * gets light stand-ins for `Request` and `Response`, as a platform `Request` would be copied into another one by
 * `fetch`, and the body has been read by the chain.
 */
export function openapiFetch(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  send: Send,
): OpenapiFetch {
  const client = createFetchClient<Record<string, never>>({
    baseUrl,
    Request: LightRequest as unknown as typeof Request,
  }) as unknown as {
    request(method: string, path: string, init: object): Promise<RawResult>;
  };

  return {
    send(method, path, { params, body: json }, call) {
      // Without the client's headers, which openapi-fetch would put into a `Headers` to be taken out of it again.
      const fetch = async (light: LightRequest): Promise<Exchange> => {
        const { url, body } = light;
        const all = { ...(body !== undefined && light.plainHeaders), ...headers, ...call.headers };
        const request = { ...call, method: light.method, url, headers: all, body };
        return { ...nothingToRead, request, received: await send(request) };
      };
      const init = { params, body: json, pathSerializer, fetch };
      // Its `response` is what `fetch` gave.
      return client.request(method, path, init) as unknown as ReturnType<SendOperation>;
    },
    raw: (method) => async (path, init) => {
      checkPath(method, path, init?.params?.path);
      const call = callOf(init);
      let received: PlainResponse | undefined;
      const light = {
        async fetch({ method, url, plainHeaders, body }: LightRequest): Promise<LightResponse> {
          received = await send({ ...call, method, url, headers: plainHeaders, body });
          return new LightResponse(received);
        },
      };
      // A middleware of openapi-fetch's own wants the platform's Request and Response.
      const platform = {
        Request: globalThis.Request,
        fetch: async (request: Request) =>
          toWebResponse(await send(await fromWebRequest(request, call))),
      };
      const result = await client.request(method, path, {
        ...init,
        ...call,
        headers: sendable(method, "A header", () => mergeHeaders(headers, init?.headers)),
        ...(init?.middleware?.length ? platform : light),
      });
      return received ? { ...result, response: received.response } : result;
    },
  };
}

/** A raw call's options that mean something to our chain; `cache` is a word of `fetch` there. */
function callOf({ parseAs = "json", signal, redirect, cache }: RawInit = {}): Call & object {
  return {
    signal,
    stream: parseAs !== "json" && parseAs !== "text",
    redirect: redirect === "manual" ? redirect : undefined,
    cache: typeof cache === "string" ? undefined : (cache as Call["cache"]),
  };
}

/** @throws {ParameterError} for a name of the path that has no value: GitHub would look for the braces */
function checkPath(method: string, path: string, values: object = {}): void {
  // openapi-fetch also takes `{name*}`, `{.name}` and `{;name}`.
  const names = [...path.matchAll(/\{[.;]?([^{}*]+)\*?\}/g)].map(([, name = ""]) => name);
  const missing = names.find((name) => (values as Record<string, unknown>)[name] === undefined);
  if (missing !== undefined)
    throw new ParameterError(
      `${method}: Missing parameter ${JSON.stringify(missing)} of ${path}: pass { params: { path: { ${names.join(", ")} } } }.`,
      { parameter: missing },
    );
}

/** The URL of an operation: its values are names and integers, checked before. */
function pathSerializer(path: string, values: Readonly<Record<string, unknown>>): string {
  const parts = partsOfPaths.get(path) ?? path.split(/[{}]/);
  partsOfPaths.set(path, parts);
  // Every other part is a name.
  return parts.reduce((url, part, index) =>
    index % 2 === 0 ? url + part : url + encodeURIComponent(String(values[part])),
  );
}

/** The paths of the operations that were called, cut at their braces. */
const partsOfPaths = new Map<string, readonly string[]>();

/** What openapi-fetch makes of a call; it adds the options of a raw call by itself. */
class LightRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(
    url: string,
    { method, headers, body }: { method: string; headers: Headers; body?: string },
  ) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  get plainHeaders(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.headers);
  }
}

/** What openapi-fetch reads of a response that has been read: that it has no body. */
const nothingToRead = { ok: true, status: 204, headers: new Map() };

/** What openapi-fetch reads of a response. */
class LightResponse {
  readonly received: PlainResponse;

  constructor(received: PlainResponse) {
    this.received = received;
  }

  get ok(): boolean {
    return this.received.response.ok;
  }

  get status(): number {
    return this.received.status;
  }

  get headers(): Headers {
    return this.received.response.headers;
  }

  get body(): ReadableStream | null {
    return this.received.response.body;
  }

  text(): Promise<string> {
    const { text, response } = this.received;
    return text === undefined ? response.text() : Promise.resolve(text);
  }

  json(): Promise<unknown> {
    return this.text().then((text): unknown => JSON.parse(text));
  }

  blob(): Promise<Blob> {
    return this.received.response.blob();
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.received.response.arrayBuffer();
  }
}
