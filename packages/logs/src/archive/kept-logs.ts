import type { Readable } from "../readable.ts";

/** Bytes of an archive, unpacked, of which every log is kept. */
const smallArchive = 2 ** 25;
/** Bytes of the logs of a larger one that are kept: twice the longest of 759 public logs of failing jobs. */
const mostOfLarger = 2 ** 23;

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
          if (total + size > smallArchive) pieces = undefined;
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

/** An unpacked log, in memory that is used again when it goes. */
interface KeptLog {
  readonly slabs: readonly Uint8Array[];
  readonly size: number;
}

const slabSize = 2 ** 16;

/**
 * Keeps what has been unpacked, as far as it fits: a log is read to find its steps, and again to read these. It is
 * copied into memory that is used over and over, because the platform frees what lives that long only now and then: of
 * what is kept, four times as much would stand around. Who reads gets copies again, which die young.
 *
 * @param total bytes of the archive, unpacked
 */
export function createKeeper(
  total: number,
): (size: number, log: Readable, unpacked?: readonly Uint8Array[]) => Readable {
  const mostKept = total <= smallArchive ? smallArchive : mostOfLarger;
  const kept = new Map<Readable, KeptLog>();
  const free: Uint8Array[] = [];
  /** Bytes of all slabs that are in use. */
  let used = 0;

  const release = (slabs: readonly Uint8Array[]): void => {
    for (const slab of slabs) {
      used -= slab.length;
      // A smaller one was made for a small log, and is of no use for another.
      if (slab.length === slabSize) free.push(slab);
    }
  };
  const drop = (log: Readable): void => {
    const slabs = kept.get(log)?.slabs ?? [];
    kept.delete(log);
    release(slabs);
  };
  /** Memory for a log; undefined when there is none, because others are being read. */
  const take = (size: number): Uint8Array[] | undefined => {
    for (const other of kept.keys()) {
      if (used + size <= mostKept) break;
      drop(other);
    }
    if (used + size > mostKept) return undefined;
    const slabs: Uint8Array[] = [];
    for (let left = size; left > 0; left -= slabSize)
      slabs.push(left < slabSize ? new Uint8Array(left) : (free.pop() ?? new Uint8Array(slabSize)));
    used += size;
    return slabs;
  };
  /** Copies a log as it is read; `end` when that was all. */
  const copier = (log: Readable, size: number) => {
    let slabs = take(size);
    let at = 0;
    const giveUp = (): void => {
      release(slabs ?? []);
      slabs = undefined;
    };
    return {
      add(piece: Uint8Array): void {
        if (at + piece.length > size) giveUp();
        if (!slabs) return;
        for (let from = 0; from < piece.length;) {
          const slab = slabs[Math.floor(at / slabSize)] as Uint8Array;
          const part = piece.subarray(from, from + slab.length - (at % slabSize));
          slab.set(part, at % slabSize);
          at += part.length;
          from += part.length;
        }
      },
      end(): void {
        if (!slabs) return;
        if (at < size || kept.has(log)) giveUp();
        else kept.set(log, { slabs, size });
        slabs = undefined;
      },
      giveUp,
    };
  };
  return (size, log, unpacked) => {
    if (size > mostKept) return log;
    if (unpacked) {
      const copy = copier(log, size);
      for (const piece of unpacked) copy.add(piece);
      copy.end();
    }
    return async function* () {
      const known = kept.get(log);
      if (known) {
        // What was used last goes last.
        kept.delete(log);
        kept.set(log, known);
        let position = 0;
        for (const slab of known.slabs) {
          if (kept.get(log) !== known) {
            // Another log took its memory meanwhile.
            yield* behind(log(), position);
            return;
          }
          position += slab.length;
          yield slab.slice();
        }
        return;
      }
      const copy = copier(log, size);
      try {
        for await (const piece of log()) {
          copy.add(piece);
          yield piece;
        }
        copy.end();
      } finally {
        copy.giveUp();
      }
    };
  };
}

/** What follows the first bytes of a stream. */
async function* behind(
  pieces: AsyncIterable<Uint8Array>,
  position: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let skip = position;
  for await (const piece of pieces) {
    if (skip < piece.length) yield piece.subarray(skip);
    skip = Math.max(0, skip - piece.length);
  }
}
