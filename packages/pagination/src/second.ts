import { formatSecond } from "./created-range.ts";
import { mayFollow, type Page } from "./endpoint.ts";
import { CrowdedSecondError, UnstableListError } from "./errors.ts";
import { limits, patience } from "./limits.ts";
import { leastPerPage, planPage } from "./pages.ts";

/**
 * Which pages of one second to read until all its runs are found. While the order is kept, each page begins with the
 * last run of the one before, and the runs are complete when they are as many as the count. Where the order changes
 * from request to request, whole rounds of pages are read until the runs are as many as the count and a round has brought no new one.
 */
export class SecondReading<Item extends { id: number }> {
  /** All runs found, by id. */
  readonly found: Map<number, Item> = new Map();
  done = false;
  readonly #second: number;
  /** Items of the largest page that the server makes. */
  readonly #most: number;
  /** Ids in the order of the pages; undefined once a page did not keep it. */
  #sequence: number[] | undefined;
  #total: number | undefined;
  /** What was seen since the count last changed: all of it was there at once. */
  #current: Set<number> = new Set();
  #page = 1;
  readonly #round: Set<number> = new Set();
  /** The ids of each page as they were last. */
  readonly #before: Map<number, string> = new Map();
  #unchanged = 0;
  #idle = 0;
  #pages = 0;

  /** @param first a page that holds nothing but this second's runs, and not all of them */
  constructor(second: number, first: readonly Item[]) {
    this.#second = second;
    this.#most = first.length >= leastPerPage ? first.length : limits.perPage;
    this.#sequence = first.map(({ id }) => id);
    for (const item of first) this.found.set(item.id, item);
  }

  /** The page to request next, of the list of this second. */
  next(): { page: number; perPage: number } {
    return this.#planned ?? { page: this.#page, perPage: limits.perPage };
  }

  get #planned(): ReturnType<typeof planPage> {
    return this.#sequence && planPage(this.#sequence.length, 1, this.#most, limits.search);
  }

  /**
   * @throws {CrowdedSecondError} when there are more runs than a search shows
   * @throws {UnstableListError} when the pages contradict each other without end
   */
  add(page: Page<Item>): void {
    const { total, isLowerBound, items } = page;
    if (total > limits.search)
      throw new CrowdedSecondError(formatSecond(this.#second), total, isLowerBound);
    const before = this.found.size;
    for (const item of items) this.found.set(item.id, item);
    this.#idle = this.found.size > before ? 0 : this.#idle + 1;
    const ids = items.map(({ id }) => id);
    if (this.#sequence) this.#inOrder(this.#sequence, page, ids);
    else this.#inAnyOrder(page, ids);
    if (!this.done && (this.#idle > patience || ++this.#pages > 5 * patience))
      throw new UnstableListError(
        `The server counts ${total} runs in the second ${formatSecond(this.#second)}, and ${this.#pages} requests ` +
          `found ${this.found.size}, now these and now those. Try again later, or read with \`source: "list"\`.`,
        { second: formatSecond(this.#second) },
      );
  }

  #inOrder(sequence: number[], page: Page<Item>, ids: readonly number[]): void {
    const { from = 0 } = this.#planned ?? {};
    const known = sequence.length;
    const joins =
      sequence.slice(from).every((id, index) => id === ids[index]) &&
      page.total === (this.#total ?? page.total);
    this.#total = page.total;
    if (joins) sequence.push(...ids.slice(known - from));
    const more = mayFollow(page, from + ids.length);
    const whole = page.next === false || sequence.length === page.total;
    this.done = joins && !more && whole && sequence.length === this.found.size;
    if (!joins || !more || sequence.length === known || !this.#planned) this.#sequence = undefined;
  }

  #inAnyOrder(page: Page<Item>, ids: readonly number[]): void {
    if (page.total !== this.#total) this.#current = new Set();
    this.#total = page.total;
    const repeats = ids.some((id) => this.#round.has(id));
    for (const id of ids) {
      this.#current.add(id);
      this.#round.add(id);
    }
    const same = this.#before.get(this.#page) === ids.join();
    this.#unchanged = same && !repeats ? this.#unchanged + 1 : 0;
    this.#before.set(this.#page, ids.join());
    const more = mayFollow(page, this.#round.size);
    const pages = Math.max(1, Math.ceil(page.total / this.#most));
    this.done =
      // One page holds all of it.
      (this.#page === 1 && !more) ||
      (this.#current.size >= page.total && this.#idle >= pages) ||
      // The count changes all the time.
      (this.found.size >= page.total && this.#idle >= Math.max(30, 6 * pages)) ||
      // The order is kept, and the count counts what is not shown.
      (!more && this.#unchanged >= 2 * this.#page);
    if (more) this.#page++;
    else {
      this.#page = 1;
      this.#round.clear();
    }
  }
}
