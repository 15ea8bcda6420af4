/** With pages up to this size one can always be found that begins inside what is known and reaches beyond it. */
export const leastPerPage = 20;

/** A page of a list, and the positions it covers, counted from 0: `from` included, `end` not. */
export interface PlannedPage {
  readonly page: number;
  readonly perPage: number;
  readonly from: number;
  readonly end: number;
  /** It begins where the one before ends: no page of the server begins inside it. */
  readonly adjacent?: boolean;
}

/**
 * The page that reaches farthest beyond what is known, and begins `back` items before its end, or earlier. GitHub has
 * no offsets, so a page size has to be found one of whose pages begins there.
 *
 * @param known items known so far
 * @param most greatest page size
 * @param limit items that the server shows at all
 * @returns undefined when no page reaches beyond what is known
 */
export function planPage(
  known: number,
  back: number,
  most: number,
  limit: number = Infinity,
): PlannedPage | undefined {
  let best: PlannedPage | undefined;
  const latest = Math.max(0, known - back);
  for (const perPage of Array.from({ length: most }, (_, less) => most - less)) {
    const index = Math.min(Math.floor(latest / perPage), Math.floor(limit / perPage) - 1);
    const from = index * perPage;
    const end = from + perPage;
    if (end > (best?.end ?? known)) best = { page: index + 1, perPage, from, end };
  }
  return best;
}
