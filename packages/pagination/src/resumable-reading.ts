import { type Batch, readByPosition } from "./by-position.ts";
import { readByTime } from "./by-time.ts";
import { createdIn, type CreatedRange } from "./created-range.ts";
import type { ReadState } from "./cursor.ts";
import type { Endpoint, Page } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { pagesLeft } from "./pages.ts";
import type { Position } from "./position-reading.ts";
import type { PageRequest, Requests } from "./requests.ts";

/** How much of a list is read. */
export interface ReadingAmount {
  /** How many items will be taken. */
  readonly wanted: number;
  /** Items of the database that are requested at once, before a page has counted them. @default 0 */
  readonly opening?: number;
}

/** Items of a list, in its order. */
export interface ReadBatch<Item> {
  readonly items: readonly Item[];
  /** The page that brought them; the last one where several did. */
  readonly page: Page<Item>;
  /** Items of the page that had been passed on before. */
  readonly skipped: number;
  /** Where to go on after the first `length` of the items. */
  readonly stateAfter: (length: number) => ReadState;
}

/** The batches of a list. */
export type Batches<Item, Result = void> = AsyncGenerator<ReadBatch<Item>, Result, undefined>;

/** Where a reading by time begins. */
export type TimeState = Partial<Omit<Extract<ReadState, { at: "time" }>, "at" | "count">>;

/** Which items of a batch are new, and where to go on after it and inside it. */
interface States<Item, Next> {
  readonly isNew: (item: Item) => boolean;
  /** After the whole batch, when more follows. */
  readonly behind: (next: Next, count: number) => ReadState;
  /** After one of its items, which `left` others of the page follow. */
  readonly after: (item: Item, count: number, left: number) => ReadState;
}

/** Reads a list with either reader, counts its items, and knows after each of them where to go on. */
export class ResumableReading<Item extends { id: number }> {
  readonly #endpoint: Endpoint<Item>;
  readonly #requests: Requests<Item>;
  readonly #wanted: number;
  readonly #perPage: number;
  readonly #opening: number;
  #count: number;

  /**
   * @param count items that were passed on before
   */
  constructor(
    endpoint: Endpoint<Item>,
    requests: Requests<Item>,
    count: number,
    { wanted, opening = 0 }: ReadingAmount,
  ) {
    const { filter, isSearch, perPage } = endpoint;
    this.#endpoint = endpoint;
    this.#requests = requests;
    this.#count = count;
    // Where items are filtered here, nobody knows how many pages bring so many.
    this.#wanted = filter && !isSearch ? Infinity : wanted;
    this.#opening = opening;
    this.#perPage = Math.min(perPage, this.#wanted);
  }

  /** @param first the first request, when it was sent already */
  async *byTime({ second, id, below }: TimeState, first?: PageRequest<Item>): Batches<Item> {
    const { range } = this.#endpoint;
    const start = { from: range.from, to: second ?? range.to };
    // Of the last second of a page nothing is proved, so a few more are requested than are wanted.
    const perPage = Math.min(limits.perPage, Math.max(20, this.#perPage + 10));
    const options = { perPage, wanted: this.#wanted, first };
    for await (const read of readByTime(this.#requests, start, options))
      yield this.#batch<CreatedRange>(read, {
        isNew: (item) =>
          item.id < (below ?? Infinity) &&
          (item.id < (id ?? Infinity) || createdIn(item) !== second),
        behind: (next, count) =>
          next.to === undefined
            ? { at: "start" }
            : {
                at: "time",
                count,
                second: next.to,
                id: next.to === second ? id : undefined,
                below,
              },
        after: (item, count) => ({
          at: "time",
          count,
          second: createdIn(item),
          id: item.id,
          below,
        }),
      });
  }

  /**
   * @param shown items that the server shows of the list
   * @returns id of the last run, when the server shows no more though more may follow
   */
  async *byPosition(
    start: Position | undefined,
    shown: number,
    isNew: (item: Item) => boolean = () => true,
  ): Batches<Item, number | undefined> {
    const { isSearch, range, hasCreated } = this.#endpoint;
    const created = isSearch ? range : undefined;
    const options = {
      perPage: this.#perPage,
      wanted: this.#wanted,
      limit: shown,
      mayBeSorted: hasCreated,
      opening: hasCreated ? this.#opening : 0,
    };
    const batches = readByPosition(this.#requests, start, options, created);
    let last = start?.id;
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return value === "limit" ? last : undefined;
      const { here, page } = value;
      last = here.id;
      const pages = isSearch ? Infinity : pagesLeft(page, range.from);
      const next = pages === 0 ? undefined : value.next;
      yield this.#batch<Position>(
        { ...value, next },
        {
          isNew,
          behind: (next, count) => ({ at: "position", count, ...next }),
          after: ({ id }, count, left) => ({
            ...here,
            at: "position",
            count,
            id,
            position: here.position - left,
          }),
        },
      );
      if (pages === 0) return undefined;
      this.#requests.concurrency = Math.min(this.#requests.concurrency, pages);
    }
  }

  #batch<Next>(
    { items: found, page, next }: Batch<Item, Next>,
    { isNew, behind, after }: States<Item, Next>,
  ): ReadBatch<Item> {
    const { filter } = this.#endpoint;
    const items = found.filter((item) => isNew(item) && (filter?.(item) ?? true));
    const before = this.#count;
    const count = (this.#count += items.length);
    return {
      items,
      page,
      skipped: page.items.filter((item) => !isNew(item)).length,
      stateAfter(length) {
        const last = items[length - 1];
        if (length < items.length && last)
          return after(last, before + length, found.length - found.indexOf(last) - 1);
        return next === undefined ? { at: "end", count } : behind(next, count);
      },
    };
  }
}
