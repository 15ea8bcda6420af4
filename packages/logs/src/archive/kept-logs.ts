import type { Readable } from "../readable.ts";

/** Bytes of unpacked logs that are kept, all together. */
const budget = 2 ** 25;

/** Keeps what has been unpacked, as far as it fits: a log is read to find its steps, and again to read these. */
export function createKeeper(): (size: number, log: Readable) => Readable {
  const kept = new Map<
    Readable,
    { readonly pieces: readonly Uint8Array[]; readonly size: number }
  >();
  let total = 0;
  const keep = (log: Readable, pieces: readonly Uint8Array[], size: number) => {
    if (kept.has(log)) return;
    for (const [other, each] of kept) {
      if (total + size <= budget) break;
      kept.delete(other);
      total -= each.size;
    }
    kept.set(log, { pieces, size });
    total += size;
  };
  return (size, log) => {
    if (size > budget / 2) return log;
    return async function* () {
      const known = kept.get(log);
      if (known) {
        // What was used last goes last.
        kept.delete(log);
        kept.set(log, known);
        yield* known.pieces;
        return;
      }
      const pieces: Uint8Array[] = [];
      for await (const piece of log()) {
        pieces.push(piece);
        yield piece;
      }
      keep(log, pieces, size);
    };
  };
}
