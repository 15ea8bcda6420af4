import { abortable } from "./abortable.ts";
import { halves } from "./count-pieces.ts";
import { type CreatedRange, formatSecond } from "./created-range.ts";
import { CrowdedSecondError } from "./errors.ts";
import { searchTotal } from "./limits.ts";
import type { ListSource } from "./list-source.ts";

/**
 * The exact number of items in a list: GitHub's `total_count` in one request where it can be trusted, else the
 * sum over pieces of `created`, each small enough for GitHub to count.
 *
 * @throws {CrowdedSecondError} when one second holds 2,500 runs or more, which GitHub does not count
 */
export async function countList(
  source: ListSource<{ id: number }>,
  concurrency: number,
  signal: AbortSignal,
  now: () => number = Date.now,
): Promise<number> {
  // GitHub complained of too many requests at once: only the first worker goes on.
  const slower = new AbortController();
  const total = (range: CreatedRange | undefined, until: AbortSignal) =>
    abortable(
      source.total(range, {
        signal: until,
        onLimit: ({ limit }) => {
          if (limit === "secondary") slower.abort();
        },
      }),
      until,
    );
  const whole = await total(undefined, signal);
  if (!whole.totalIsLowerBound) return whole.totalCount;
  const until = Math.floor(now() / 1000);
  const pieces: CreatedRange[] = [];
  const split = (range: CreatedRange): void => {
    const parts = halves(range, until);
    if (!parts)
      throw new CrowdedSecondError(
        formatSecond(range.from ?? range.to ?? until),
        searchTotal,
        true,
      );
    // The last in is counted first: few pieces are open at any time.
    pieces.push(parts[1], parts[0]);
  };
  split(source.range);

  let count = 0;
  const others = AbortSignal.any([signal, slower.signal]);
  const worker = async (until: AbortSignal): Promise<void> => {
    for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
      try {
        const { totalCount, totalIsLowerBound } = await total(piece, until);
        if (totalIsLowerBound) split(piece);
        else count += totalCount;
      } catch (error) {
        if (!until.aborted || signal.aborted) throw error;
        pieces.push(piece);
        return;
      }
    }
  };
  while (pieces.length > 0) {
    const atOnce = slower.signal.aborted ? 1 : Math.min(concurrency, pieces.length);
    await Promise.all(
      Array.from({ length: atOnce }, (_, index) => worker(index === 0 ? signal : others)),
    );
  }
  return count;
}
