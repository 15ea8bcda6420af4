/** What to do with a redirect. */
export type RedirectDecision =
  /** The same request again, token and all: the target is the API itself. */
  | { action: "repeat"; url: string }
  /** A plain GET without a header of ours: the file behind a download. */
  | { action: "download"; url: string }
  /** Not a redirect, or one that must not be followed. */
  | { action: "stop" };

/** Redirects that stay on the API are followed this often. */
export const maxRedirects = 5;

/**
 * GitHub answers 301, 302, 307 or 308 for a renamed repository, to be repeated as it is, and 302 to another
 * place for a download. The token goes to URLs below `baseUrl` only.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function decideRedirect(
  request: { url: string; method: string },
  response: { status: number; headers: Headers },
  { baseUrl, download }: { baseUrl: string; download: boolean },
): RedirectDecision {
  const location = response.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
    return { action: "stop" };
  if (!URL.canParse(location, request.url)) return { action: "stop" };
  const url = new URL(location, request.url).href;
  if (url.startsWith(`${baseUrl}/`)) return { action: "repeat", url };
  return download ? { action: "download", url } : { action: "stop" };
}
