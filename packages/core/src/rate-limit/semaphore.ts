import { abortable } from "../support/abort.ts";

/**
 * Lets so many in at once, first come first served; who aborts while waiting leaves the queue. The function it
 * gives results in another one, at once or when there is room, which makes room again; it is to be called once.
 */
export function semaphore(
  free: number,
): (signal: AbortSignal | undefined) => (() => void) | Promise<() => void> {
  const queue = new Set<(leave: () => void) => void>();
  const leave = (): void => {
    const [first] = queue;
    if (!first) free++;
    else {
      queue.delete(first);
      first(leave);
    }
  };
  return (signal) => {
    if (free > 0) {
      free--;
      return leave;
    }
    return abortable<() => void>(signal, (resolve) => {
      queue.add(resolve);
      return () => queue.delete(resolve);
    });
  };
}
