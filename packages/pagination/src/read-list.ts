import { type Batch, readByPosition } from "./by-position.ts";
import { readByTime } from "./by-time.ts";
import { type CreatedRange, secondOf } from "./created-range.ts";
import type { ReadState } from "./cursor.ts";
import type { Endpoint, Page } from "./endpoint.ts";
import { IndexBehindError, UnstableListError } from "./errors.ts";
import { limits } from "./limits.ts";
import type { Position } from "./position-reading.ts";
import type { PageRequest, Requests } from "./requests.ts";
import { NotByTime } from "./windows.ts";

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

type Batches<Item, Result = void> = AsyncGenerator<ReadBatch<Item>, Result, undefined>;
type TimeState = Omit<Extract<ReadState, { at: "time" }>, "at" | "count">;

/**
 * Reads a list from a state on: by time what comes from the search index, by position what comes from the database,
 * and by time again what the database does not show.
 *
 * @param wanted how many items will be taken
 */
export async function* readList<Item extends { id: number }>(
  endpoint: Endpoint<Item>,
  requests: Requests<Item>,
  start: ReadState,
  wanted: number,
): Batches<Item> {
  const { filter, isSearch, range, limit } = endpoint;
  // Where items are filtered here, nobody knows how many pages bring so many.
  const atMost = filter && !isSearch ? Infinity : wanted;
  const perPage = Math.min(endpoint.perPage, atMost);
  let count = start.at === "start" ? 0 : start.count;

  function batch<Next>(
    { items: found, page, next }: Batch<Item, Next>,
    isNew: (item: Item) => boolean,
    stateAt: (next: Next, count: number) => ReadState,
    stateAfterItem: (item: Item, count: number, left: number) => ReadState,
  ): ReadBatch<Item> {
    const items = found.filter((item) => isNew(item) && (filter?.(item) ?? true));
    const before = count;
    const after = (count += items.length);
    return {
      items,
      page,
      skipped: page.items.filter((item) => !isNew(item)).length,
      stateAfter(length) {
        const last = items[length - 1];
        if (length < items.length && last)
          return stateAfterItem(last, before + length, found.length - found.indexOf(last) - 1);
        return next === undefined ? { at: "end", count: after } : stateAt(next, after);
      },
    };
  }

  async function* byTime(state: Partial<TimeState>, first?: PageRequest<Item>): Batches<Item> {
    const { second, id = Infinity, below } = state;
    const from = range.from;
    const to = second ?? range.to;
    if (from !== undefined && to !== undefined && to < from) return;
    // Of the last second of a page nothing is proved, so a few more are requested than are wanted.
    const size = Math.min(limits.perPage, Math.max(20, perPage + 10));
    const batches = readByTime(requests, { from, to }, { perPage: size, wanted: atMost, first });
    for await (const read of batches)
      yield batch(
        read,
        (item) => item.id < (below ?? Infinity) && (item.id < id || createdIn(item) !== second),
        (next: CreatedRange, count) =>
          next.to === undefined
            ? { at: "start" }
            : {
                at: "time",
                count,
                second: next.to,
                id: next.to === second ? state.id : undefined,
                below,
              },
        (item, count) => ({ at: "time", count, second: createdIn(item), id: item.id, below }),
      );
  }

  async function* byPosition(
    from: Position | undefined,
    shown: number,
    isNew: (item: Item) => boolean = () => true,
  ): Batches<Item, number | undefined> {
    const created = isSearch ? range : undefined;
    const options = { perPage, wanted: atMost, limit: shown, mayBeSorted: endpoint.hasCreated };
    let last = from?.id;
    const batches = readByPosition(requests, from, options, created);
    for (;;) {
      const { done, value } = await batches.next();
      if (done) return value === "limit" ? last : undefined;
      const { here, page } = value;
      last = here.id;
      yield batch(
        value,
        isNew,
        (next, count) => ({ at: "position", count, ...next }),
        ({ id }, count, left) => ({
          ...here,
          at: "position",
          count,
          id,
          position: here.position - left,
        }),
      );
      // Ids and times are sorted nearly alike: a day is far more than they differ by.
      if (!isSearch && page.seconds.every((second) => second < (range.from ?? -Infinity) - 86_400))
        return undefined;
    }
  }

  if (start.at === "end") return;
  if (start.at === "time" && start.below !== undefined) {
    yield* byTime(start);
    return;
  }
  if (start.at === "position" || !isSearch) {
    const last = yield* byPosition(start.at === "position" ? start : undefined, limit);
    if (last === undefined) return;
    const joined = await joinIndex(requests, last, limit, range.from);
    if (joined) yield* byTime({ second: joined.second, below: last }, joined.first);
    return;
  }
  let state: ReadState = start;
  try {
    for await (const read of byTime(start.at === "time" ? start : {})) {
      yield read;
      state = read.stateAfter(Infinity);
    }
  } catch (error) {
    if (!(error instanceof NotByTime)) throw error;
    if (error.reason !== "range" && state.at !== "start")
      throw new UnstableListError(
        error.reason === "order"
          ? "The server's pages are not sorted by created_at, though earlier ones were. Try again later."
          : 'A run of the list has no created_at, though earlier ones had. Read it with `source: "list"`.',
      );
    // What is newer than the state was passed on before the server was seen not to know `created`.
    const { second = Infinity, id = Infinity } = state.at === "time" ? state : {};
    const isNew = (item: Item): boolean =>
      !(createdIn(item) > second || (createdIn(item) === second && item.id >= id));
    yield* byPosition(undefined, Infinity, isNew);
  }
}

/**
 * The first request beyond what the database shows. What it brings has to contain the last runs that the database
 * showed, as far as it reaches: else the index is behind, and would lose others without a word.
 *
 * @param below the last run that was read
 * @param oldest lower bound of the caller's `created`
 * @returns undefined when what is left is older than that
 * @throws {IndexBehindError}
 */
async function joinIndex<Item extends { id: number }>(
  requests: Requests<Item>,
  below: number,
  limit: number,
  oldest: number = -Infinity,
): Promise<{ second: number; first: PageRequest<Item> } | undefined> {
  // Twice: a run may be deleted between the two requests.
  for (let attempt = 1; ; attempt++) {
    let number = limit / limits.perPage;
    let shown = await requests.get({ page: number, perPage: limits.perPage });
    while (number > 1 && !shown.items.some(({ id }) => id >= below))
      shown = await requests.get({ page: --number, perPage: limits.perPage });
    const second = Math.max(...shown.seconds);
    if (second < oldest) return undefined;
    const from = Number.isFinite(oldest) ? oldest : undefined;
    const created = { from, to: second };
    const first = requests.send({ page: 1, perPage: limits.perPage, created });
    const found = await requests.page(first);
    const ids = new Set(found.items.map(({ id }) => id));
    const reaches = Math.max(oldest - 1, found.seconds.at(-1) ?? -Infinity);
    const missing = shown.items.filter((item) => createdIn(item) > reaches && !ids.has(item.id));
    if (missing.length === 0) return { second, first };
    if (attempt === 2) throw new IndexBehindError(missing.map(({ id }) => id));
  }
}

function createdIn(item: object): number {
  return secondOf(String((item as { created_at?: unknown }).created_at));
}
