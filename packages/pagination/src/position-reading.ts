import type { IdOrder } from "./cursor.ts";
import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { listLimit, maxPerPage, patience } from "./limits.ts";
import { leastPerPage, orderOf, planPage, type PlannedPage } from "./pages.ts";

/** Where a reading by position is: behind the item `id`, which was at `position - 1`. */
export interface Position {
  readonly position: number;
  readonly id: number;
  readonly order: IdOrder;
  /** Greatest page that the server makes, where that is less than was wanted. */
  readonly cap: number | undefined;
  /** Size of the pages of a server that does not heed `per_page`. */
  readonly own: number | undefined;
}

/** How a list is to be read by position. */
export interface PositionOptions {
  readonly perPage: number;
  /** How many items will be taken. */
  readonly wanted: number;
  /** Items that the server shows at all. */
  readonly limit: number;
  /** A list of runs is sorted by id, where it is seen to be. Of jobs nobody says so. */
  readonly mayBeSorted: boolean;
}

/** What a page brings. */
export interface Joined<Item> {
  /** Items that were not known, in the order of the page. */
  readonly found: readonly Item[];
  readonly ended: boolean;
}

/**
 * Which pages of a list to read, and what they bring. Each page begins inside the one before, at an item that is not of
 * the last second read, so neither what came and went in between nor another order within a second hides an item.
 * A page without such an item is requested again, farther back. Where the server's order is seen to change, the list
 * is read until as many items are known as the server counts.
 */
export class PositionReading<Item extends { id: number }> {
  /** Set when one page is requested after the other. */
  sequential = false;
  readonly #options: PositionOptions;
  /** Ids and seconds of what was read, the last 40,000. */
  readonly #known: Map<number, number> = new Map();
  readonly #start: Position | undefined;
  #position: number;
  #last: { id: number; second: number } | undefined;
  #order: IdOrder | undefined;
  /** How many of the last items share their second. */
  #tied = 1;
  #cap: number | undefined;
  /** No page of such a server can begin inside the one before. */
  #own: number | undefined;
  #total: number | undefined;
  #isExact = false;
  #shrinks = false;
  #passed = 0;
  /** Items that the server counts and does not show. */
  #hidden = 0;
  #orderChanges = false;
  #readTwice = false;
  #idle = 0;
  #step = 8;
  /** Items passed when a page behind the end was empty. */
  #emptyAt: number | undefined;

  constructor(start: Position | undefined, options: PositionOptions) {
    this.#options = options;
    this.#start = start;
    this.#position = start?.position ?? 0;
    this.#order = start?.order;
    this.#cap = start?.cap;
    this.#own = start?.own;
    if (!start) return;
    this.#known.set(start.id, Number.NaN);
    this.#last = { id: start.id, second: Number.NaN };
  }

