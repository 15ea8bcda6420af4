import { abortable } from "./abort.ts";

/** Lets so many in at once, first come first served; who aborts while waiting leaves the queue. */
export class Semaphore {
  #free: number;
  readonly #queue = new Set<() => void>();

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Resolves when there is room. */
  async enter(signal?: AbortSignal): Promise<void> {
    if (this.#free > 0) this.#free--;
    else
      await abortable<void>(signal, (resolve) => {
        this.#queue.add(resolve);
        return () => this.#queue.delete(resolve);
      });
  }

  /** Makes room; to be called once for each that entered. */
  leave(): void {
    const [first] = this.#queue;
    if (!first) this.#free++;
    else {
      this.#queue.delete(first);
      first();
    }
  }
}
