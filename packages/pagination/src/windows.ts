import type { CreatedRange } from "./created-range.ts";
import { mayFollow, type Page } from "./endpoint.ts";

/** What one page of `created=A..B` proves. */
export interface Proof<Item> {
  /** All runs of the range that are newer than `rest`, newest first. */
  readonly items: Item[];
  /** A second that fills the page: it has to be read alone. */
  readonly crowded: number | undefined;
  /** What is left of the range, without the crowded second; undefined when nothing is. */
  readonly rest: CreatedRange | undefined;
}

/**
 * A page of `created=A..B` is complete down to its last second: of that second more may follow, of those above
 * nothing can. So the next request begins at that second.
 *
 * @throws {NotByTime}
 */
export function prove<Item extends { id: number }>(
  page: Page<Item>,
  { from, to }: CreatedRange,
): Proof<Item> {
  checkTimes(page, { from, to });
  const { items, seconds } = page;
  const sorted = newestFirst(items, seconds);
  if (!mayFollow(page, items.length)) return { items: sorted, crowded: undefined, rest: undefined };
  const last = seconds.at(-1);
  // An empty page, and more should follow: it is requested again.
  if (last === undefined) return { items: [], crowded: undefined, rest: { from, to } };
  const proved = sorted.slice(0, seconds.indexOf(last));
  if (proved.length > 0) return { items: proved, crowded: undefined, rest: { from, to: last } };
  const older = from === undefined || last > from;
  return { items: [], crowded: last, rest: older ? { from, to: last - 1 } : undefined };
}

/** By second, then by id; the newest first. */
export function newestFirst<Item extends { id: number }>(
  items: readonly Item[],
  seconds: readonly number[],
): Item[] {
  return items
    .map((item, index) => ({ item, second: seconds[index] as number }))
    .sort((a, b) => b.second - a.second || b.item.id - a.item.id)
    .map(({ item }) => item);
}

/** The list cannot be read by time: the server has no `created_at` or no `created`, or sorts in another way. */
export class NotByTime extends Error {
  readonly reason: "created_at" | "range" | "order";

  constructor(reason: "created_at" | "range" | "order") {
    super(`not by time: ${reason}`);
    this.reason = reason;
  }
}

/** @throws {NotByTime} when a page has no `created_at`, is outside its range, or in another order */
export function checkTimes(
  { seconds }: Page<unknown>,
  { from = -Infinity, to = Infinity }: CreatedRange,
): void {
  if (seconds.some(Number.isNaN)) throw new NotByTime("created_at");
  if (seconds.some((second) => second < from || second > to)) throw new NotByTime("range");
  if (seconds.some((second, index) => second > (seconds[index - 1] ?? Infinity)))
    throw new NotByTime("order");
}

/** Part of a page that windows are cut for: the spread varies, and what overflows costs one more request. */
const fill = 0.9;

/**
 * Cuts the newest end of a range into windows for so many requests, by how densely the runs of the page before were spread.
 * The last of them is open: it takes all that is left.
 *
 * @param seconds of the runs of that page
 * @param left runs that are wanted, as far as known
 */
export function windowsAhead(
  { from, to }: CreatedRange,
  seconds: readonly number[],
  perPage: number,
  requests: number,
  left: number,
): CreatedRange[] {
  const runs = fill * perPage;
  const [newest = Number.NaN, oldest = Number.NaN] = [seconds[0], seconds.at(-1)];
  const width = Math.ceil((runs * (newest - oldest + 1)) / seconds.length);
  const closed = Math.min(requests - 1, Math.ceil((left - perPage) / runs));
  const windows: CreatedRange[] = [];
  let end = to;
  while (end !== undefined && windows.length < closed && end - width >= (from ?? -Infinity)) {
    windows.push({ from: end - width + 1, to: end });
    end -= width;
  }
  return [...windows, { from, to: end }];
}
