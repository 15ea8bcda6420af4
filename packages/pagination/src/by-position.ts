import type { CreatedRange } from "./created-range.ts";
import type { Page } from "./endpoint.ts";
import type { PlannedPage } from "./pages.ts";
import { type Position, type PositionOptions, PositionReading } from "./position-reading.ts";
import type { PageRequest, Requests } from "./requests.ts";

/** Some items of a list, in its order, and where to go on after them. */
export interface Batch<Item, Next> {
  readonly items: readonly Item[];
  readonly page: Page<Item>;
  /** Undefined at the end. */
  readonly next: Next | undefined;
}

/** Items of one page, and where they end. */
export interface PositionBatch<Item> extends Batch<Item, Position> {
  readonly here: Position;
}

interface Ahead<Item> extends PlannedPage {
  readonly request: PageRequest<Item>;
}

/**
 * Reads a list by position: each page begins inside the one before, so whatever came and went in between, what follows
 * the known items of a page is what comes next. A page that cannot be joined is requested again, farther back, and what
 * was requested behind it is dropped. The end is a page behind which the server has nothing more.
 *
 * @param created the caller's `created`, for a server that may know it
 * @returns "limit" when the server shows no more of the list, else "end"
 */
export async function* readByPosition<Item extends { id: number }>(
  requests: Requests<Item>,
  start: Position | undefined,
  options: PositionOptions,
  created?: CreatedRange,
): AsyncGenerator<PositionBatch<Item>, "end" | "limit", undefined> {
  const reading = new PositionReading<Item>(start, options);
  let queue: Ahead<Item>[] = [];
  for (;;) {
    // A second is read while windows are under way.
    const concurrency = options.second === undefined ? requests.concurrency : 1;
    reading.sequential = concurrency === 1;
    while (queue.length < concurrency) {
      const planned = reading.plan(queue.at(-1));
      if (!planned) break;
      const { page, perPage } = planned;
      queue.push({ ...planned, request: requests.send({ page, perPage, created }) });
    }
    const ahead = queue.shift();
    if (!ahead) return "limit";
    const page = await requests.page(ahead.request);
    const joined = reading.add(ahead, page);
    if (!joined) {
      for (const { request } of queue) request.cancel();
      queue = [];
      continue;
    }
    const { here } = reading;
    yield { items: joined.found, page, here, next: joined.ended ? undefined : here };
    if (joined.ended) return "end";
  }
}
