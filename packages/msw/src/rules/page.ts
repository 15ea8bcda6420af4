/** What one page of a list holds, and which other pages there are. */
export interface Page {
  page: number;
  perPage: number;
  /** Index of the first item, and one past the last, in the whole list. */
  start: number;
  end: number;
  lastPage: number;
}

/** Results GitHub stops after, without a word, once a list of runs is filtered. */
export const filteredLimit = 1000;
/** A filtered `total_count` above this is a lower bound only. */
export const filteredCountLimit = 2500;
/** An unfiltered list counts and gives no more than this. */
export const unfilteredLimit = 40_000;

/**
 * Reads `page` and `per_page` as GitHub does: a number counts up to where it ends (`4?per_page=50` is 4),
 * nonsense is the default, and `per_page` is at most 100.
 */
export function pageOf(query: URLSearchParams, reachable: number): Page {
  const perPage = Math.min(positive(query.get("per_page")) ?? 30, 100);
  const page = positive(query.get("page")) ?? 1;
  const start = Math.min((page - 1) * perPage, reachable);
  return {
    page,
    perPage,
    start,
    end: Math.min(start + perPage, reachable),
    lastPage: Math.max(1, Math.ceil(reachable / perPage)),
  };
}

function positive(text: string | null): number | undefined {
  const value = Number(/^\+?(\d+)/.exec(text ?? "")?.[1]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * The `Link` header of a page, undefined when there is only one. Past the end `prev` is the last page, and
 * `last` is named again (brekkylab/backlot#126, measured 2026-09).
 */
export function linkHeader(url: URL, { page, lastPage }: Page): string | undefined {
  const link = (target: number, rel: string): string => {
    const copy = new URL(url);
    copy.searchParams.set("page", String(target));
    return `<${copy.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(Math.min(page - 1, lastPage), "prev")] : []),
    ...(page < lastPage ? [link(page + 1, "next")] : []),
    ...(page === lastPage ? [] : [link(lastPage, "last")]),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  return links.length > 0 ? links.join(", ") : undefined;
}
