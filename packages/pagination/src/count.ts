import { servedAt } from "@workflow-runs/core/support";
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
): Promise<number> {
  let count = 0;
  if (endpoint.filter && !endpoint.isSearch) {
    for await (const { items } of readList(
      endpoint,
      requests,
      { at: "start" },
      { wanted: Infinity },
    ))
      count += items.length;
    return count;
  }
  const query = { page: 1, perPage: 1 };
  const whole = await requests.get({ ...query, created: endpoint.isSearch ? endpoint.range : {} });
  if (!whole.isLowerBound) return whole.total;
  const now = Math.floor(servedAt(whole.response.headers, Date.now()) / 1000);
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

/**
 * Cuts a range in two halves that cover it and do not overlap, the older one first. An open end stays open: 2018 and `now`
 * only say where to cut.
 *
 * @param now by the server's clock, in seconds since 1970
 * @throws {CrowdedSecondError} for a single second, which cannot be cut
 */
function halves({ from, to }: CreatedRange, now: number): [CreatedRange, CreatedRange] {
  const [low, high] = [from ?? firstRuns, to ?? now];
  if (low >= high)
    throw new CrowdedSecondError(formatSecond(from ?? high), limits.searchCount, true);
  const middle = low + Math.floor((high - low) / 2);
  return [
    { from, to: middle },
    { from: middle + 1, to },
  ];
}
