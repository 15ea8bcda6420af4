import type { Readable } from "../readable.ts";

/** Bytes of unpacked logs that are kept, all together. */
const budget = 2 ** 25;
const mostOfOne = budget / 2;

/** What was unpacked while an archive was checked, by the names of its entries. */
export type UnpackedEntries = ReadonlyMap<string, readonly Uint8Array[]>;

/** Gathers entries while an archive is checked, so that they are not unpacked once more, as far as they fit. */
export function createGatherer(): {
  readonly entries: UnpackedEntries;
  /** Takes the pieces of an entry as they come; `end` when it has been checked. */
  begin(path: string): { add(piece: Uint8Array): void; end(): void };
} {
  const entries = new Map<string, readonly Uint8Array[]>();
  let total = 0;
  return {
    entries,
    begin(path) {
      let pieces: Uint8Array[] | undefined = [];
      let size = 0;
      return {
        add(piece) {
          size += piece.length;
          if (size > mostOfOne || total + size > budget) pieces = undefined;
          pieces?.push(piece);
        },
        end() {
          if (!pieces) return;
          total += size;
          entries.set(path, pieces);
        },
      };
    },
  };
}

/** Keeps what has been unpacked, as far as it fits: a log is read to find its steps, and again to read these. */
export function createKeeper(): (
  size: number,
  log: Readable,
  unpacked?: readonly Uint8Array[],
) => Readable {
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
  return (size, log, unpacked) => {
    if (size > mostOfOne) return log;
    if (unpacked) keep(log, unpacked, size);
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
