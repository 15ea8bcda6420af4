import type { PlainRequest } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";

/** Sends a request inwards. */
export type Send = (request: PlainRequest) => Promise<PlainResponse>;

/** A middleware of the client's own: on a request that can be sent again and a response that has been read. */
export type InnerMiddleware = (request: PlainRequest, next: Send) => Promise<PlainResponse>;

/** Puts the middlewares around `send`, the first outermost. An absent one is left out. */
export function compose(middlewares: readonly (InnerMiddleware | undefined)[], send: Send): Send {
  return middlewares.reduceRight<Send>(
    (next, middleware) => (middleware ? (request) => middleware(request, next) : next),
    send,
  );
}
