import { NetworkError } from "./errors.ts";
import type { Call } from "./middleware.ts";
import { decideRedirect, maxRedirects } from "./redirect.ts";

type Fetch = typeof globalThis.fetch;

/**
 * The innermost step: sends the request, follows the redirects that may be followed, and reads the body
 * unless it is a download, so that a body that breaks off is a failed try like any other.
 */
export async function send(request: Request, call: Call, given?: Fetch): Promise<Response> {
  const fetch: Fetch = given ?? globalThis.fetch;
  try {
    const response = await follow(request, call, fetch);
    return call.stream || response.body === null ? response : await buffered(response);
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    if (error instanceof NetworkError) throw error;
    throw new NetworkError(`${request.method} ${request.url}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function follow(request: Request, call: Call, fetch: Fetch): Promise<Response> {
  let current = request;
  for (let hop = 0; ; hop++) {
    const again = current.method === "GET" ? current : current.clone();
    const response = await fetch(current, { redirect: "manual" });
    if (response.type === "opaqueredirect") return opaque(current, call, fetch);
    if (call.stream && call.redirect === "manual") return response;
    const decision = decideRedirect(current, response, call.stream ?? false);
    if (decision.action === "stop" || hop === maxRedirects) return response;
    await response.body?.cancel();
    if (decision.action === "download")
      return fetch(decision.url, { ...(call.signal && { signal: call.signal }) });
    current = new Request(decision.url, again);
  }
}

// A browser does not show where a redirect goes. It follows by itself, and drops Authorization when the
// origin changes: https://fetch.spec.whatwg.org/#http-redirect-fetch
function opaque(request: Request, call: Call, fetch: Fetch): Promise<Response> {
  if (call.redirect === "manual")
    throw new NetworkError(
      `${request.method} ${request.url}: a browser does not tell where a redirect goes; leave \`redirect\` at "follow".`,
    );
  return fetch(request.clone(), { redirect: "follow" });
}

async function buffered(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return [message, cause?.message].filter(Boolean).join(": ");
}
