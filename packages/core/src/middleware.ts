import type { CallOptions } from "./options.ts";

/** What a middleware may know of the call around a request, besides the request itself. */
export interface Call extends CallOptions {
  /** GitHub's operation id, e.g. `actions/get-workflow-run`; absent for the raw `GET`, `POST`, `DELETE`. */
  readonly operation?: string | undefined;
  /** True when the body is handed over as a stream (the downloads), and must not be read on the way. */
  readonly stream?: boolean | undefined;
}

/** Hands the request to the next middleware inwards, or to the network. */
export type Next = (request: Request) => Promise<Response>;

/**
 * One ring of the onion around `fetch`: look at the request, pass it (or another) to `next`, look at the
 * response. It may call `next` again, or not at all. The request does not hold the token yet.
 *
 * @example
 * const log: Middleware = async (request, next) => {
 *   const response = await next(request);
 *   console.log(request.method, request.url, response.status);
 *   return response;
 * };
 */
export type Middleware = (request: Request, next: Next, call: Call) => Promise<Response>;

/** Puts the middlewares around `send`: the first is outermost. */
export function compose(
  middlewares: readonly Middleware[],
  send: (request: Request, call: Call) => Promise<Response>,
): (request: Request, call: Call) => Promise<Response> {
  return middlewares.reduceRight(
    (inner, middleware) => (request, call) =>
      middleware(request, (onward) => inner(onward, call), call),
    send,
  );
}
