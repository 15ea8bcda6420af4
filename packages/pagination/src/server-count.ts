import type { Page } from "./endpoint.ts";

/** What the server counts, and whether all of that was seen where the order of the list changes. */
export class ServerCount {
  #total: number | undefined;
  /** The count is exact, and has not become less. */
  #onlyGrows = true;
  /** Ids seen since the count changed: all of them were there at once. */
  readonly #seen = new Set<number>();

  get total(): number | undefined {
    return this.#total;
  }

  /** Whether no item has left the list. */
  get onlyGrows(): boolean {
    return this.#onlyGrows && this.#total !== undefined;
  }

  /** Whether so many items as the server counts were seen since the count changed. */
  get isSeen(): boolean {
    return this.#seen.size >= (this.#total ?? Infinity);
  }

  /**
   * The count of the next page.
   *
   * @returns the one before
   */
  update({ total, isLowerBound }: Page<unknown>): number | undefined {
    const before = this.#total;
    if (total !== before) this.#seen.clear();
    this.#onlyGrows &&= !isLowerBound && total >= (before ?? total);
    this.#total = total;
    return before;
  }

  /** The items of a page. */
  see(items: readonly { id: number }[]): void {
    for (const { id } of items) this.#seen.add(id);
  }
}
