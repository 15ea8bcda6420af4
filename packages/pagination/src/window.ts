import { maxPerPage } from "./limits.ts";

/** One page to ask for: `page` and `per_page` as GitHub wants them, and the positions they cover. */
export interface Window {
  readonly page: number;
  readonly perPage: number;
  /** Position of its first item in the list, from 0. */
  readonly start: number;
  /** Position after its last item. */
  readonly end: number;
}

/** What is known when a page is to be planned. */
export interface WindowState {
  /** Items from the list's start that are read, or will be by the pages in flight. */
  readonly known: number;
  /** How many of the last known items the page must repeat, at least; 0 only at the list's start. */
  readonly overlap: number;
  /** How many new items are wanted, 1–100. */
  readonly want: number;
  /** GitHub shows nothing from this position on. */
  readonly cap: number;
}

/**
 * The page that repeats the end of what is known and brings most of what is wanted. GitHub has page numbers,
 * no offsets, so a page that begins inside the previous one needs a smaller `per_page`: the second page of 99
 * begins one item before the first page of 100 ends, the third of 98 two items before the second ends.
 *
 * @returns undefined when no page within `cap` brings anything new
 */
export function planWindow({ known, overlap, want, cap }: WindowState): Window | undefined {
  const latestStart = Math.max(0, known - Math.max(overlap, 0));
  let best: Window | undefined;
  let bestNew = 0;
  for (let perPage = 1; perPage <= maxPerPage; perPage++) {
    const before = Math.min(
      Math.floor(latestStart / perPage),
      Math.floor((cap - perPage) / perPage),
    );
    if (before < 0) continue;
    const start = before * perPage;
    const end = start + perPage;
    const fresh = Math.min(end - known, want);
    if (fresh > bestNew) {
      best = { page: before + 1, perPage, start, end };
      bestNew = fresh;
    }
  }
  return best;
}
