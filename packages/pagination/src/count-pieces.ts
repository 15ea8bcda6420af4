import type { CreatedRange } from "./created-range.ts";

/** Workflow runs exist since October 2018. Where a range is open, this only says where to cut it first. */
const firstRuns: number = Date.UTC(2018, 9, 16) / 1000;

/**
 * Cuts a range in two halves that cover it and do not overlap, the newer one first. Open ends stay open.
 *
 * @param now what an open end is taken for, in seconds since 1970
 * @returns undefined for a single second, which cannot be cut
 */
export function halves(
  range: CreatedRange,
  now: number,
): readonly [CreatedRange, CreatedRange] | undefined {
  const { from, to } = range;
  if (from !== undefined && to !== undefined && from >= to) return undefined;
  // An open end may lie beyond what it is taken for: then the cut moves away from the other end, by doubling.
  const low = from ?? Math.min(firstRuns, (to ?? now) - 2 * Math.abs(now - (to ?? now)) - 2);
  const high = to ?? Math.max(now, low + 2);
  const middle = Math.floor(low + (high - low) / 2);
  return [
    { from: middle + 1, ...(to !== undefined && { to }) },
    { ...(from !== undefined && { from }), to: middle },
  ];
}
