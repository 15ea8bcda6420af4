import { type Batch, readByPosition } from "./by-position.ts";
import { type CreatedRange, formatCreated, formatSecond } from "./created-range.ts";
import { CrowdedSecondError, UnstableListError } from "./errors.ts";
import { limits, requestsWithoutProgress } from "./limits.ts";
import type { PageRequest, Requests } from "./requests.ts";
import { misfit, prove, WindowSize } from "./windows.ts";

/** The list cannot be read by time: the server has no `created_at` or no `created`, or sorts in another way. */
export class NotByTime extends Error {
  readonly misfit: "created_at" | "range" | "order";

  constructor(reason: "created_at" | "range" | "order") {
    super(`not by time: ${reason}`);
    this.misfit = reason;
  }
}

interface Window<Item> {
  readonly range: CreatedRange;
  readonly request: PageRequest<Item>;
}

/**
 * Reads a list by time: each request is page 1 of `created=A..B`, so each page is complete in itself and no position
 * can move. What is newer than the last second of a page is proved; the next request begins at that second, and only
 * a second that fills a page is read alone. With concurrency the time ahead is cut into windows, of the size that the
 * density so far suggests, and one open request behind them; a window that was too full continues by itself.
 *
 * @param wanted how many items will be taken
 * @param first the first request, when it was sent already
 */
export async function* readByTime<Item extends { id: number }>(
  requests: Requests<Item>,
  start: CreatedRange,
  options: { perPage: number; wanted: number; first?: PageRequest<Item> | undefined },
): AsyncGenerator<Batch<Item, CreatedRange>, void, undefined> {
  const { perPage, wanted } = options;
  const size = new WindowSize();
  const send = (range: CreatedRange): Window<Item> => ({
    range,
    request: requests.send({ page: 1, perPage, created: range }),
  });
  let queue: Window<Item>[] = options.first ? [{ range: start, request: options.first }] : [];
  let ahead: CreatedRange | undefined = options.first ? undefined : start;
  let left = Infinity;
  let passed = 0;
  let emptyPages = 0;
  let parts: number[] = [];

  for (;;) {
    if (queue.length === 0) {
      if (ahead === undefined) return;
      size.held(parts);
      parts = [];
      const most = Math.min(left, wanted - passed);
      queue = size.cut(ahead, perPage, requests.concurrency, most).map(send);
      ahead = undefined;
    }
    continueOverflowing(queue, requests.concurrency, send);
    const window = queue.shift() as Window<Item>;
    const { range, request } = window;
    const page = await requests.page(request);
    const reason = misfit(page, range);
    if (reason !== undefined) throw new NotByTime(reason);
    const { items, crowded, rest } = prove(page, range);
    const open = queue.length === 0;
    const second = crowded === undefined ? [] : await readSecond(requests, crowded);
    emptyPages = page.items.length === 0 && rest !== undefined ? emptyPages + 1 : 0;
    if (emptyPages > requestsWithoutProgress / 10)
      throw new UnstableListError(
        `created=${formatCreated(range)}: the server counts ${page.total} runs and says that more follow, and shows none. Try again later.`,
      );
    if (open) {
      // Of the open request: how many are left, and how densely they lie.
      left = page.isLowerBound ? Infinity : page.total - items.length - second.length;
      if (rest !== undefined) size.full(page.seconds);
      ahead = rest;
    } else {
      parts.push(page.total / perPage);
      if (rest !== undefined && queue[0]?.range.to !== rest.to) queue.unshift(send(rest));
    }
    const found = [...items, ...second];
    passed += found.length;
    yield { items: found, page, next: rest ?? queue[0]?.range };
  }
}

/** Requests what is left of windows that were too full, as soon as that is known. */
function continueOverflowing<Item extends { id: number }>(
  queue: Window<Item>[],
  concurrency: number,
  send: (range: CreatedRange) => Window<Item>,
): void {
  for (let index = 0; index < queue.length - 1 && queue.length < concurrency; index++) {
    const { range, request } = queue[index] as Window<Item>;
    if (!request.page || misfit(request.page, range) !== undefined) continue;
    const { rest } = prove(request.page, range);
    if (rest !== undefined && queue[index + 1]?.range.to !== rest.to)
      queue.splice(index + 1, 0, send(rest));
  }
}

/** All runs of one second, by position: they may be more than a page holds, and in another order at each request. */
async function readSecond<Item extends { id: number }>(
  requests: Requests<Item>,
  second: number,
): Promise<Item[]> {
  const created = { from: second, to: second };
  const { perPage, search: limit } = limits;
  const options = { perPage, wanted: Infinity, limit, mayBeSorted: true, second };
  const found: Item[] = [];
  for await (const { items, page } of readByPosition(requests, undefined, options, created)) {
    const reason = misfit(page, created);
    if (reason !== undefined) throw new NotByTime(reason);
    if (page.total > limit)
      throw new CrowdedSecondError(formatSecond(second), page.total, page.isLowerBound);
    found.push(...items);
  }
  return found.sort((a, b) => b.id - a.id);
}
