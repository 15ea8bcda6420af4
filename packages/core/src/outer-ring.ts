import type { Answer } from "./answer.ts";
import type { Middleware, Next, Ring } from "./middleware.ts";
import { fromRequest, toRequest, toResponse } from "./web.ts";

/** The caller's middlewares as one ring. Loaded when there are any. */
export function outerRing(middlewares: readonly Middleware[]): Ring {
  return async (outgoing, send) => {
    const { method, url, headers, body, ...call } = outgoing;
    const answers = new Map<Response, Answer>();
    const response = await middlewares.reduceRight<Next>(
      (next, middleware) => (request) => middleware(request, next, call),
      async (request) => {
        const answer = await send(await fromRequest(request, call));
        const response = toResponse(answer);
        answers.set(response, answer);
        return response;
      },
    )(toRequest({ method, url, headers, body, signal: call.signal }));
    // A middleware may have read the body of what it hands on: its text is known all the same.
    const streamed = call.stream && response.ok;
    return answers.get(response) ?? { text: streamed ? "" : await response.text(), response };
  };
}
