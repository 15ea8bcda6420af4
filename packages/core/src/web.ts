import type { Answer } from "./answer.ts";
import type { Call } from "./middleware.ts";
import type { Outgoing } from "./request.ts";

/** A `Request` for those who want one. */
export function toRequest({ method, url, headers, body, signal }: Outgoing): Request {
  return new Request(url, { method, headers, body, signal } as RequestInit);
}

/** What is needed of a `Request` to send it, any number of times. */
export async function fromRequest(request: Request, call: Call): Promise<Outgoing> {
  const { method, url, headers, signal } = request;
  const body = method === "GET" ? undefined : (await request.clone().text()) || undefined;
  return { ...call, method, url, headers: Object.fromEntries(headers), body, signal };
}

/** The answer as a response whose body can be read. */
export function toResponse({ text, response }: Answer): Response {
  return response.bodyUsed || text ? new Response(text || null, response) : response;
}
