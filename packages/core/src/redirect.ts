/** Where to go from a redirect. */
export interface Redirect {
  url: string;
  /** Away from the API: for a download only, with a plain GET without a header of ours. */
  away: boolean;
}

/** Redirects that stay on the API are followed this often. */
export const maxRedirects = 5;

/**
 * GitHub answers 301, 302, 307 or 308 for a renamed repository, to be repeated as it is, and 302 to another
 * place for a download.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function isRedirect({ status, headers }: Response, from: string): boolean {
  return (
    [301, 302, 303, 307, 308].includes(status) &&
    URL.canParse(headers.get("location") ?? "//", from)
  );
}

/** Where a redirect goes. The token goes to URLs below `baseUrl` only. */
export function redirectOf(from: string, { headers }: Response, baseUrl: string): Redirect {
  const { href } = new URL(headers.get("location") ?? "", from);
  return { url: href, away: !href.startsWith(`${baseUrl}/`) };
}
