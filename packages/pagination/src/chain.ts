/** An item of a list, as far as its place matters. */
export interface Link {
  readonly id: number;
  /** Second of its `created_at`; 0 in lists that are not read by time. */
  readonly second: number;
}

/**
 * The items of a list in its order, without a gap: what has been read since the reading (re)started. A page
 * joins when it begins inside the chain. Whatever was created or deleted between the two requests, an item
 * that stood behind the chain's end before still does, so it is in that page or further on.
 */
export class Chain {
  #links: Link[] = [];
  #places: Map<number, number> = new Map();

  /** Number of items held. */
  get length(): number {
    return this.#links.length;
  }

  /** The last item. */
  get end(): Link | undefined {
    return this.#links.at(-1);
  }

  /** How many of the items held were created at `second` or before. */
  countUntil(second: number): number {
    let count = 0;
    for (const link of this.#links) if (link.second <= second) count++;
    return count;
  }

  /** From the end up: each second above `above`, and how many items the chain has from there on. */
  *secondsAbove(above: number, items: number): Generator<{ second: number; count: number }> {
    const last = this.#links.length - 1;
    for (let index = last; index >= Math.max(0, last - items); index--) {
      const { second } = this.#links[index] as Link;
      if (second > above && this.#links[index - 1]?.second !== second)
        yield { second, count: last - index + 1 };
    }
  }

  /** How many of the items at the end share the last one's second. */
  get endGroup(): number {
    const second = this.end?.second;
    let count = 0;
    while (count < this.#links.length && this.#links.at(-1 - count)?.second === second) count++;
    return count;
  }

  /** Most items that share a second, among the last `items`. */
  largestGroup(items: number): number {
    let largest = 0;
    let group = 0;
    let previous: number | undefined;
    for (const { second } of this.#links.slice(-items)) {
      group = second === previous ? group + 1 : 1;
      previous = second;
      largest = Math.max(largest, group);
    }
    return largest;
  }

  /** True when the page holds an item of the chain newer than its end: all of the end's second is still to come. */
  reachesAbove(page: readonly Link[]): boolean {
    const end = this.end?.second ?? Infinity;
    return page.some(({ id, second }) => second > end && this.#places.has(id));
  }

  /** True when the page repeats all items of the end's second, in whatever order. */
  repeatsEnd(page: readonly Link[]): boolean {
    const ids = new Set(page.map(({ id }) => id));
    const group = this.endGroup;
    return group > 0 && this.#links.slice(-group).every(({ id }) => ids.has(id));
  }

  /** True when the page begins inside the chain, in the same order, and goes on with items the chain lacks. */
  joins(page: readonly Link[]): boolean {
    let last = -1;
    let index = 0;
    for (const { id } of page) {
      const place = this.#places.get(id);
      if (place === undefined) break;
      if (place <= last) return false;
      last = place;
      index++;
    }
    return index > 0 && page.slice(index).every(({ id }) => !this.#places.has(id));
  }

  /** Appends the items the chain does not hold yet. */
  append(page: readonly Link[]): void {
    for (const link of page) {
      if (this.#places.has(link.id)) continue;
      this.#places.set(link.id, this.#links.length);
      this.#links.push(link);
    }
  }

  /** Forgets all but the last `keep` items, now and then. */
  trim(keep: number): void {
    if (this.#links.length <= keep * 2) return;
    this.#links = this.#links.slice(-keep);
    this.#places = new Map(this.#links.map(({ id }, place) => [id, place]));
  }

  /** Starts again with nothing. */
  clear(): void {
    this.#links = [];
    this.#places = new Map();
  }
}
