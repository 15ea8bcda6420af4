import type { Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { Need } from "../rules/access.ts";
import { linkHeader } from "../rules/page.ts";
import type { RepositoryRecord } from "../state/records.ts";

const guide = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api";

/** The URL of a request by the repository's id: the one form that never changes. */
export function repositoryUrl(
  { id }: Pick<RepositoryRecord, "id">,
  { url, urls, pathname }: { url: URL; urls: Pick<FakeUrls, "api">; pathname: string },
): URL {
  const rest = pathname.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, "");
  return new URL(`${urls.api}/repositories/${id}${rest}${url.search}`);
}

/** The links of a list to its other pages, which name the repository by its id. */
export function withLink(reply: Reply, url: URL): Reply {
  const link = reply.page === undefined ? undefined : linkHeader(url, reply.page);
  return link === undefined ? reply : { ...reply, headers: { ...reply.headers, link } };
}

/** What the former name of a renamed repository gives. */
export function movedReply({ href }: URL, need: Need): Reply {
  const read = need.kind !== "write";
  return {
    status: read ? 301 : 307,
    headers: { location: href },
    body: {
      message: read ? "Moved Permanently" : "Temporary Redirect",
      url: href,
      documentation_url: `${guide}#follow-redirects`,
    },
  };
}

/** The URL as it is read: of a query parameter that is there twice the last one counts. */
export function withoutRepeats(url: URL): URL {
  const last = new Map(url.searchParams);
  if (last.size === url.searchParams.size) return url;
  const plain = new URL(url);
  plain.search = new URLSearchParams([...last]).toString();
  return plain;
}
