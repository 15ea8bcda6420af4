import { type Batch, readByPosition } from "./by-position.ts";
import { type CreatedRange, formatCreated, formatSecond } from "./created-range.ts";
import { CrowdedSecondError, UnstableListError } from "./errors.ts";
import { limits } from "./limits.ts";
import type { PageRequest, Requests } from "./requests.ts";
import { checkTimes, prove, windowsAhead } from "./windows.ts";

/** So many empty pages in a row are believed to be passing, though more should follow. */
const mostEmptyPages = 10;

interface Window<Item> {
  readonly range: CreatedRange;
  readonly request: PageRequest<Item>;
}

/**
 * Reads a list by time: each request is page 1 of `created=A..B`, so each page is complete in itself and no position
 * can move. What is newer than the last second of a page is proved, and the next request begins at that second; a second
 * that fills a page is read alone. With concurrency the time ahead is cut into windows by the density of the page before,
 * with an open request behind them, and a window that was too full goes on by itself.
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
  const send = (range: CreatedRange): Window<Item> => ({
    range,
    request: requests.send({ page: 1, perPage, created: range }),
  });
  let queue: Window<Item>[] = [
    options.first ? { range: start, request: options.first } : send(start),
  ];
  let passed = 0;
  let emptyPages = 0;

  while (queue[0]) {
    const { range, request } = queue[0];
    const page = (request.page = await requests.page(request));
    const { items, crowded, rest } = prove(page, range);
    const second = crowded === undefined ? [] : await readSecond(requests, crowded);
    continueOverflowing(queue, requests.concurrency, send);
    queue.shift();
    emptyPages = page.items.length > 0 || rest === undefined ? 0 : emptyPages + 1;
    if (emptyPages > mostEmptyPages)
      throw new UnstableListError(
        `created=${formatCreated(range)}: the server counts ${page.total} runs and says that more follow, and shows none. Try again later.`,
      );
    const found = [...items, ...second];
    passed += found.length;
    yield { items: found, page, next: rest ?? queue[0]?.range };
    if (queue[0] || rest === undefined) continue;
    // Of the open request: how many are left, and how densely they lie.
    const left = page.isLowerBound ? Infinity : page.total - found.length;
    const most = Math.min(left, wanted - passed);
    queue = windowsAhead(rest, page.seconds, perPage, requests.concurrency, most).map(send);
  }
}

/**
 * Requests what is left of windows that were too full, as soon as that is known: of the first, which is read now, always,
 * of others when a request more may be under way. What is left of the last, which is open, is cut anew.
 */
function continueOverflowing<Item extends { id: number }>(
  queue: Window<Item>[],
  concurrency: number,
  send: (range: CreatedRange) => Window<Item>,
): void {
  const [first] = queue;
  for (const window of queue.slice(0, -1)) {
    const { range, request } = window;
    const rest = request.page && prove(request.page, range).rest;
    const behind = queue.indexOf(window) + 1;
    if (!rest || queue[behind]?.range.to === rest.to) continue;
    if (window === first || queue.length <= concurrency) queue.splice(behind, 0, send(rest));
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
    checkTimes(page, created);
    if (page.total > limit)
      throw new CrowdedSecondError(formatSecond(second), page.total, page.isLowerBound);
    found.push(...items);
  }
  return found.sort((a, b) => b.id - a.id);
}
