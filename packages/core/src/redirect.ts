/** What to do with a redirect. */
export type RedirectDecision =
  /** The same request again, token and all: the target is the API itself. */
  | { action: "repeat"; url: string }
  /** A plain GET without a header of ours: the file behind a download. */
  | { action: "download"; url: string }
  /** Not a redirect, or one that must not be followed. */
  | { action: "stop" };

/** Redirects that stay on the API host are followed this often. */
export const maxRedirects = 5;

/**
 * GitHub answers 301, 302, 307 or 308 for a renamed repository, to be repeated as it is on the same host,
 * and 302 to another host for a download. The token never leaves the API's origin.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function decideRedirect(
  request: { url: string; method: string },
  response: { status: number; headers: Headers },
  download: boolean,
): RedirectDecision {
  const location = response.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
    return { action: "stop" };
  const target = new URL(location, request.url);
  if (target.origin === new URL(request.url).origin) return { action: "repeat", url: target.href };
  return download && request.method === "GET"
    ? { action: "download", url: target.href }
    : { action: "stop" };
}
