import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { limits, patience } from "./limits.ts";
import { leastPerPage, planPage, type PlannedPage } from "./pages.ts";

/** Where a reading by position is: behind the item `id`, which was at `position - 1`. */
export interface Position {
  readonly position: number;
  readonly id: number;
  /** Whether the list was seen to be sorted by id, the highest first. */
  readonly sorted: boolean;
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
 * A page without such an item is requested again, farther back. A list in no order is read until as many items are known
 * as the server counts.
 */
export class PositionReading<Item extends { id: number }> {
  /** Set when one page is requested after the other. */
  sequential = false;
  readonly #options: PositionOptions;
  readonly #start: Position | undefined;
  /** Ids and seconds of what was read. */
  readonly #known: Map<number, number> = new Map();
  #position: number;
  #sorted: boolean;
  #last: { id: number; second: number } | undefined;
  /** How many of the last items share their second. */
  #tied = 1;
  /** Greatest page that the server makes, where that is less than was requested. */
  #size: number | undefined;
  /** The server does not heed `per_page`: no page of it can begin inside the one before. */
  #isFixed = false;
  #total: number | undefined;
  /** The count is exact, and has not become less. */
  #onlyGrows = true;
  /** Items found. */
  #passed = 0;
  /** Items that the server counts and does not show. */
  #hidden = 0;
  /** Requests since the last item was found. */
  #idle = 0;
  #step = 8;
  /** Items found when a page behind the end was empty. */
  #emptyAt: number | undefined;

  constructor(start: Position | undefined, options: PositionOptions) {
    this.#options = options;
    this.#start = start;
    this.#position = start?.position ?? 0;
    this.#sorted = start?.sorted ?? options.mayBeSorted;
    if (!start) return;
    this.#known.set(start.id, Number.NaN);
    this.#last = { id: start.id, second: Number.NaN };
  }

  get here(): Position {
    return { position: this.#position, id: this.#last?.id ?? 0, sorted: this.#sorted };
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
    const size = this.#size ?? limits.perPage;
    if (from === 0) return planPage(0, 0, Math.min(perPage, wanted, size), limit);
    if (!this.#isFixed) {
      const back = this.#needsNoOverlap ? 0 : this.#isTie ? this.#tied + 1 : 1;
      return planPage(from, back, this.#most, limit);
    }
    const index = Math.floor(from / size);
    if (index * size >= limit) return undefined;
    return { page: index + 1, perPage, from: index * size, end: (index + 1) * size };
  }

  /**
   * @returns undefined when the page cannot be joined: what was requested behind it is of no use
   * @throws {UnstableListError} when nothing new was found for too long
   */
  add(planned: PlannedPage, page: Page<Item>): Joined<Item> | undefined {
    const { items, seconds, total, isLowerBound } = page;
    const isSteady = total === (this.#total ?? total);
    this.#onlyGrows &&= !isLowerBound && total >= (this.#total ?? total);
    this.#total = total;
    if (++this.#idle > patience)
      throw new UnstableListError(
        `${patience} requests in a row brought no new item: ${this.#passed} were found, the server counts ${total}, and its ` +
          `page ${planned.page} of ${planned.perPage} holds ${items.length} that are known, or that follow none that is known. Try again later.`,
      );
    if (!this.#learnSize(planned, page)) return undefined;
    this.#skipToStart(page);
    const lastKnown = items.findLastIndex(({ id }) => this.#known.has(id));
    const isAbove = items.map(
      ({ id }, index) =>
        (lastKnown < 0 || index < lastKnown) && this.#isAbove(id, seconds[index] as number),
    );
    const joins =
      planned.page === 1 ||
      items.some(({ id }, index) => isAbove[index] || this.#isKnownBeforeTie(id)) ||
      (items.length > 0 && (this.#isFixed ? isSteady : this.#needsNoOverlap));
    if (!joins) return this.#stepBack(items.length === 0);
    const found = items.filter(({ id }, index) => !isAbove[index] && !this.#known.has(id));
    const size = this.#isFixed ? (this.#size ?? 0) : planned.perPage;
    const from = (planned.page - 1) * size;
    const shown = from + items.length;
    if (found.length > 0) {
      this.#hidden += Math.max(0, Math.min(from + size, total) - shown);
      [this.#step, this.#idle] = [8, 0];
    }
    this.#position = Math.max(this.#position, found.length > 0 ? shown : from + size);
    this.#remember(found, page, lastKnown);
    const more =
      (isLowerBound && from + size >= this.#options.limit) || mayFollow(page, shown);
    const missing = total - (this.#start?.position ?? 0) - this.#passed - this.#hidden;
    const readAgain = !more && !this.#sorted && !isLowerBound && missing > 0;
    if (readAgain) this.#position = 0;
    return { found, ended: !more && !readAgain };
  }

  // Behind a cursor, what stands before its item was passed on.
  #skipToStart({ items }: Page<Item>): void {
    if (this.#passed > 0) return;
    const index = items.findIndex(({ id }) => id === this.#start?.id);
    for (const { id } of items.slice(0, Math.max(0, index))) this.#known.set(id, Number.NaN);
  }

  // One after the other, a list that is sorted by id moves up only when it becomes shorter.
  get #needsNoOverlap(): boolean {
    return this.sequential && this.#sorted && this.#onlyGrows;
  }

  get #most(): number {
    const { perPage } = this.#options;
    return Math.min(this.#size ?? limits.perPage, Math.max(leastPerPage, perPage));
  }

  get #isTie(): boolean {
    return this.#tied < this.#most / 4;
  }

  // Not of the second read last, in which the order may not be kept.
  #isKnownBeforeTie(id: number): boolean {
    const second = this.#known.get(id);
    return second !== undefined && (!this.#isTie || second !== this.#last?.second);
  }

  // Sorted before the last item, and not read with it: it came in since, or is deleted and the page is an old one.
  #isAbove(id: number, second: number): boolean {
    const last = this.#last;
    return last !== undefined && this.#sorted && id > last.id && second !== last.second;
  }

  /** @returns false when the server makes smaller pages than the one that was requested, which therefore is another */
  #learnSize({ perPage, from }: PlannedPage, page: Page<Item>): boolean {
    const { length } = page.items;
    const requested = this.#isFixed ? (this.#size as number) : perPage;
    const isShort =
      this.#size === undefined && this.#passed === 0 && length > 0 && length < perPage;
    if (length <= requested && !(isShort && mayFollow(page, from + length))) return true;
    this.#size = length;
    this.#isFixed = length > requested || length < leastPerPage;
    return from === 0 || length > requested;
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
    for (const item of found) {
      const index = items.indexOf(item);
      const second = seconds[index] as number;
      this.#known.set(item.id, second);
      // What stands between known items came late, and is not where the reading is.
      if (index < lastKnown) continue;
      const last = this.#last;
      this.#sorted &&= item.id < (last?.id ?? Infinity);
      this.#tied = second === last?.second ? this.#tied + 1 : 1;
      this.#last = { id: item.id, second };
    }
  }
}
