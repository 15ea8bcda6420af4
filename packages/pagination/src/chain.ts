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
