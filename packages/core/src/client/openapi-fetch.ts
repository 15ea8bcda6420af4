import createFetchClient, { type Client as OpenapiFetchClient } from "openapi-fetch";
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

/** What one operation's method needs: the request and the response as they passed through the chain. */
export type SendOperation = (
  method: string,
  path: string,
  init: RawInit & Call & { headers?: Readonly<Record<string, string>> | undefined },
) => Promise<{ text: unknown; request: PlainRequest; received: PlainResponse }>;

/** One openapi-fetch client whose `fetch` is our chain of middlewares. */
export interface OpenapiFetch {
  send: SendOperation;
  raw: (method: string) => RawMethod;
}

/**
 * The one road to the chain. openapi-fetch puts URL, query, headers and body together and reads the body; it is
 * given light stand-ins for `Request` and `Response`, as a platform `Request` would be copied into another one by
 * `fetch`, and the body has been read by the chain.
 */
export function openapiFetch(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  send: Send,
): OpenapiFetch {
  const fetch = async (input: Request): Promise<Response> => {
    const light = input as unknown as LightRequest;
    return new LightResponse(light, await send(light)) as unknown as Response;
  };
  const client = createFetchClient<Record<string, never>>({
    baseUrl,
    headers,
    fetch,
    Request: LightRequest as unknown as typeof Request,
  }) as unknown as {
    request(method: string, path: string, init: object): Promise<RawResult>;
  };

  return {
    async send(method, path, init) {
      const { data, response } = await client.request(method, path, init);
      const { request, received } = response as unknown as LightResponse;
      return { text: data, request, received };
    },
    raw: (method) => async (path, init) => {
      const call = callOf(init);
      // A middleware of openapi-fetch's own wants the platform's Request and Response.
      const platform = init?.middleware?.length && {
        Request: globalThis.Request,
        fetch: async (request: Request) =>
          toWebResponse(await send(await fromWebRequest(request, call))),
      };
      const result = await client.request(method, path, { ...init, ...call, ...platform });
      return platform
        ? result
        : { ...result, response: (result.response as unknown as LightResponse).received.response };
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

/** What openapi-fetch makes of a call; it adds the call's own options (method, signal, …) by itself. */
class LightRequest implements PlainRequest {
  declare readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;

  constructor(url: string, { headers, body }: { headers: Headers; body?: string }) {
    this.url = url;
    this.headers = Object.fromEntries(headers);
    this.body = body;
  }
}

/** What openapi-fetch reads of a response. */
class LightResponse {
  readonly request: PlainRequest;
  readonly received: PlainResponse;

  constructor(request: PlainRequest, received: PlainResponse) {
    this.request = request;
    this.received = received;
  }

  get ok(): boolean {
    return this.received.response.ok;
  }

  get status(): number {
    return this.received.response.status;
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
