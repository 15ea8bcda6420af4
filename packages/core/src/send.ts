import type { Publish } from "./diagnostics.ts";
import { ApiError, NetworkError, WorkflowRunsError } from "./errors.ts";
import type { Call } from "./middleware.ts";
import { readable } from "./read-response.ts";
import { decideRedirect, maxRedirects } from "./redirect.ts";
import type { Outgoing } from "./request.ts";

type Fetch = typeof globalThis.fetch;

/** What sending needs to know. */
export interface SendOptions {
  /** Root of the API; the token goes below it only. */
  baseUrl: string;
  /** Default: `globalThis.fetch`, looked up at each request. */
  fetch?: Fetch | undefined;
  publish: Publish;
}

/** One request as it went over the wire (redirects included). */
export interface RequestEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** Status of the answer; absent when there was none. */
  status: number | undefined;
  /** Milliseconds until the body was read (for a download: until its headers came). */
  duration: number;
}

/**
 * The innermost step: sends the request, follows the redirects that may be followed, and reads the body
 * unless it is a download, so that a body that breaks off is a failed try like any other.
 */
export function sender(options: SendOptions): (request: Outgoing, call: Call) => Promise<Response> {
  return async (request, call) => {
    const { method, url, signal } = request;
    const start = performance.now();
    let status: number | undefined;
    try {
      const { response, file } = await follow(request, call, options);
      status = response.status;
      // A download that failed is an error message, not a stream.
      if (call.stream && (response.ok || call.redirect === "manual")) return response;
      const text = await response.text();
      if (file && status < 500) throw fileError(request, file, response, text);
      return readable(response, text, file?.origin);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof WorkflowRunsError) throw error;
      throw new NetworkError(`${method} ${url}: ${reasonOf(error)}`, { cause: error });
    } finally {
      const { operation } = call;
      const duration = performance.now() - start;
      options.publish("request", {
        operation,
        method,
        url,
        status,
        duration,
      } satisfies RequestEvent);
    }
  };
}

async function follow(
  request: Outgoing,
  call: Call,
  { baseUrl, fetch = globalThis.fetch }: SendOptions,
): Promise<{ response: Response; file?: URL }> {
  const { method, headers, body, signal } = request;
  const init: RequestInit = {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  };
  let { url } = request;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, { ...init, redirect: "manual" });
    if (response.type === "opaqueredirect")
      return { response: await followOpaque(url, init, call, fetch) };
    if (call.redirect === "manual") return { response };
    const decision = decideRedirect({ url, method }, response, {
      baseUrl,
      download: call.stream ?? false,
    });
    if (decision.action === "stop" || hop === maxRedirects) return { response };
    await response.body?.cancel();
    if (decision.action === "download")
      return {
        response: await fetch(decision.url, signal ? { signal } : {}),
        file: new URL(decision.url),
      };
    url = decision.url;
  }
}

// A browser does not show where a redirect goes. It can follow by itself, and then drops Authorization when
// the origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch. A write is not sent twice.
function followOpaque(url: string, init: RequestInit, call: Call, fetch: Fetch): Promise<Response> {
  if (call.redirect !== "manual" && init.method === "GET")
    return fetch(url, { ...init, redirect: "follow" });
  throw new NetworkError(
    `${init.method} ${url}: answered with a redirect, and a browser does not tell where to.`,
  );
}

// Not GitHub's answer, so neither its token nor its limits are at fault; and the signed URL is a secret.
function fileError(
  { method, url }: Outgoing,
  { origin }: URL,
  response: Response,
  text: string,
): ApiError {
  const { status } = response;
  return new ApiError(
    `${status} ${method} ${url}: the file host ${origin} refused the download (${text.trim().slice(0, 200)})`,
    { status, data: text, response: readable(response, text, origin) },
  );
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as {
    message?: string;
    cause?: { message?: string; code?: string };
  };
  return [message, cause?.message || cause?.code].filter(Boolean).join(": ");
}
