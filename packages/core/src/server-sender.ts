import { textOf } from "./answer.ts";
import { browserSender } from "./browser-sender.ts";
import { refuse } from "./checks.ts";
import type { Channel } from "./diagnostics.ts";
import type { SendOptions } from "./environment.ts";
import { ApiError } from "./errors.ts";
import type { Send } from "./middleware.ts";
import { networkError } from "./network-error.ts";
import { maxRedirects, type Redirect, redirectOf } from "./redirect.ts";
import type { Outgoing } from "./request.ts";

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

// A page or a worker of one that got this build has the browser's cache all the same, see `browserSender`.
const inPage = ["document", "importScripts"].some((name) => name in globalThis) && {
  cache: "no-store",
};

/**
 * Sends from where a redirect can be seen: follows those that may be followed, and reads the body unless it is
 * a download, so that a body that breaks off is a failed try like any other.
 */
export function serverSender(options: SendOptions, channel: Channel | undefined): Send {
  return async (request) => {
    const { operation, method, url, headers, body, signal, stream } = request;
    const { fetch = globalThis.fetch } = options;
    const init = { method, headers, body, signal, redirect: "manual", ...inPage };
    const start = performance.now();
    let status: number | undefined;
    try {
      const first = await fetch(url, init as RequestInit);
      if (typeof first?.text !== "function") refuse("fetch", first, "what fetch gives: a Response");
      // A browser after all, whose bundler did not ask for a browser's build.
      if (first.type === "opaqueredirect") {
        if (method === "GET" && request.redirect !== "manual")
          return await browserSender(options)(request);
        throw new TypeError("a redirect, which a browser does not show");
      }
      const target = redirectOf(url, first, options.baseUrl);
      const response = target ? await follow(request, first, target, init, options) : first;
      ({ status } = response);
      return { text: await textOf(response, stream), response };
    } catch (error) {
      if (error instanceof ApiError) ({ status } = error);
      const { message, cause } = Object(error) as Error & { cause?: Error & { code?: string } };
      const reason = [message, cause?.message || cause?.code].filter(Boolean).join(": ");
      throw networkError(request, error, reason);
    } finally {
      if (channel?.hasSubscribers) {
        const duration = performance.now() - start;
        channel.publish({ operation, method, url, status, duration } satisfies RequestEvent);
      }
    }
  };
}

async function follow(
  { method, url, signal, stream, redirect }: Outgoing,
  first: Response,
  to: Redirect,
  init: object,
  { baseUrl, fetch = globalThis.fetch }: SendOptions,
): Promise<Response> {
  let response = first;
  let target: Redirect | undefined = to;
  for (let hops = 0; target && hops < maxRedirects; hops++) {
    const { url: at, away } = target;
    if (away && (!stream || redirect === "manual")) return response;
    await response.body?.cancel();
    if (away) {
      const file = await fetch(at, { signal } as RequestInit);
      // A download that failed is an error message, not a stream.
      return file.ok || file.status >= 500 ? file : refused(`${method} ${url}`, at, file);
    }
    response = await fetch(at, init);
    target = redirectOf(at, response, baseUrl);
  }
  return response;
}

// Not GitHub's answer, so neither its token nor its limits are at fault; and the signed URL is a secret.
async function refused(asked: string, url: string, file: Response): Promise<never> {
  const { status } = file;
  const text = await file.text();
  throw new ApiError(
    `${status} ${asked}: the file host ${new URL(url).origin} refused the download (${text.trim().slice(0, 200)})`,
    { status, data: text, response: new Response(text, file) },
  );
}
