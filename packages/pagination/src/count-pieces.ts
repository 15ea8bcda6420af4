import type { CreatedRange } from "./created-range.ts";

/** Workflow runs exist since October 2018, in seconds since 1970. */
const firstRuns: number = Date.UTC(2018, 9, 16) / 1000;

/** An open end is not searched further out than this, in seconds: a hundred years. */
const furthest = 100 * 366 * 86_400;

/**
 * Cuts a range in two halves that cover it and do not overlap, the newer one first. An open end stays open:
 * 2018 and `now` only say where to cut first, and what lies beyond them is found by doubling the distance.
 *
 * @param now in seconds since 1970
 * @returns undefined for a single second, which cannot be cut
 */
export function halves(
  range: CreatedRange,
  now: number,
): readonly [CreatedRange, CreatedRange] | undefined {
  const { from, to } = range;
  const low = from ?? Math.min(firstRuns, beyond(to ?? now, firstRuns - (to ?? now), -1));
  const high = to ?? Math.max(now, beyond(low, low - now, 1));
  if (low >= high || firstRuns - high > furthest || low - now > furthest) return undefined;
  const middle = low + Math.floor((high - low) / 2);
  return [
    { from: middle + 1, ...(to !== undefined && { to }) },
    { ...(from !== undefined && { from }), to: middle },
  ];
}

// Twice as far out as the known end already is; where that end is not out at all, no further than it.
function beyond(end: number, out: number, direction: 1 | -1): number {
  return out < 0 ? end : end + direction * (2 * out + 2);
}
