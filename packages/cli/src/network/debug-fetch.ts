import type { Context } from "../context.ts";
import { plainLine } from "../terminal/plain.ts";
import { isRequest } from "./http-fetch.ts";

/**
 * A fetch that prints each request and its response on standard error. Headers are not printed, and neither is the query
 * of a URL that is signed: whoever has it may read the log.
 */
export function debugFetch({ fetch, now, stderr }: Context): typeof globalThis.fetch {
  const tell = (text: string): void => {
    // Where nobody listens it does not matter.
    stderr.write(`${plainLine(text)}\n`).catch(() => {});
  };
  return async (input, init) => {
    const method = init?.method ?? (isRequest(input) ? input.method : "GET");
    const url = shownUrl(isRequest(input) ? input.url : String(input));
    const start = now();
    tell(`> ${method} ${url}`);
    try {
      const response = await fetch(input, init);
      const { headers, status } = response;
      const facts = [
        headers.get("x-github-request-id"),
        headers.get("x-ratelimit-remaining") && `${headers.get("x-ratelimit-remaining")} left`,
        headers.get("content-length") && `${headers.get("content-length")} bytes`,
      ].filter(Boolean);
      tell(
        `< ${status} ${method} ${url} in ${now() - start} ms${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`,
      );
      return response;
    } catch (error) {
      tell(`! ${method} ${url} after ${now() - start} ms: ${reason(error)}`);
      throw error;
    }
  };
}

const secret = /sig|token|secret|signature|credential|password|key/i;

/** The URL without user name, password, and the values of a signed query. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  if ([...url.searchParams.keys()].some((name) => secret.test(name))) url.search = "?…";
  return url.href.replace("?%E2%80%A6", "?…");
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
