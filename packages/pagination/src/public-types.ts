/** How to read a list. */
export interface PaginateOptions {
  /**
   * Requests under way, or arrived and not yet read, at once. `1` is strictly one after the other, as GitHub
   * advises. After a secondary rate limit it is 1 for the rest of the iteration.
   * @default 3
   * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
   */
  readonly concurrency?: number | undefined;
  /** Where to go on: a `cursor` of this list. @default the newest item */
  readonly from?: string | undefined;
  /**
   * Ends the iteration at once, between and inside pages, with the signal's reason; nothing more is sent. The reason
   * of `AbortSignal.timeout()` is a `DOMException` named `TimeoutError`.
   */
  readonly signal?: AbortSignal | undefined;
  /** Called for every page, before its items are yielded. */
  readonly onProgress?: ((progress: ListProgress) => void) | undefined;
  /**
   * What to do with a list that holds more than GitHub shows of it (1,000 with actor, branch, check_suite_id,
   * created, event, head_sha or status, else 40,000). `"split"` reads all of it, `created` range by range. `"error"`
   * throws {@link BeyondLimitError} before the first item, unless `take()` wants no more than that. `"truncate"` stops
   * there, and says so in `truncated`.
   * @default "split"
   */
  readonly beyondLimit?: "split" | "error" | "truncate" | undefined;
  /**
   * Where a list with filters is read. `"search"`: from GitHub's search index, which lags by seconds always, and by
   * hours or days in incidents. `"list"`: from the database, all runs, and filtered here: slower, and no run is missing.
   * A list without filters always comes from the database.
   * @default "search"
   */
  readonly source?: "search" | "list" | undefined;
}

/** How many items a list holds. */
export interface TotalCount {
  /** As GitHub counts them. */
  readonly count: number;
  /**
   * False when there may be more: GitHub stops counting at 2,500 of a filtered list and 40,000 of an unfiltered one, and
   * with `source: "list"` only what was read is counted until the end. `count()` is exact always.
   */
  readonly exact: boolean;
}

/** How far an iteration is. */
export interface ListProgress {
  /** Items read in this iteration. */
  readonly items: number;
  /** Requests sent in this iteration. */
  readonly requests: number;
  /** Items in the whole list. */
  readonly totalCount: TotalCount;
}

/** New items of a list, as one request brought them. */
export interface ListPage<Item> {
  /** In the list's order; empty only on the one page of an empty list. */
  readonly items: readonly Item[];
  /** Items in the whole list. */
  readonly totalCount: TotalCount;
  /** The response: status and headers. Its body has been read. */
  readonly response: Response;
  /** Where to go on after this page. */
  readonly cursor: string;
}

/** A list: iterate it, or ask for a part. */
export interface List<Item> extends AsyncIterable<Item> {
  /** The items as an async generator, each once. Leaving the loop cancels what is under way. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
  /** The same, page by page, with response and cursor. */
  pages(): AsyncGenerator<ListPage<Item>, void, undefined>;
  /** The first `count` items, with no more requests than they need. */
  take(count: number): Promise<Item[]>;
  /** All items. They are all in memory then; a run is about 10 kB. */
  toArray(): Promise<Item[]>;
  /**
   * How many items the list holds, exactly: one request of one item where GitHub's `total_count` can be
   * trusted, else one for each piece of `created` that it can count; with `source: "list"` all of it is read. Not changed by
   * `from` and `beyondLimit`.
   */
  count(): Promise<number>;
  /** Where to go on if the iteration ended here: behind the last page that was wholly yielded. */
  readonly cursor: string;
  /** Items in the whole list; undefined before the first page. */
  readonly totalCount: TotalCount | undefined;
  /** True when `beyondLimit: "truncate"` has left something out. */
  readonly truncated: boolean;
}
