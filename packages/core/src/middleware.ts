import { type Answer, fromResponse, toResponse } from "./answer.ts";
import type { CallOptions } from "./options.ts";
import { fromRequest, type Outgoing, toRequest } from "./request.ts";

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
 * response. It may call `next` again, or not at all. It does not see the token, and it sees a call once:
 * retries and waits happen inside.
 *
 * @example
 * const log: Middleware = async (request, next) => {
 *   const response = await next(request);
 *   console.log(request.method, request.url, response.status);
 *   return response;
 * };
 */
export type Middleware = (request: Request, next: Next, call: Call) => Promise<Response>;

/** An inner ring: as {@link Middleware}, on a request that can be sent again and an answer that has been read. */
export type Ring<R = Outgoing, A = Answer> = (
  request: R,
  next: (request: R) => Promise<A>,
  call: Call,
) => Promise<A>;

/** What the rings stand around. */
export type Send<R = Outgoing, A = Answer> = (request: R, call: Call) => Promise<A>;

/** Puts the rings around `send`: the first is outermost. */
export function compose<R, A>(rings: readonly Ring<R, A>[], send: Send<R, A>): Send<R, A> {
  return rings.reduceRight<Send<R, A>>(
    (inner, ring) => (request, call) => ring(request, (onward) => inner(onward, call), call),
    send,
  );
}

/** The caller's middlewares as one ring. */
export function outerRing(middlewares: readonly Middleware[]): Ring {
  return async (outgoing, next, call) => {
    const answers = new Map<Response, Answer>();
    const response = await compose(middlewares, async (request: Request) => {
      const answer = await next(await fromRequest(request));
      const response = toResponse(answer);
      answers.set(response, answer);
      return response;
    })(toRequest(outgoing), call);
    // A middleware may have read the body of what it hands on: its text is known all the same.
    return answers.get(response) ?? fromResponse(response, call.stream);
  };
}
