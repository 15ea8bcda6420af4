import type { Send } from "../middleware/chain.ts";
import { NetworkError } from "../errors/errors.ts";
import { checkValue, oneOf } from "../support/options.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import { isRedirect } from "../transport/redirect.ts";
import { isWrite, type PlainRequest } from "../transport/request.ts";
import { toWebResponse } from "../transport/web.ts";

/**
 * A standard `fetch` through the chain. A URL that is not below `baseUrl` is refused before anything is sent: it would
 * carry the token elsewhere. The API version is the caller's own: an
 * Octokit's types are of another one than ours.
 */
export function clientFetch(
  send: Send,
  baseUrl: string,
  userAgent: string,
): typeof globalThis.fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!isBelow(baseUrl, address))
      throw new ParameterError(
        `fetch: ${origin(address)} is not below ${baseUrl}; nothing was sent.`,
        {
          parameter: "url",
        },
      );
    const { redirect = input instanceof Request ? input.redirect : "follow" } = init ?? {};
    checkValue("fetch", "redirect", redirect, redirectMode);
    const plain = await plainRequest(input, address, init);
    const received = await send({
      ...plain,
      ...(redirect !== "follow" && { redirect: "manual", followsNone: true }),
      headers: { "user-agent": userAgent, ...plain.headers },
    });
    if (redirect === "error" && isRedirect(received.response))
      throw new NetworkError(
        `${plain.method} ${plain.url}: ${received.response.status} is a redirect, and \`redirect\` is "error".`,
      );
    return toWebResponse(received);
  };
}

const redirectMode = oneOf("follow", "manual", "error");

function isBelow(baseUrl: string, address: string): boolean {
  return URL.canParse(address) && new URL(address).href.startsWith(`${baseUrl}/`);
}

/** What of a refused URL is no secret. */
function origin(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "What is no whole URL";
}

async function plainRequest(
  input: RequestInfo | URL,
  address: string,
  init: RequestInit = {},
): Promise<PlainRequest> {
  const { method = "GET", body } = init;
  const rest = { url: new URL(address).href, streamFiles: true };
  if (
    !(input instanceof Request) &&
    (body === undefined || body === null || typeof body === "string")
  )
    return {
      ...rest,
      method: method.toUpperCase(),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: body ?? undefined,
      signal: init.signal ?? undefined,
    };
  // Any other body is for the platform to put into bytes.
  const request = new Request(input, init);
  const bytes = isWrite(request.method) ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    ...rest,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: bytes?.length ? bytes : undefined,
    signal: request.signal,
  };
}
