/** What this process does at a signal, in place of ending at once. */
export const signalHandlers: Map<NodeJS.Signals, () => void> = new Map();

/**
 * Does what may take for ever without a pause, such as a program or a pattern that somebody typed. A handler in JavaScript
 * would wait for its end; so meanwhile there is none, and a signal ends the process at once.
 */
export function interruptible<Result>(work: () => Result): Result {
  for (const [name, handler] of signalHandlers) process.off(name, handler);
  try {
    return work();
  } finally {
    for (const [name, handler] of signalHandlers) process.on(name, handler);
  }
}
