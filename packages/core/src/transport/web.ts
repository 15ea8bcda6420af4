import type { Call } from "../middleware/middleware.ts";
import { isWrite, type PlainRequest } from "./request.ts";
import { type PlainResponse, withUrl } from "./response.ts";

/** A platform `Request`, for a user's middleware. */
export function toWebRequest({ method, url, headers, body, signal }: PlainRequest): Request {
  return new Request(url, { method, headers, body, signal } as RequestInit);
}

/** What is needed of a platform `Request` to send it, any number of times. */
export async function fromWebRequest(request: Request, call: Call): Promise<PlainRequest> {
  const { method, url, headers, signal } = request;
  // Bytes, as it need not be text.
  const bytes = isWrite(method) ? new Uint8Array(await request.clone().arrayBuffer()) : undefined;
  const body = bytes?.length ? bytes : undefined;
  return { ...call, method, url, headers: Object.fromEntries(headers), body, signal };
}

/** A platform `Response` whose body can be read. */
export function toWebResponse({ text, response }: PlainResponse): Response {
  return text === undefined
    ? response
    : withUrl(new Response(text || null, response), response.url);
}
