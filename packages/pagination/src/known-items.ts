import type { Page } from "./endpoint.ts";

/** The items of a list that were read, and how the reading's last ones stand to each other. */
export class KnownItems {
  /** Ids and seconds. */
  readonly #seconds = new Map<number, number>();
  #last: { readonly id: number; readonly second: number } | undefined;
  #tied = 1;
  #count = 0;

  /** @param start id of the item that a cursor is behind */
  constructor(start: number | undefined) {
    if (start === undefined) return;
    this.skip(start);
    this.#last = { id: start, second: Number.NaN };
  }

  /** The item where the reading is. */
  get last(): { readonly id: number; readonly second: number } | undefined {
    return this.#last;
  }

  /** How many of the last items share their second. */
  get tied(): number {
    return this.#tied;
  }

  /** Items found. */
  get count(): number {
    return this.#count;
  }

  has(id: number): boolean {
    return this.#seconds.has(id);
  }

  /** Whether it was read, and not with the second of the last one. */
  isOfAnotherSecond(id: number): boolean {
    return this.has(id) && this.#seconds.get(id) !== this.#last?.second;
  }

  /** An item that was passed on before the cursor. */
  skip(id: number): void {
    this.#seconds.set(id, Number.NaN);
  }

  /**
   * New items of a page, in its order.
   *
   * @returns whether some of them stand between known ones: they came late, and are not where the reading is
   */
  add(found: readonly { id: number }[], { items, seconds }: Page<{ id: number }>): boolean {
    const behind = new Set(items.slice(items.findLastIndex(({ id }) => this.has(id)) + 1));
    this.#count += found.length;
    for (const item of found) {
      const second = seconds[items.indexOf(item)] as number;
      this.#seconds.set(item.id, second);
      if (!behind.has(item)) continue;
      this.#tied = second === this.#last?.second ? this.#tied + 1 : 1;
      this.#last = { id: item.id, second };
    }
    return found.some((item) => !behind.has(item));
  }
}
