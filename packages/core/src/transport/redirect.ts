import { isWrite } from "./request.ts";

/** Where a redirect leads. */
export interface Redirect {
  url: string;
  /** Away from the API: for a download only, with a plain GET without a header of ours. */
  away: boolean;
}

/** Redirects that stay on the API are followed this often. */
export const maxRedirects = 5;

const redirects = new Set([301, 302, 303, 307, 308]);

/** https://fetch.spec.whatwg.org/#redirect-status, with a place to go to */
export function isRedirect({ status, headers }: Response): boolean {
  return redirects.has(status) && headers.has("location");
}

/**
 * GitHub responds with 301, 302, 307 or 308 for a renamed repository, to be repeated as it is, and with 302 to
 * another host for a download. The token goes to URLs below `baseUrl` only. Undefined for what is no redirect, one
 * that leads nowhere, and one that may not be repeated: after 303 a write has happened, and after 301 and 302 `fetch`
 * would make a GET of a POST.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function redirectOf(
  method: string,
  from: string,
  response: Response,
  baseUrl: string,
): Redirect | undefined {
  if (!isRedirect(response)) return undefined;
  const { status, headers } = response;
  if (method === "POST" ? status < 307 : status === 303 && isWrite(method)) return undefined;
  const location = headers.get("location") as string;
  if (!URL.canParse(location, from)) return undefined;
  const { href, protocol } = new URL(location, from);
  if (!/^https?:$/.test(protocol)) return undefined;
  return { url: href, away: !href.startsWith(`${baseUrl}/`) };
}
