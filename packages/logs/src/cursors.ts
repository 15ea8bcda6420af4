import type { Readable } from "./readable.ts";

/** Reads parts of logs, and goes on where the last part ended, when the next one starts there. */
export interface Cursors {
  /** The bytes of a log from `start` up to but not including `end`; nothing behind them is unpacked. */
  slice(log: Readable, start: number, end: number): AsyncGenerator<Uint8Array, void, undefined>;
}

interface Cursor {
  readonly log: Readable;
  readonly pieces: AsyncIterator<Uint8Array>;
  position: number;
  /** What was left of the last piece. */
  rest: Uint8Array | undefined;
}

/**
 * A packed log can only be unpacked from its start. Step after step would unpack it as often as it has steps; so the
 * position where a step ended is kept, for one log at a time.
 */
export function createCursors(): Cursors {
  let kept: Cursor | undefined;
  const take = async (log: Readable, start: number): Promise<Cursor> => {
    const last = kept;
    kept = undefined;
    if (last?.log === log && last.position <= start) return last;
    await last?.pieces.return?.();
    return { log, pieces: log()[Symbol.asyncIterator](), position: 0, rest: undefined };
  };
  return {
    async *slice(log, start, end) {
      if (end <= start) return;
      const cursor = await take(log, start);
      let whole = false;
      try {
        while (cursor.position < end) {
          const piece = cursor.rest ?? (await cursor.pieces.next()).value;
          if (!piece) return;
          const skip = Math.min(piece.length, Math.max(0, start - cursor.position));
          const stop = Math.min(piece.length, end - cursor.position);
          cursor.rest = stop < piece.length ? piece.subarray(stop) : undefined;
          cursor.position += stop;
          if (stop > skip) yield piece.subarray(skip, stop);
        }
        whole = true;
      } finally {
        if (whole && !kept) kept = cursor;
        else await cursor.pieces.return?.();
      }
    },
  };
}
