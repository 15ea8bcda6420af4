import { type Answer, fromResponse } from "./answer.ts";
import type { Publish } from "./diagnostics.ts";
import { ApiError, NetworkError, WorkflowRunsError } from "./errors.ts";
import type { Call, Send } from "./middleware.ts";
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
export function sender(options: SendOptions): Send {
  return async (request, call) => {
    const { method, url, signal } = request;
    const start = performance.now();
    let status: number | undefined;
    try {
      const { response, file } = await follow(request, call, options);
      status = response.status;
      // A download that failed is an error message, not a stream.
      const answer = await fromResponse(response, call.stream);
      return file && !response.ok ? fileFailed(request, file, answer) : answer;
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
  const { method, headers, body = null, signal = null } = request;
  const init: RequestInit = { method, headers, body, signal, redirect: "manual" };
  const download = call.stream ?? false;
  let { url } = request;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, init);
    const manual = call.redirect === "manual";
    if (response.type === "opaqueredirect") {
      // A browser does not show where a redirect goes. It can follow by itself, and then drops Authorization
      // when the origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch. A write is not sent twice.
      // For a file only with headers that every host allows a page: its host need not know GitHub's.
      const { accept = "*/*", authorization } = headers;
      const plain = { accept, ...(authorization !== undefined && { authorization }) };
      if (!manual && method === "GET")
        return { response: await fetch(url, { headers: download ? plain : headers, signal }) };
      throw new NetworkError(
        `${method} ${url}: answered with a redirect, and a browser does not tell where to.`,
      );
    }
    if (manual) return { response };
    const decision = decideRedirect({ url, method }, response, { baseUrl, download });
    if (decision.action === "stop" || hop === maxRedirects) return { response };
    await response.body?.cancel();
    if (decision.action === "download")
      return { response: await fetch(decision.url, { signal }), file: new URL(decision.url) };
    ({ url } = decision);
  }
}

// Not GitHub's answer, so neither its token nor its limits are at fault; and the signed URL is a secret.
function fileFailed({ method, url }: Outgoing, { origin }: URL, answer: Answer): Answer {
  const { status, text: data } = answer;
  const response = new Response(data, answer.response);
  if (status >= 500) return { ...answer, response };
  throw new ApiError(
    `${status} ${method} ${url}: the file host ${origin} refused the download (${data.trim().slice(0, 200)})`,
    { status, data, response },
  );
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as {
    message?: string;
    cause?: { message?: string; code?: string };
  };
  return [message, cause?.message || cause?.code].filter(Boolean).join(": ");
}
