import { checkOptions, checkValue, kinds, oneOf } from "@workflow-runs/core/support";
import { countList } from "./count.ts";
import { decodeCursor, encodeCursor, type ReadState } from "./cursor.ts";
import { type Endpoint, endpointOf, type Page } from "./endpoint.ts";
import { BeyondLimitError, withCursor } from "./errors.ts";
import type { ListClient, ListItem, ListOperationName, ListParameters } from "./list-types.ts";
import type { List, ListPage, PaginateOptions, TotalCount } from "./public-types.ts";
import { limits } from "./limits.ts";
import { readList } from "./read-list.ts";
import { Requests } from "./requests.ts";
import type { ReadBatch } from "./resumable-reading.ts";

const optionKinds = {
  concurrency: kinds.count,
  from: { ...kinds.text, words: "a cursor, which is a string" },
  signal: kinds.abortSignal,
  onProgress: kinds.callback,
  beyondLimit: oneOf("split", "error", "truncate"),
  source: oneOf("search", "list"),
};

/**
 * Every item of a list, once: an async iterable that fetches a few pages ahead, gets past the 1,000 (or 40,000) items
 * that GitHub shows of a list, and can go on from where it was. A search comes newest first, by second and then by id; a
 * list from the database (without filters, of jobs, or with `source: "list"`) in its own order, which is by id.
 *
 * Nothing is sent before the first item is wanted. The list can be iterated more than once; each iteration
 * reads it anew, and `cursor`, `totalCount` and `truncated` speak of the latest.
 *
 * @param client a client of `@workflow-runs/core`, or one of its repositories
 * @param operation name of a list operation: `listWorkflowRunsForRepo`, `listWorkflowRuns`,
 *   `listJobsForWorkflowRun`, `listJobsForWorkflowRunAttempt`, `listRepoWorkflows`
 * @param parameters its parameters, without `page`; `per_page` (1–100, 100 by default) is about how many items a request brings
 * @throws {ParameterError} when a parameter or an option cannot be used
 * @throws {CursorError} when `from` is not a cursor of this list
 * @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 * @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export function paginate<C extends ListClient, Name extends ListOperationName>(
  client: C,
  operation: Name,
  parameters: ListParameters<C, Name>,
  options: PaginateOptions = {},
): List<ListItem<Name>> {
  type Item = ListItem<Name> & { id: number };
  checkOptions("paginate", options, optionKinds);
  const endpoint = endpointOf<Item>(client, operation, parameters, options.source);
  return new PagedList<Item>(endpoint, options);
}

class PagedList<Item extends { id: number }> implements List<Item> {
  readonly #endpoint: Endpoint<Item>;
  readonly #options: PaginateOptions;
  readonly #start: ReadState;
  #state: ReadState;
  totalCount: TotalCount | undefined;
  truncated = false;

  constructor(endpoint: Endpoint<Item>, options: PaginateOptions) {
    const { from } = options;
    this.#endpoint = endpoint;
    this.#options = options;
    this.#start = from === undefined ? { at: "start" } : decodeCursor(endpoint.fingerprint, from);
    this.#state = this.#start;
  }

  get cursor(): string {
    return encodeCursor(this.#endpoint.fingerprint, this.#state);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { signal } = this.#options;
    for await (const { items, prefetch } of this.#read(Infinity)) {
      const middle = items.length >> 1;
      for (const [index, item] of items.entries()) {
        // The pages ahead are requested once this one is half read, and not for one who only looks at the first.
        if (index === middle && index > 0) prefetch();
        if (signal?.aborted) throw signal.reason;
        yield item;
      }
    }
  }

  async *pages(): AsyncGenerator<ListPage<Item>, void, undefined> {
    for await (const { items, response, state, prefetch } of this.#read(Infinity)) {
      prefetch();
      const { totalCount = { count: 0, exact: false } } = this;
      const cursor = encodeCursor(this.#endpoint.fingerprint, state);
      yield { items, response, totalCount, cursor };
    }
  }

  async take(count: number): Promise<Item[]> {
    checkValue("paginate", "take(count)", count, {
      allows: (value) => value === 0 || kinds.count.allows(value),
      words: "a number of items",
    });
    const taken: Item[] = [];
    if (count > 0) for await (const { items } of this.#read(count)) taken.push(...items);
    return taken;
  }

  async toArray(): Promise<Item[]> {
    return this.take(Number.MAX_SAFE_INTEGER);
  }

  async count(): Promise<number> {
    const { concurrency = 3, signal } = this.#options;
    signal?.throwIfAborted();
    const requests = new Requests(this.#endpoint, concurrency, signal);
    try {
      return await countList(this.#endpoint, requests);
    } finally {
      requests.close();
    }
  }

  async *#read(most: number): AsyncGenerator<ReadItems<Item>, void, undefined> {
    const { concurrency = 3, signal, beyondLimit = "split", onProgress } = this.#options;
    const start = (this.#state = this.#start);
    const passed = start.at === "start" ? 0 : start.count;
    const { limit, filter, isSearch } = this.#endpoint;
    const isTruncated = beyondLimit === "truncate";
    // How many of the list GitHub still shows, where that is the end. Of what is filtered here nobody knows.
    const shown =
      isTruncated && (isSearch || filter === undefined) ? Math.max(0, limit - passed) : Infinity;
    const wanted = Math.min(most, shown);
    this.truncated = wanted === 0 && start.at !== "end";
    if (wanted === 0) return;
    this.totalCount = undefined;
    const requests = new Requests(this.#endpoint, concurrency, signal);
    // One who takes all, and several at a time, is served sooner by three requests at once.
    const opening = most < Infinity && concurrency >= 4 ? 2 * limits.perPage : 0;
    const batches = readList(this.#endpoint, requests, start, {
      wanted,
      opening,
      beyond: !isTruncated,
    });
    let upcoming: ReturnType<typeof batches.next> | undefined;
    let items = 0;
    const prefetch = (): void => {
      if (items >= wanted) return;
      upcoming ??= batches.next();
      upcoming.catch(() => undefined);
    };
    try {
      while (items < wanted) {
        const { done, value } = await (upcoming ?? batches.next());
        upcoming = undefined;
        if (done) {
          this.truncated = isTruncated && this.#state.at !== "end";
          if (!this.truncated) this.#state = { at: "end", count: passed + items };
          break;
        }
        if (this.totalCount === undefined && beyondLimit === "error" && most > limit)
          refuseBeyond(limit, value.page);
        const taken = value.items.slice(0, wanted - items);
        const state = value.stateAfter(taken.length);
        items += taken.length;
        this.totalCount = this.#total(value, passed + items, state);
        onProgress?.({ items, requests: requests.sent, totalCount: this.totalCount });
        if (taken.length > 0 || (items === 0 && state.at === "end"))
          yield { items: taken, response: value.page.response, state, prefetch };
        this.#state = state;
        this.truncated = items === shown && state.at !== "end";
      }
    } catch (error) {
      throw signal?.aborted ? error : withCursor(error, this.cursor);
    } finally {
      requests.close();
    }
  }

  #total({ page, skipped }: ReadBatch<Item>, count: number, state: ReadState): TotalCount {
    const { filter, isSearch } = this.#endpoint;
    if (filter && !isSearch) return { count, exact: state.at === "end" };
    if (this.totalCount) return this.totalCount;
    // Behind a cursor a search counts what is left, and what was passed on of the second it begins with.
    const resumed = this.#start.at === "time" ? this.#start.count - skipped : undefined;
    return {
      count: (resumed ?? 0) + page.total,
      exact: resumed === undefined && !page.isLowerBound,
    };
  }
}

/** @throws {BeyondLimitError} when the list holds more than GitHub shows of it */
function refuseBeyond(limit: number, { total, isLowerBound }: Page<unknown>): void {
  if (total > limit || (isLowerBound && total === limit)) throw new BeyondLimitError(limit, total);
}

/** Some items of a list. */
interface ReadItems<Item> {
  readonly items: readonly Item[];
  readonly response: Response;
  /** Where to go on after them. */
  readonly state: ReadState;
  /** Says that the next will be wanted soon. */
  readonly prefetch: () => void;
}
