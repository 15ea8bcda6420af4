import { formatSecond } from "./created-range.ts";
import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { requestsWithoutProgress } from "./limits.ts";
import { KnownItems } from "./known-items.ts";
import { type PlannedPage, ServerPages } from "./pages.ts";
import { ServerCount } from "./server-count.ts";

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
  /** Items that are requested at once, before a page has counted them. */
  readonly opening?: number;
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
  readonly #pages: ServerPages;
  readonly #known: KnownItems;
  readonly #count = new ServerCount();
  #position: number;
  #sorted: boolean;
  /** Items were seen to come in another order than before. */
  #orderChanges = false;
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
    this.#pages = new ServerPages(options.perPage);
    this.#known = new KnownItems(start?.id);
    this.#position = start?.position ?? 0;
    this.#sorted = start?.sorted ?? options.mayBeSorted;
  }

  get here(): Position {
    return { position: this.#position, id: this.#known.last?.id ?? 0, sorted: this.#sorted };
  }

  /**
   * The page to request behind those that are requested already.
   *
   * @param ahead the last of them
   * @returns undefined when none is needed, or when the server shows no more
   */
  plan(ahead: PlannedPage | undefined): PlannedPage | undefined {
    const from = ahead?.end ?? this.#position;
    const { perPage, wanted, limit, opening = 0 } = this.#options;
    const needed = Math.min(
      this.#count.total ?? opening,
      this.#position + wanted - this.#known.count,
    );
    if (ahead && from >= needed) return undefined;
    if (from === 0) {
      const end = Math.min(perPage, wanted, this.#pages.cap);
      return { page: 1, perPage: end, from, end };
    }
    const tied = this.#isTie ? this.#known.tied : 0;
    return this.#pages.behind(from, this.#needsNoOverlap ? 0 : tied + 1, limit);
  }

  /**
   * @returns undefined when the page cannot be joined: what was requested behind it is of no use
   * @throws {UnstableListError} when nothing new was found for too long
   */
  add(planned: PlannedPage, page: Page<Item>): Joined<Item> | undefined {
    const { items, seconds, total, isLowerBound } = page;
    if (++this.#idle > requestsWithoutProgress) throw this.#unstable(planned, page);
    if (!this.#pages.learn(planned, page, this.#known.count === 0)) return undefined;
    const before = this.#count.update(page);
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
    const end = Math.min(planned.end, planned.from + this.#pages.cap);
    const isNew = found.length > 0;
    if (isNew) [this.#idle, this.#step] = [0, 8];
    this.#position = Math.max(this.#position, isNew ? shown : end);
    if (this.#known.add(found, page)) this.#orderChanges = !this.#sorted;
    const more = end >= this.#options.limit ? isLowerBound : mayFollow(page, shown);
    if (this.#orderChanges) this.#count.see(items);
    const ended = !more && (planned.page === 1 || this.#isWhole);
    if (!more && !ended) this.#position = 0;
    return { found, ended };
  }

  // In no order, a list is read until all that the server counts was seen, and a round of its pages brought nothing new.
  get #isWhole(): boolean {
    if (!this.#orderChanges) return true;
    const round = Math.ceil((this.#count.total as number) / this.#pages.most);
    return this.#count.isSeen && this.#idle >= round;
  }

  #unstable({ page: number, perPage }: PlannedPage, { items, total }: Page<Item>): Error {
    const second =
      this.#options.second === undefined ? undefined : formatSecond(this.#options.second);
    return new UnstableListError(
      `${requestsWithoutProgress} requests in a row${second ? ` for the second ${second}` : ""} brought no new item: ${this.#known.count} were found, ` +
        `the server counts ${total}, and its page ${number} of ${perPage} holds ${items.length} that are known, or that follow none that is known. ` +
        `Try again later${second ? ', or read with `source: "list"`' : ""}.`,
      second ? { second } : {},
    );
  }

  // Behind a cursor, what stands before its item was passed on.
  #skipToStart({ items }: Page<Item>): void {
    if (this.#known.count > 0) return;
    const index = items.findIndex(({ id }) => id === this.#start?.id);
    for (const { id } of items.slice(0, Math.max(0, index))) this.#known.skip(id);
  }

  // One after the other, a list that is sorted by id moves up only when it becomes shorter.
  get #needsNoOverlap(): boolean {
    return this.sequential && this.#sorted && this.#count.onlyGrows;
  }

  get #isTie(): boolean {
    return this.#known.tied < this.#pages.most / 4;
  }

  // Not of the second read last, in which the order may not be kept.
  #isKnownBeforeTie(id: number): boolean {
    return this.#isTie ? this.#known.isOfAnotherSecond(id) : this.#known.has(id);
  }

  // Sorted before the last item, and not read with it: it came in since, was read before the cursor, or is deleted and the
  // page is an old one.
  #isAbove(id: number, second: number): boolean {
    const { last } = this.#known;
    if (last === undefined || !this.#sorted || id <= last.id) return false;
    return second !== last.second || id > (this.#start?.id ?? Infinity);
  }

  #stepBack(isEmpty: boolean): Joined<Item> | undefined {
    // Empty twice behind the same items is the end; the first time the list may have become shorter.
    const again = isEmpty && this.#joined && this.#emptyAt === this.#known.count;
    if (again && this.#isWhole) return { found: [], ended: true };
    if (isEmpty) this.#emptyAt = this.#known.count;
    this.#joined = false;
    this.#position = Math.max(0, this.#position - (again ? Infinity : this.#step));
    this.#step *= 8;
    return undefined;
  }
}
