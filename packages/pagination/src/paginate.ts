import { waitUntil } from "./abortable.ts";
import { countList } from "./count.ts";
import { decodeCursor, encodeCursor, type Place } from "./cursor.ts";
import { PaginationOptionError, withCursor } from "./errors.ts";
import { type ListSource, listSource } from "./list-source.ts";
import type { ListClient, ListItem, ListOperationName, ListParameters } from "./list-types.ts";
import { checkOptions } from "./option-check.ts";
import { Reader } from "./reader.ts";
import type { List, ListPage, PaginateOptions, Progress } from "./public-types.ts";

/**
 * Every item of a list, once, newest first: an async iterable that fetches a few pages ahead, gets past the
 * 1,000 (or 40,000) items that GitHub shows of a list, and can go on from where it was.
 *
 * Nothing is sent before the first item is asked for. The list can be iterated more than once; each iteration
 * reads it anew, and `cursor`, `totalCount` and `truncated` speak of the latest.
 *
 * @param client a client of `@workflow-runs/core`, or one of its repositories
 * @param operation name of a list operation: `listWorkflowRunsForRepo`, `listWorkflowRuns`,
 *   `listJobsForWorkflowRun`, `listJobsForWorkflowRunAttempt`
 * @param parameters its parameters, without `page`; `per_page` (1–100) is the number of items fetched at once, 100 by default
 * @throws {PaginationOptionError} when a parameter or an option cannot be used
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
  const source = listSource<Item>(client, operation, parameters);
  return new PagedList<Item>(source, options);
}

class PagedList<Item extends { id: number }> implements List<Item> {
  readonly #source: ListSource<Item>;
  readonly #options: PaginateOptions;
  readonly #concurrency: number;
  readonly #start: Place;
  #place: Place;
  #latest: Reader<Item> | undefined;

  constructor(source: ListSource<Item>, options: PaginateOptions) {
    checkOptions(options);
    const { concurrency = 3, from } = options;
    this.#source = source;
    this.#options = options;
    this.#concurrency = concurrency;
    this.#start = from === undefined ? { at: "start" } : decodeCursor(source.fingerprint, from);
    this.#place = this.#start;
  }

  get cursor(): string {
    return encodeCursor(this.#source.fingerprint, this.#place);
  }

  get totalCount(): number | undefined {
    return this.#latest?.totalCount;
  }

  get totalCountIsLowerBound(): boolean {
    return this.#latest?.totalCountIsLowerBound ?? false;
  }

  get truncated(): boolean {
    return this.#latest?.truncated ?? false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const { signal } = this.#options;
    for await (const { items, near } of this.#read(Infinity)) {
      const middle = items.length >> 1;
      for (const [index, item] of items.entries()) {
        // The pages ahead are asked for once this one is half read, and not for one who only looks at the first.
        if (index === middle && index > 0) near();
        if (signal?.aborted) throw signal.reason;
        yield item;
      }
    }
  }

  async *pages(): AsyncGenerator<ListPage<Item>, void, undefined> {
    for await (const { items, response, place, near } of this.#read(Infinity)) {
      near();
      const { totalCount = 0, totalCountIsLowerBound } = this;
      const cursor = encodeCursor(this.#source.fingerprint, place);
      yield { items, response, totalCount, totalCountIsLowerBound, cursor };
    }
  }

  async take(count: number): Promise<Item[]> {
    if (!Number.isInteger(count) || count < 0)
      throw new PaginationOptionError("count", `take: ${String(count)} is not a number of items.`);
    const taken: Item[] = [];
    if (count > 0)
      for await (const { items, near } of this.#read(count)) {
        near();
        taken.push(...items);
      }
    return taken;
  }

  async toArray(): Promise<Item[]> {
    return this.take(Number.MAX_SAFE_INTEGER);
  }

  async count(): Promise<number> {
    const signal = this.#options.signal ?? new AbortController().signal;
    signal.throwIfAborted();
    return countList(this.#source, this.#concurrency, signal);
  }

  async *#read(limit: number): AsyncGenerator<Read<Item>, void, undefined> {
    const { signal, beyondLimit = "split", onProgress } = this.#options;
    const place = this.#start;
    const reader = new Reader<Item>(this.#source, {
      concurrency: this.#concurrency,
      beyondLimit,
      limit,
      place,
      signal,
      now: Date.now,
      waitUntil,
    });
    this.#latest = reader;
    this.#place = place;
    const progress: Progress = {
      items: 0,
      requests: 0,
      totalCount: 0,
      totalCountIsLowerBound: false,
    };
    try {
      for (;;) {
        const page = await reader.next();
        if (!page) break;
        const { requests, totalCount = 0, totalCountIsLowerBound } = reader;
        const items = progress.items + page.items.length;
        Object.assign(progress, { items, requests, totalCount, totalCountIsLowerBound });
        onProgress?.({ ...progress });
        yield { ...page, near: () => reader.prefetch() };
        this.#place = page.place;
      }
    } catch (error) {
      throw signal?.aborted ? error : withCursor(error, this.cursor);
    } finally {
      reader.close();
    }
  }
}

interface Read<Item> {
  readonly items: readonly Item[];
  readonly response: Response;
  readonly place: Place;
  /** Says that the next page will be wanted soon. */
  readonly near: () => void;
}
