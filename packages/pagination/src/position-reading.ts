import { formatSecond } from "./created-range.ts";
import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { limits, requestsWithoutProgress } from "./limits.ts";
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
  /** The second whose runs they all are, since 1970. */
  readonly second?: number;
}

/** What a page brings. */
export interface Joined<Item> {
  /** Items that were not known, in the order of the page. */
  readonly found: readonly Item[];
  readonly ended: boolean;
}

/**
 * Which pages of a list to read, and what they bring. Each page begins inside the one before, at an item that is not of
 * the last second read, so neither what came and went in between nor another order within a second hides an item; a page
 * without such an item is requested again, farther back. A list in no order is read until as many items are known as the
 * server counts.
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
  /** Items were seen to come in another order than before. */
  #orderChanges = false;
  /** Ids seen since the count changed, where the order changes: all of them were there at once. */
  readonly #seen: Set<number> = new Set();
  /** Requests since the last item was found. */
  #idle = 0;
  /** How far the next step back goes. */
  #step = 8;
  /** Whether the page before was joined. */
  #joined = false;
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
    const most = this.#most;
    if (from === 0) {
      const end = Math.min(perPage, wanted, this.#size ?? limits.perPage);
      return { page: 1, perPage: end, from, end };
    }
    const adjacent = this.#needsNoOverlap;
    const back = adjacent ? 0 : this.#isTie ? this.#tied + 1 : 1;
    const overlapping = this.#isFixed ? undefined : planPage(from, back, most, limit);
    if (overlapping) return { ...overlapping, adjacent };
    const index = Math.floor(from / most);
    const begin = index * most;
    if (begin >= limit) return undefined;
    return { page: index + 1, perPage: most, from: begin, end: begin + most, adjacent: true };
  }

  /**
   * @returns undefined when the page cannot be joined: what was requested behind it is of no use
   * @throws {UnstableListError} when nothing new was found for too long
   */
  add(planned: PlannedPage, page: Page<Item>): Joined<Item> | undefined {
    const { items, seconds, total, isLowerBound } = page;
    if (++this.#idle > requestsWithoutProgress) throw this.#unstable(planned, page);
    if (!this.#learnSize(planned, page)) return undefined;
    const before = this.#total;
    if (total !== before) this.#seen.clear();
    this.#onlyGrows &&= !isLowerBound && total >= (before ?? total);
    this.#total = total;
    const descending = items.toSorted((a, b) => b.id - a.id);
    if (this.#sorted && items.some((item, index) => item !== descending[index]))
      [this.#sorted, this.#orderChanges] = [false, true];
    this.#skipToStart(page);
    const isAbove = items.map(({ id }, index) => this.#isAbove(id, seconds[index] as number));
    const joins =
      planned.page === 1 ||
      items.some(({ id }, index) => isAbove[index] || this.#isKnownBeforeTie(id)) ||
      (planned.adjacent &&
        items.length > 0 &&
        before !== undefined &&
        (this.#needsNoOverlap || total === before));
    if (!joins) return this.#stepBack(items.length === 0);
    this.#joined = true;
    const found = items.filter(({ id }, index) => !isAbove[index] && !this.#known.has(id));
    const shown = planned.from + items.length;
    const end = Math.min(planned.end, planned.from + (this.#size ?? Infinity));
    const isNew = found.length > 0;
    if (isNew) [this.#idle, this.#step] = [0, 8];
    this.#position = Math.max(this.#position, isNew ? shown : end);
    this.#remember(found, page);
    const more = end >= this.#options.limit ? isLowerBound : mayFollow(page, shown);
    if (this.#orderChanges) for (const { id } of items) this.#seen.add(id);
    const ended = !more && (planned.page === 1 || this.#isWhole);
    if (!more && !ended) this.#position = 0;
    return { found, ended };
  }

  // In no order, a list is read until all that the server counts was seen, and a round of its pages brought nothing new.
  get #isWhole(): boolean {
    const total = this.#total as number;
    const wasSeen = this.#seen.size >= total && this.#idle >= Math.ceil(total / this.#most);
    return !this.#orderChanges || wasSeen;
  }

  #unstable({ page: number, perPage }: PlannedPage, { items, total }: Page<Item>): Error {
    const second =
      this.#options.second === undefined ? undefined : formatSecond(this.#options.second);
    return new UnstableListError(
      `${requestsWithoutProgress} requests in a row${second ? ` for the second ${second}` : ""} brought no new item: ${this.#passed} were found, ` +
        `the server counts ${total}, and its page ${number} of ${perPage} holds ${items.length} that are known, or that follow none that is known. ` +
        `Try again later${second ? ', or read with `source: "list"`' : ""}.`,
      second ? { second } : {},
    );
  }

  // Behind a cursor, what stands before its item was passed on.
  #skipToStart({ items }: Page<Item>): void {
    if (this.#passed > 0) return;
    const index = items.findIndex(({ id }) => id === this.#start?.id);
    for (const { id } of items.slice(0, Math.max(0, index))) this.#known.set(id, Number.NaN);
  }

  // One after the other, a list that is sorted by id moves up only when it becomes shorter.
  get #needsNoOverlap(): boolean {
    return this.sequential && this.#sorted && this.#onlyGrows && this.#total !== undefined;
  }

  get #most(): number {
    const size = this.#size ?? limits.perPage;
    return this.#isFixed ? size : Math.min(size, Math.max(leastPerPage, this.#options.perPage));
  }

  get #isTie(): boolean {
    return this.#tied < this.#most / 4;
  }

  // Not of the second read last, in which the order may not be kept.
  #isKnownBeforeTie(id: number): boolean {
    const second = this.#known.get(id);
    return second !== undefined && (!this.#isTie || second !== this.#last?.second);
  }

  // Sorted before the last item, and not read with it: it came in since, was read before the cursor, or is deleted and the
  // page is an old one.
  #isAbove(id: number, second: number): boolean {
    const last = this.#last;
    if (last === undefined || !this.#sorted || id <= last.id) return false;
    return second !== last.second || id > (this.#start?.id ?? Infinity);
  }

  /** @returns false when the server makes other pages than the one that was requested, which therefore is another */
  #learnSize({ page: number, perPage, from, end }: PlannedPage, page: Page<Item>): boolean {
    const { length } = page.items;
    // More follows a page that is too short: the server makes no larger ones. Behind a cursor it may be another page.
    const isCapped =
      this.#size === undefined &&
      length > 0 &&
      length < perPage &&
      perPage >= leastPerPage &&
      (this.#passed === 0 || mayFollow(page, from + length));
    if (length > end - from) this.#isFixed = true;
    else if (!isCapped) return true;
    this.#size = length;
    return number === 1;
  }

  #stepBack(isEmpty: boolean): Joined<Item> | undefined {
    // Empty twice behind the same items is the end; the first time the list may have become shorter.
    const again = isEmpty && this.#joined && this.#emptyAt === this.#passed;
    if (again && this.#isWhole) return { found: [], ended: true };
    if (isEmpty) this.#emptyAt = this.#passed;
    this.#joined = false;
    this.#position = Math.max(0, this.#position - (again ? Infinity : this.#step));
    this.#step *= 8;
    return undefined;
  }

  #remember(found: readonly Item[], { items, seconds }: Page<Item>): void {
    const behind = new Set(items.slice(items.findLastIndex(({ id }) => this.#known.has(id)) + 1));
    this.#passed += found.length;
    for (const item of found) {
      const second = seconds[items.indexOf(item)] as number;
      this.#known.set(item.id, second);
      // What stands between known items came late, and is not where the reading is.
      if (!behind.has(item)) {
        this.#orderChanges = !this.#sorted;
        continue;
      }
      this.#tied = second === this.#last?.second ? this.#tied + 1 : 1;
      this.#last = { id: item.id, second };
    }
  }
}
