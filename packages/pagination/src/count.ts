import { type CreatedRange, formatSecond } from "./created-range.ts";
import type { Endpoint, Page } from "./endpoint.ts";
import { CrowdedSecondError } from "./errors.ts";
import { limits } from "./limits.ts";
import { readList } from "./read-list.ts";
import type { Requests } from "./requests.ts";

/**
 * The exact number of items in a list: GitHub's `total_count` in one request where it can be trusted, else the
 * sum over pieces of `created`, each small enough for GitHub to count. What is filtered here is read.
 *
 * @throws {CrowdedSecondError} when one second holds 2,500 runs or more, which GitHub does not count
 */
export async function countList<Item extends { id: number }>(
  endpoint: Endpoint<Item>,
  requests: Requests<Item>,
  now: number = Math.floor(Date.now() / 1000),
): Promise<number> {
  let count = 0;
  if (endpoint.filter && !endpoint.isSearch) {
    for await (const { items } of readList(endpoint, requests, { at: "start" }, Infinity))
      count += items.length;
    return count;
  }
  const query = { page: 1, perPage: 1 };
  const whole = await requests.get({ ...query, created: endpoint.isSearch ? endpoint.range : {} });
  if (!whole.isLowerBound) return whole.total;
  const pieces = halves(endpoint.range, now);
  while (pieces.length > 0) {
    // The last in are counted first: few pieces are open at any time.
    const due = pieces.splice(-requests.concurrency).map((created) => ({
      created,
      request: requests.send({ ...query, created }),
    }));
    for (const { created, request } of due) {
      const page: Page<Item> = await requests.page(request);
      if (page.isLowerBound) pieces.push(...halves(created, now));
      else count += page.total;
    }
  }
  return count;
}

/** Workflow runs exist since October 2018, in seconds since 1970. */
const firstRuns: number = Date.UTC(2018, 9, 16) / 1000;

/** An open end is not searched farther out than this, in seconds: a hundred years. */
const farthest = 100 * 366 * 86_400;

/**
 * Cuts a range in two halves that cover it and do not overlap, the older one first. An open end stays open:
 * 2018 and `now` only say where to cut first, and what lies beyond them is found by doubling the distance.
 *
 * @param now in seconds since 1970
 * @throws {CrowdedSecondError} for a single second, which cannot be cut
 */
export function halves({ from, to }: CreatedRange, now: number): [CreatedRange, CreatedRange] {
  const low = from ?? Math.min(firstRuns, beyond(to ?? now, firstRuns - (to ?? now), -1));
  const high = to ?? Math.max(now, beyond(low, low - now, 1));
  if (low >= high || firstRuns - high > farthest || low - now > farthest)
    throw new CrowdedSecondError(formatSecond(from ?? to ?? now), limits.searchCount, true);
  const middle = low + Math.floor((high - low) / 2);
  return [
    { from, to: middle },
    { from: middle + 1, to },
  ];
}

// Twice as far out as the known end already is; where that end is not out at all, no further than it.
function beyond(end: number, out: number, direction: 1 | -1): number {
  return out < 0 ? end : end + direction * (2 * out + 2);
}
