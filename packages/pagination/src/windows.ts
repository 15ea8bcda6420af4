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
 */
export function prove<Item extends { id: number }>(
  page: Page<Item>,
  { from, to }: CreatedRange,
): Proof<Item> {
  const { items, seconds } = page;
  const sorted = newestFirst(items, seconds);
  if (!mayFollow(page, items.length)) return { items: sorted, crowded: undefined, rest: undefined };
  const last = seconds.at(-1);
  // An empty page, and more should follow: it is requested again.
  if (last === undefined) return { items: [], crowded: undefined, rest: { from, to } };
  if (last < (seconds[0] as number))
    return {
      items: sorted.slice(0, seconds.indexOf(last)),
      crowded: undefined,
      rest: { from, to: last },
    };
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

/** What a page is not, for a reader by time: without `created_at`, outside its range, or in another order. */
export function misfit(
  { seconds }: Page<unknown>,
  { from = -Infinity, to = Infinity }: CreatedRange,
): "created_at" | "range" | "order" | undefined {
  if (seconds.some(Number.isNaN)) return "created_at";
  if (seconds.some((second) => second < from || second > to)) return "range";
  if (seconds.some((second, index) => second > (seconds[index - 1] ?? Infinity))) return "order";
  return undefined;
}

/**
 * How wide the windows ahead are. They are filled to a part of a page, by how densely runs were spread lately; the
 * part shrinks with each window that overflowed, and so does the number of windows when they were left empty.
 */
export class WindowSize {
  #runsPerSecond = 0;
  #fill = 0.85;
  #windows = Infinity;

  /** Takes note of a full page. */
  full(seconds: readonly number[]): void {
    const [first, last] = [seconds[0], seconds.at(-1)];
    if (first === undefined || last === undefined) return;
    this.#runsPerSecond = seconds.length / (first - last + 1);
  }

  /** Takes note of what windows held, in parts of a page. */
  held(parts: readonly number[]): void {
    if (parts.length === 0) return;
    for (const part of parts)
      this.#fill = Math.min(0.97, Math.max(0.5, this.#fill * (part > 1 ? 0.93 : 1.015)));
    const mean = parts.reduce((sum, part) => sum + Math.min(1, part), 0) / parts.length;
    this.#windows = mean < 0.4 ? parts.length >> 1 : Math.max(2 * parts.length, 1);
  }

  /**
   * Cuts the newest end of a range into windows for so many requests. The last of them is open: it takes all that is left.
   *
   * @param left runs that are wanted, as far as known
   */
  cut({ from, to }: CreatedRange, perPage: number, requests: number, left: number): CreatedRange[] {
    const windows: CreatedRange[] = [];
    const oldest = from ?? -Infinity;
    if (to === undefined || this.#runsPerSecond === 0) return [{ from, to }];
    const runs = this.#fill * perPage;
    const width = Math.max(1, Math.round(runs / this.#runsPerSecond));
    const closed = Math.min(requests - 1, this.#windows, Math.ceil((left - perPage) / runs));
    let newest = to;
    while (windows.length < closed && newest - width >= oldest) {
      windows.push({ from: newest - width + 1, to: newest });
      newest -= width;
    }
    return [...windows, { from, to: newest }];
  }
}
