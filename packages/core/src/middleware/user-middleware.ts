import { fromWebRequest, toWebRequest, toWebResponse } from "../transport/web.ts";
import {
  checkedResponse,
  isStreamed,
  type PlainResponse,
  plainResponse,
} from "../transport/response.ts";
import type { InnerMiddleware } from "./chain.ts";
import type { Middleware, Next } from "./middleware.ts";

/** The user's middlewares as one inner middleware: they get platform `Request`s and `Response`s. */
export function userMiddleware(middlewares: readonly Middleware[]): InnerMiddleware {
  return async (plain, send) => {
    const { method, url, headers, body, ...call } = plain;
    const sent = new Map<Response, PlainResponse>();
    const response = await middlewares.reduceRight<Next>(
      (next, middleware) => (request) => middleware(request, next, call),
      async (request) => {
        const received = await send(await fromWebRequest(request, call));
        const response = toWebResponse(received);
        sent.set(response, received);
        return response;
      },
    )(toWebRequest({ method, url, headers, body, signal: call.signal }));
    checkedResponse(response, "middleware");
    // A middleware may have read the body of the response that it returns: its text is known all the same.
    const known = sent.get(response);
    if (known) return known;
    return plainResponse(response, isStreamed(response, call) ? undefined : await response.text());
  };
}
