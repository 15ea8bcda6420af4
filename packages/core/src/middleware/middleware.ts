import type { CallOptions } from "../options/call-options.ts";

/** What a middleware may know of the call around a request, besides the request itself. */
export interface Call extends Omit<CallOptions, "headers"> {
  /** GitHub's operation id, e.g. `actions/get-workflow-run`; absent for the raw methods. */
  readonly operation?: string | undefined;
  /** True when the body is returned as a stream (the downloads), and must not be read by a middleware. */
  readonly stream?: boolean | undefined;
}

/** Hands the request to the next middleware inwards, or to the network. */
export type Next = (request: Request) => Promise<Response>;

/**
 * Wraps `fetch`: look at the request, pass it (or another) to `next`, look at the response. It may call `next`
 * again, or not at all. It does not see the token, and it sees a call once: retries and waits happen inside.
 *
 * @example
 * const log: Middleware = async (request, next) => {
 *   const response = await next(request);
 *   console.log(request.method, request.url, response.status);
 *   return response;
 * };
 */
export type Middleware = (request: Request, next: Next, call: Call) => Promise<Response>;
