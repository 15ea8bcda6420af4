import { textOf } from "./answer.ts";
import type { SendOptions } from "./environment.ts";
import type { Send } from "./middleware.ts";
import { networkError } from "./network-error.ts";

/**
 * Sends from a browser, which does not show where a redirect goes. It can follow by itself, and then drops
 * `Authorization` when the origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch. A write is not
 * sent twice.
 */
export function browserSender(options: SendOptions): Send {
  return async (request) => {
    const { method, url, headers, body, signal } = request;
    const { fetch = globalThis.fetch } = options;
    // A file is asked for with headers that every host allows a page: its host need not know GitHub's.
    const { accept = "*/*", authorization } = headers;
    const init = {
      method,
      headers: request.stream ? { accept, ...(authorization && { authorization }) } : headers,
      body,
      signal,
      // GitHub lets a browser keep answers for a minute; a run that was started again would look completed.
      cache: "no-store",
      redirect: method === "GET" && request.redirect !== "manual" ? "follow" : "manual",
    };
    try {
      const response = await fetch(url, init as RequestInit);
      if (response.type === "opaqueredirect")
        throw new TypeError("a redirect, which a browser does not show");
      return { text: await textOf(response, request.stream), response };
    } catch (error) {
      throw networkError(request, error);
    }
  };
}
