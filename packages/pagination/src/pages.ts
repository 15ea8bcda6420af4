import { mayFollow, type Page } from "./endpoint.ts";
import { limits } from "./limits.ts";

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

/** Which pages a server makes: GitHub's largest hold 100 items, others heed `per_page` up to less, or not at all. */
export class ServerPages {
  readonly #perPage: number;
  /** Greatest page that the server makes, where that is less than was requested. */
  #size: number | undefined;
  /** The server does not heed `per_page`: no page of it can begin inside the one before. */
  #isFixed = false;

  constructor(perPage: number) {
    this.#perPage = perPage;
  }

  /** Items that a page has at most; Infinity while nothing speaks against what is requested. */
  get cap(): number {
    return this.#size ?? Infinity;
  }

  /** Items of the largest page to request. */
  get most(): number {
    const size = this.#size ?? limits.perPage;
    return this.#isFixed ? size : Math.min(size, Math.max(leastPerPage, this.#perPage));
  }

  /**
   * The page behind the first `known` items that begins `back` items before their end, or earlier; where there is none,
   * the one that begins where they end.
   *
   * @param limit items that the server shows at all
   * @returns undefined behind the limit
   */
  behind(known: number, back: number, limit: number): PlannedPage | undefined {
    const overlapping = this.#isFixed ? undefined : planPage(known, back, this.most, limit);
    if (overlapping) return { ...overlapping, adjacent: back === 0 };
    const perPage = this.most;
    const index = Math.floor(known / perPage);
    const from = index * perPage;
    if (from >= limit) return undefined;
    return { page: index + 1, perPage, from, end: from + perPage, adjacent: true };
  }

  /**
   * Learns from a page what the server makes of `per_page`.
   *
   * @param isFirst nothing was read before it; else it may be another page behind a cursor
   * @returns false when the server makes other pages than the one that was requested, which therefore is another
   */
  learn(
    { page: number, perPage, from, end }: PlannedPage,
    page: Page<unknown>,
    isFirst: boolean,
  ): boolean {
    const { length } = page.items;
    // More follows a page that is too short: the server makes no larger ones.
    const isCapped =
      this.#size === undefined &&
      length > 0 &&
      length < perPage &&
      perPage >= leastPerPage &&
      (isFirst || mayFollow(page, from + length));
    if (length > end - from) this.#isFixed = true;
    else if (!isCapped) return true;
    this.#size = length;
    return number === 1;
  }
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

/**
 * How many pages follow one down to a second, if they are like it. Ids and times are sorted nearly alike: a day is far more
 * than they differ by.
 *
 * @returns 0 when what follows is older, Infinity when nothing can be said
 */
export function pagesLeft(
  { items, seconds }: Page<{ readonly id: number }>,
  second: number | undefined,
): number {
  if (second === undefined) return Infinity;
  const end = second - 86_400;
  const [first = Number.NaN, last = Number.NaN] = [seconds[0], seconds.at(-1)];
  const isSorted = items.every(({ id }, index) => id <= (items[index - 1]?.id ?? id));
  if ((isSorted ? last : Math.max(...seconds)) < end) return 0;
  return Math.max(1, Math.ceil((last - end) / (first - last))) || Infinity;
}
