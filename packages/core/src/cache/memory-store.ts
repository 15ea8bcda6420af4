import type { KeyValueStore } from "./store.ts";

/** A store in memory that holds up to `maxCharacters`; the least recently used goes first. */
export class MemoryStore implements KeyValueStore {
  readonly #entries = new Map<string, string>();
  readonly #maxCharacters: number;
  #characters = 0;

  constructor(maxCharacters: number = 2 ** 24) {
    this.#maxCharacters = maxCharacters;
  }

  get(key: string): Promise<string | undefined> {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return Promise.resolve(value);
  }

  set(key: string, value: string): Promise<unknown> {
    void this.delete(key);
    this.#entries.set(key, value);
    this.#characters += value.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= this.#maxCharacters) break;
      void this.delete(oldest);
    }
    return Promise.resolve(true);
  }

  delete(key: string): Promise<boolean> {
    this.#characters -= this.#entries.get(key)?.length ?? 0;
    return Promise.resolve(this.#entries.delete(key));
  }
}
