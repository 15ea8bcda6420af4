import { type Answer, fromResponse } from "./answer.ts";
import type { Publish } from "./diagnostics.ts";
import { ApiError, NetworkError, WorkflowRunsError } from "./errors.ts";
import type { Send } from "./middleware.ts";
import { maxRedirects, redirectOf } from "./redirect.ts";
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
  return async (request) => {
    const { method, url, signal, call } = request;
    const start = performance.now();
    let status: number | undefined;
    try {
      const { response, file } = await follow(request, options);
      status = response.status;
      // A download that failed is an error message, not a stream.
      const answer = await fromResponse(response, call.stream);
      return file && !response.ok ? fileFailed(request, file, answer) : answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof WorkflowRunsError) throw error;
      const { message, cause } = Object(error) as Error & { cause?: Error & { code?: string } };
      const reason = [message, cause?.message || cause?.code].filter(Boolean).join(": ");
      throw new NetworkError(`${method} ${url}: ${reason}`, { cause: error });
    } finally {
      const { operation } = call;
      const duration = performance.now() - start;
      const event: RequestEvent = { operation, method, url, status, duration };
      options.publish("request", event);
    }
  };
}

async function follow(
  { method, url, headers, body, signal, call }: Outgoing,
  { baseUrl, fetch = globalThis.fetch }: SendOptions,
): Promise<{ response: Response; file?: string }> {
  const download = call.stream;
  for (let hop = 0; ; hop++) {
    const init = { method, headers, body, signal, redirect: "manual" };
    const response = await fetch(url, init as RequestInit);
    const manual = call.redirect === "manual";
    if (response.type === "opaqueredirect") {
      // A browser does not show where a redirect goes. It can follow by itself, and then drops Authorization
      // when the origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch. A write is not sent twice.
      // For a file only with headers that every host allows a page: its host need not know GitHub's.
      const { accept = "*/*", authorization } = headers;
      const plain = { accept, ...(authorization && { authorization }) };
      if (!manual && method === "GET")
        return {
          response: await fetch(url, {
            headers: download ? plain : headers,
            signal,
          } as RequestInit),
        };
      throw new NetworkError(
        `${method} ${url}: answered with a redirect, and a browser does not tell where to.`,
      );
    }
    const target = manual ? undefined : redirectOf(url, response, { baseUrl, download });
    if (!target || hop === maxRedirects) return { response };
    await response.body?.cancel();
    ({ url } = target);
    if (target.away) return { response: await fetch(url, { signal } as RequestInit), file: url };
  }
}

// Not GitHub's answer, so neither its token nor its limits are at fault; and the signed URL is a secret.
function fileFailed(
  { method, url }: Outgoing,
  file: string,
  { text, response: gone }: Answer,
): Answer {
  const { status } = gone;
  const response = new Response(text, gone);
  if (status >= 500) return { text, response };
  throw new ApiError(
    `${status} ${method} ${url}: the file host ${new URL(file).origin} refused the download (${text.trim().slice(0, 200)})`,
    { status, data: text, response },
  );
}
