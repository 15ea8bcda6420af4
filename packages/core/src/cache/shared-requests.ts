import type { InnerMiddleware } from "../middleware/chain.ts";
import type { LimitEvent } from "../options/call-options.ts";
import { abortable } from "../support/abort.ts";
import { type PlainResponse, withUrl } from "../transport/response.ts";

/** A request under way, for as many calls as want its response. */
interface PendingRequest {
  response: Promise<PlainResponse>;
  /** Calls that wait; when none is left, the request is aborted. */
  waiting: number;
  controller: AbortController;
  onLimit: Set<(event: LimitEvent) => void>;
}

/**
 * Equal requests that are under way at once are one request. A call that aborts leaves the others what they wait for.
 */
export function sharedRequests(): InnerMiddleware {
  const pending = new Map<string, PendingRequest>();
  return async (request, next) => {
    const { url, headers, timeout, cache, signal, onLimit } = request;
    signal?.throwIfAborted();
    // Kept no longer than the request is under way, and in memory only: it holds the token.
    const key = JSON.stringify([url, headers, timeout, cache]);
    let shared = pending.get(key);
    const first = !shared;
    if (!shared) {
      const controller = new AbortController();
      const listeners: PendingRequest["onLimit"] = new Set();
      const response = next({
        ...request,
        signal: controller.signal,
        onLimit: (event) => {
          for (const listener of listeners) listener(event);
        },
      });
      shared = { response, waiting: 0, controller, onLimit: listeners };
      const own = shared;
      const forget = (): void => {
        // Another one may have begun after every call left this one.
        if (pending.get(key) === own) pending.delete(key);
      };
      response.then(forget, forget);
      pending.set(key, shared);
    }
    const received = await join(shared, signal, onLimit, () => pending.delete(key));
    // A stream has one reader, whose abort ends it.
    if (received.text !== undefined) return received;
    return first
      ? { ...received, response: abortableBody(received.response, signal) }
      : next(request);
  };
}

function abortableBody(response: Response, signal: AbortSignal | undefined): Response {
  if (!signal || !response.body) return response;
  const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
  return withUrl(new Response(body as BodyInit, response), response.url);
}

function join(
  shared: PendingRequest,
  signal: AbortSignal | undefined,
  onLimit: ((event: LimitEvent) => void) | undefined,
  onEmpty: () => void,
): Promise<PlainResponse> {
  shared.waiting++;
  if (onLimit) shared.onLimit.add(onLimit);
  return abortable(signal, (resolve, reject) => {
    let settled = false;
    shared.response
      .finally(() => {
        settled = true;
      })
      .then(resolve, reject);
    return () => {
      if (onLimit) shared.onLimit.delete(onLimit);
      if (--shared.waiting > 0 || settled) return;
      onEmpty();
      shared.controller.abort(signal?.reason);
    };
  });
}