  get here(): Position {
    const [id, order] = [this.#last?.id ?? 0, this.#order ?? 0];
    return { position: this.#position, id, order, cap: this.#cap, own: this.#own };
  }

  /**
   * The page to request behind those that are requested already.
   *
   * @param ahead the last of them
   * @returns undefined when none is needed, or when the server shows no more
   */
  plan(ahead: PlannedPage | undefined): PlannedPage | undefined {
    const from = ahead?.end ?? this.#position;
    const { perPage, wanted, limit } = this.#options;
    const needed = Math.min(this.#total ?? 0, this.#position + wanted - this.#passed);
    if (ahead && from >= needed) return undefined;
    if (from === 0) return planPage(0, 0, Math.min(perPage, wanted, this.#cap ?? perPage), limit);
    const own = this.#own;
    if (own === undefined) {
      const repeated = this.#isTie ? this.#tied + 1 : 1;
      return planPage(from, this.#growsAtTheTop ? 0 : repeated, this.#most, limit);
    }
    const index = Math.floor(from / own);
    return { page: index + 1, perPage, from: index * own, end: (index + 1) * own };
  }

  /**
   * @returns undefined when the page cannot be joined: what was requested behind it is of no use
   * @throws {UnstableListError} when nothing new was found for too long
   */
  add(planned: PlannedPage, page: Page<Item>): Joined<Item> | undefined {
    const { items, seconds, total } = page;
    const before = this.#total ?? total;
    this.#total = total;
    this.#isExact = !page.isLowerBound;
    this.#shrinks ||= total < before;
    const isRequested = this.#learnSize(planned, page);
    if (++this.#idle > patience)
      throw new UnstableListError(
        `${patience} requests in a row brought no new item: ${this.#passed} were found, the server counts ${total}, and its ` +
          `page ${planned.page} of ${planned.perPage} holds ${items.length} that are known, or that follow none that is known. Try again later.`,
      );
    if (!isRequested) return undefined;
    const known = this.#knownOf(items);
    const joins =
      planned.page === 1 ||
      items.some(({ id }, index) => known[index] && this.#isBeforeTie(id)) ||
      (items.length > 0 && this.#cannotHaveMoved(total - before, known.filter(Boolean).length));
    if (!joins) return this.#stepBack(items.length === 0);

    const lastKnown = known.lastIndexOf(true);
    const follow = planned.page === 1 && lastKnown < 0 ? items.length : lastKnown;
    const found = items.filter(
      ({ id }, index) =>
        !known[index] && (index > follow || !this.#isOutOfPlace(id, seconds[index])),
    );
    this.#orderChanges ||= found.some((item) => items.indexOf(item) < lastKnown);
    const own = this.#own;
    const from = own === undefined ? planned.from : (planned.page - 1) * own;
    const shown = from + items.length;
    const atLimit = page.isLowerBound && shown >= this.#options.limit;
    const more = atLimit || mayFollow(page, shown);
    const size = own ?? planned.perPage;
    if (found.length > 0) {
      this.#hidden += Math.max(0, Math.min(from + size, total) - shown);
      [this.#step, this.#idle] = [8, 0];
    }
    this.#position = Math.max(
      this.#position,
      own === undefined && found.length > 0 ? shown : from + size,
    );
    this.#remember(found, page, lastKnown);
    const missing = total - (this.#start?.position ?? 0) - this.#passed - this.#hidden;
    // A list in no order is read once more.
    const doubtful = this.#orderChanges || (this.#order === 0 && !this.#readTwice);
    if (more || !doubtful || missing <= 0 || page.isLowerBound) return { found, ended: !more };
    this.#readTwice = true;
    this.#position = 0;
    return { found, ended: false };
  }

  // Behind a cursor a page may begin with more than is known: with what stands, or is sorted, before the cursor's item.
  #knownOf(items: readonly Item[]): boolean[] {
    const { order = 0, id: last = 0 } = this.#start ?? {};
    let isBefore = this.#passed === 0;
    const cursor = isBefore ? items.findIndex(({ id }) => id === last) : -1;
    return items.map(({ id }, index) => {
      isBefore &&= index <= cursor || this.#known.has(id) || (id - last) * order < 0;
      return isBefore || this.#known.has(id);
    });
  }

  // One after the other, a list that is sorted by id moves up only when it becomes shorter.
  get #growsAtTheTop(): boolean {
    return this.sequential && this.#order === -1 && this.#isExact && !this.#shrinks;
  }

  #cannotHaveMoved(growth: number, repeated: number): boolean {
    return this.#own === undefined ? this.#growsAtTheTop && growth >= repeated : growth === 0;
  }

  get #most(): number {
    return Math.min(this.#cap ?? maxPerPage, Math.max(leastPerPage, this.#options.perPage));
  }

  get #isTie(): boolean {
    return this.#tied < this.#most / 4;
  }

  // Not of the second read last, in which the order may not be kept.
  #isBeforeTie(id: number): boolean {
    return !this.#isTie || this.#known.get(id) !== this.#last?.second;
  }

  // Sorted before the last item, and not read with it: it came in since, or is deleted and the page is an old one.
  #isOutOfPlace(id: number, second: number | undefined): boolean {
    return (
      this.#last !== undefined &&
      (id - this.#last.id) * (this.#order ?? 0) < 0 &&
      second !== this.#last.second
    );
  }

  /** @returns false when the server makes smaller pages than the one that was requested, which therefore is another */
  #learnSize({ perPage, from }: PlannedPage, page: Page<Item>): boolean {
    const { length } = page.items;
    const isFirst = this.#passed === 0 && this.#cap === undefined && this.#own === undefined;
    const isShort = isFirst && length > 0 && length < perPage && mayFollow(page, from + length);
    if (isShort && from > 0) this.#position = 0;
    else if (length > (this.#own ?? perPage) || (isShort && length < leastPerPage))
      this.#own = length;
    else if (isShort) this.#cap = length;
    return from === 0 || !isShort;
  }

  #stepBack(isEmpty: boolean): Joined<Item> | undefined {
    // Empty twice with nothing new in between is the end; the first time the list may have become shorter.
    if (isEmpty && this.#emptyAt === this.#passed) return { found: [], ended: true };
    if (isEmpty) this.#emptyAt = this.#passed;
    this.#position = Math.max(0, this.#position - this.#step);
    this.#step *= 8;
    return undefined;
  }

  #remember(found: readonly Item[], { items, seconds }: Page<Item>, lastKnown: number): void {
    this.#passed += found.length;
    const last = this.#last;
    const following: number[] = last ? [last.id] : [];
    for (const item of found) {
      const index = items.indexOf(item);
      const second = seconds[index] as number;
      this.#known.set(item.id, second);
      // What stands between known items came late, and is not where the reading is.
      if (index < lastKnown) continue;
      following.push(item.id);
      this.#tied = second === this.#last?.second ? this.#tied + 1 : 1;
      this.#last = { id: item.id, second };
    }
    const order = orderOf(following);
    if (!this.#options.mayBeSorted) this.#order = 0;
    else if (order !== undefined) this.#order = order === (this.#order ?? order) ? order : 0;
    for (const id of this.#known.keys()) {
      if (this.#known.size <= listLimit) break;
      this.#known.delete(id);
    }
  }
}
