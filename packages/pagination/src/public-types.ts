/** How to read a list. */
export interface PaginateOptions {
  /**
   * Requests under way, or answered and not yet read, at once. `1` is strictly one after the other, as GitHub
   * advises. Default 3; after a secondary rate limit 1 for the rest of the iteration.
   * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
   */
  concurrency?: number | undefined;
  /** Where to go on: a `cursor` of this list. Default: the newest item. */
  from?: string | undefined;
  /**
   * Ends the iteration at once, between and inside pages, with the signal's reason; nothing more is sent. The reason
   * of `AbortSignal.timeout()` is a `DOMException` named `TimeoutError`.
   */
  signal?: AbortSignal | undefined;
  /** Told of every answer, before its items are given out. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * What to do with a list that holds more than GitHub shows of it (1,000 with actor, branch, check_suite_id,
   * created, event, head_sha or status, else 40,000). `"split"`, the default, reads all of it, `created` range
   * by range. `"error"` throws {@link BeyondLimitError} before the first item, unless `take()` asks for no more
   * than that. `"truncate"` stops there, and says so in `truncated`.
   */
  beyondLimit?: "split" | "error" | "truncate" | undefined;
}

/** How far an iteration is. */
export interface Progress {
  /** Items read in this iteration. */
  items: number;
  /** Requests sent in this iteration. */
  requests: number;
  /** Items GitHub counts in the whole list. */
  totalCount: number;
  /** True when GitHub stopped counting at `totalCount`: 2,500 of a filtered list, 40,000 of an unfiltered one. */
  totalCountIsLowerBound: boolean;
}

/** The new items that one request brought. */
export interface ListPage<Item> {
  /** In the list's order; empty only on the one page of an empty list. */
  readonly items: readonly Item[];
  /** Items GitHub counts in the whole list. */
  readonly totalCount: number;
  /** True when GitHub stopped counting at `totalCount`. */
  readonly totalCountIsLowerBound: boolean;
  /** The response: status and headers. Its body has been read. */
  readonly response: Response;
  /** Where to go on after this page. */
  readonly cursor: string;
}

/** A list: iterate it, or ask for a part. */
export interface List<Item> extends AsyncIterable<Item> {
  /** The items as an async generator, newest first, each once. Leaving the loop cancels what is in flight. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined>;
  /** The same, page by page, with response and cursor. */
  pages(): AsyncGenerator<ListPage<Item>, void, undefined>;
  /** The first `count` items, with no more requests than they need. */
  take(count: number): Promise<Item[]>;
  /** All items. They are all in memory then; a run is about 10 kB. */
  toArray(): Promise<Item[]>;
  /**
   * How many items the list holds, exactly: one request of one item where GitHub's `total_count` can be
   * trusted, else one for each piece of `created` that it can count. Not changed by `from` and `beyondLimit`.
   */
  count(): Promise<number>;
  /** Where to go on if the iteration ended here: behind the last page that was wholly given out. */
  readonly cursor: string;
  /** What GitHub counts in the whole list; undefined before the first answer. */
  readonly totalCount: number | undefined;
  /** True when GitHub stopped counting at `totalCount`. */
  readonly totalCountIsLowerBound: boolean;
  /** True when `beyondLimit: "truncate"` has left something out. */
  readonly truncated: boolean;
}
