import { ApiError } from "../errors/errors.ts";
import type { Send } from "../middleware/chain.ts";
import { defaultPerTry, limitOf } from "../middleware/timeout.ts";
import type { CallOptions } from "../options/call-options.ts";
import { isFailure } from "../middleware/retry-decision.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import { type BodyLimits, readBody, withIdleLimit } from "./body.ts";
import type { Publish } from "./diagnostics.ts";
import { fileHeaders, fileHostError } from "./file-host.ts";
import { networkError } from "./network-error.ts";
import { maxRedirects, redirectOf } from "./redirect.ts";
import { isWrite, type PlainRequest } from "./request.ts";
import { checkedResponse, isStreamed, plainResponse } from "./response.ts";

/** One request as it went over the wire (redirects included). */
export interface RequestEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** Status of the response; absent when there was none. */
  status: number | undefined;
  /** Milliseconds until the body was read (for a download: until its headers came). */
  duration: number;
}

/** What sending needs to know. */
export interface TransportOptions {
  /** Root of the API; the token goes below it only. */
  baseUrl: string;
  /** @default globalThis.fetch, looked up at each request */
  fetch?: typeof globalThis.fetch | undefined;
  /** Bytes of a body that is read, unpacked. @default 67_108_864 */
  maxBodySize?: number | undefined;
  timeout?: CallOptions["timeout"];
  publish: Publish;
}

// GitHub lets a browser keep responses for a minute; a run that was started again would look completed.
const inPage = ["document", "importScripts"].some((name) => name in globalThis) && {
  cache: "no-store",
};

/**
 * The innermost step of a client: follows the redirects that may be followed, and reads the body unless it is a
 * download, so that a body that breaks off is a failed try like any other.
 */
export function transport(options: TransportOptions): Send {
  const { baseUrl, fetch: ownFetch, publish, maxBodySize: maxSize = 2 ** 26 } = options;
  const usualIdle = limitOf("idle", options.timeout) ?? 30_000;
  const usualTry = limitOf("perTry", options.timeout) ?? defaultPerTry;
  const send = (url: string, init: object): Promise<Response> =>
    (ownFetch ?? globalThis.fetch)(url, init);
  const checked = (response: Response): Response => checkedResponse(response, "fetch");

  const limitsOf = (request: PlainRequest, stream: boolean): BodyLimits => {
    const { timeout } = request;
    const idle = limitOf("idle", timeout) ?? usualIdle;
    // A body that is read here ends with the try, which may be sooner.
    const within = !stream && idle >= (limitOf("perTry", timeout) ?? usualTry);
    return { request, maxSize, idle: within ? Infinity : idle };
  };

  /** A file's response as it is, when it is one, or when another try may give one. */
  const checkedFile = async (
    request: PlainRequest,
    url: string,
    file: Response,
  ): Promise<Response> => {
    if (!request.stream || file.ok || isFailure(file.status)) return file;
    const text = await readBody(file, limitsOf(request, false));
    throw fileHostError(request, new URL(url).origin, file, text);
  };

  /** Follows where redirects can be seen, which is everywhere but in a browser. */
  const follow = async (request: PlainRequest): Promise<Response> => {
    const { method, headers, body, signal, stream, streamFiles } = request;
    if (body !== undefined && (method === "GET" || method === "HEAD"))
      throw new ParameterError(
        `${method} ${request.url}: ${method} takes no body; nothing was sent.`,
        {
          parameter: "body",
        },
      );
    const init = { method, headers, body, signal, redirect: "manual", ...inPage };
    let { url } = request;
    for (let redirects = 0; ; redirects++) {
      const response = checked(await send(url, init));
      if (response.type === "opaqueredirect") return followHidden(request);
      const target = redirectOf(method, url, response, baseUrl);
      if (!target || request.followsNone || redirects === maxRedirects) return response;
      const leaves = (stream || streamFiles) && request.redirect !== "manual" && !isWrite(method);
      if (target.away && !leaves) return response;
      await response.body?.cancel();
      if (target.away)
        return checkedFile(
          request,
          target.url,
          checked(await send(target.url, { method, headers: fileHeaders(request), signal })),
        );
      ({ url } = target);
    }
  };

  let hidden = false;
  /**
   * A browser does not show where a redirect leads. It can follow by itself, and then drops `Authorization` when
   * the origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch. A write is not sent twice.
   */
  const followHidden = async (request: PlainRequest): Promise<Response> => {
    const { method, url, headers, signal, stream } = request;
    hidden = true;
    if (!followsHidden(request)) throw new TypeError("a redirect, which a browser does not show");
    // A file is requested with headers that every host allows a page: its host need not know GitHub's.
    const { accept = "*/*", authorization } = headers;
    const few = { accept, ...(authorization && { authorization }), ...fileHeaders(request) };
    const init = { method, headers: stream ? few : headers, signal, redirect: "follow", ...inPage };
    const response = checked(await send(url, init));
    const away = stream && response.redirected && !response.url.startsWith(`${baseUrl}/`);
    return away ? checkedFile(request, response.url, response) : response;
  };

  return async (request) => {
    const { operation, method, url } = request;
    const start = performance.now();
    let status: number | undefined;
    try {
      const direct = hidden && request.stream && followsHidden(request);
      const response = await (direct ? followHidden(request) : follow(request));
      ({ status } = response);
      if (isStreamed(response, request))
        return plainResponse(withIdleLimit(response, limitsOf(request, true)));
      return plainResponse(response, await readBody(response, limitsOf(request, false)));
    } catch (error) {
      if (error instanceof ApiError) ({ status } = error);
      throw networkError(request, error);
    } finally {
      const duration = performance.now() - start;
      publish(
        "request",
        () => ({ operation, method, url, status, duration }) satisfies RequestEvent,
      );
    }
  };
}

function followsHidden({ method, redirect }: PlainRequest): boolean {
  return method === "GET" && redirect !== "manual";
}
