import type { Send } from "../middleware/chain.ts";
import { NetworkError } from "../errors/errors.ts";
import { sendable } from "../options/headers.ts";
import { checkValue, oneOf, type OptionKind } from "../support/options.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import { isRedirect } from "../transport/redirect.ts";
import { isWrite, type PlainRequest } from "../transport/request.ts";
import { toWebResponse } from "../transport/web.ts";

/**
 * A standard `fetch` through the chain. A URL that is not below `baseUrl` is refused before anything is sent: it would
 * carry the token elsewhere. The API version is the caller's own: an Octokit's types are of another one than ours.
 */
export function clientFetch(
  send: Send,
  baseUrl: string,
  userAgent: string,
): typeof globalThis.fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!isBelow(baseUrl, address))
      throw new ParameterError(`fetch: ${refused(address, baseUrl)}; nothing was sent.`, {
        parameter: "url",
      });
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
        `${plain.method} ${plain.url}: ${received.status} is a redirect, and \`redirect\` is "error".`,
      );
    return toWebResponse(received);
  };
}

const redirectMode = oneOf("follow", "manual", "error");

// https://fetch.spec.whatwg.org/#forbidden-method
const sendableMethod: OptionKind = {
  allows: (method) => /^(?!connect$|trace$|track$)[\w-]+$/i.test(method as string),
  words: "a method that fetch can send",
};

function isBelow(baseUrl: string, address: string): boolean {
  return URL.canParse(address) && new URL(address).href.startsWith(`${baseUrl}/`);
}

/** Why a URL is refused, without what of it may be a secret. */
function refused(address: string, baseUrl: string): string {
  if (!URL.canParse(address))
    return `the URL is relative or no URL, it has to begin with ${baseUrl}/`;
  const { origin, pathname } = new URL(address);
  return `${origin}${origin === new URL(baseUrl).origin ? pathname : ""} is not below ${baseUrl}`;
}

async function plainRequest(
  input: RequestInfo | URL,
  address: string,
  init: RequestInit = {},
): Promise<PlainRequest> {
  const { method = "GET", body } = init;
  checkValue("fetch", "method", method, sendableMethod);
  const headers = sendable("fetch", "A header", () => new Headers(init.headers));
  const rest = { url: new URL(address).href, streamFiles: true };
  if (
    !(input instanceof Request) &&
    (body === undefined || body === null || typeof body === "string")
  )
    return {
      ...rest,
      method: method.toUpperCase(),
      headers: Object.fromEntries(headers),
      body: body ?? undefined,
      signal: init.signal ?? undefined,
    };
  // Any other body is for the platform to put into bytes.
  const request = new Request(input, init);
  const bytes = isWrite(request.method) ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    ...rest,
    method: request.method.toUpperCase(),
    headers: Object.fromEntries(request.headers),
    body: bytes?.length ? bytes : undefined,
    signal: request.signal,
  };
}
