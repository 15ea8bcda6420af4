import { abortable } from "./abort.ts";

/** Lets at most `limit` in at once, first come first served; who aborts while waiting leaves the queue. */
export class Semaphore {
  #free: number;
  readonly #queue = new Set<() => void>();

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Resolves when there is room; call the result once to leave. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else
      await abortable<void>(signal, (resolve) => {
        this.#queue.add(resolve);
        return () => this.#queue.delete(resolve);
      });
    return () => this.#leave();
  }

  #leave(): void {
    const [first] = this.#queue;
    if (!first) this.#free++;
    else {
      this.#queue.delete(first);
      first();
    }
  }
}
