import { createdIn } from "./created-range.ts";
import { IndexBehindError } from "./errors.ts";
import { limits } from "./limits.ts";
import type { PageRequest, Requests } from "./requests.ts";

/**
 * The first request beyond what the database shows. What it brings has to contain the last runs that the database
 * showed, as far as it reaches: else the index is behind, and would lose others without a word.
 *
 * @param below the last run that was read
 * @param oldest lower bound of the caller's `created`
 * @returns undefined when what is left is older than that
 * @throws {IndexBehindError}
 */
export async function joinIndex<Item extends { id: number }>(
  requests: Requests<Item>,
  below: number,
  limit: number,
  oldest: number = -Infinity,
): Promise<{ second: number; first: PageRequest<Item> } | undefined> {
  // Twice: a run may be deleted between the two requests.
  for (let attempt = 1; ; attempt++) {
    let number = limit / limits.perPage;
    let shown = await requests.get({ page: number, perPage: limits.perPage });
    while (number > 1 && !shown.items.some(({ id }) => id >= below))
      shown = await requests.get({ page: --number, perPage: limits.perPage });
    const second = Math.max(...shown.seconds);
    if (second < oldest) return undefined;
    const from = Number.isFinite(oldest) ? oldest : undefined;
    const created = { from, to: second };
    const first = requests.send({ page: 1, perPage: limits.perPage, created });
    const found = await requests.page(first);
    const ids = new Set(found.items.map(({ id }) => id));
    const reaches = Math.max(oldest - 1, found.seconds.at(-1) ?? -Infinity);
    const missing = shown.items.filter((item) => createdIn(item) > reaches && !ids.has(item.id));
    if (missing.length === 0) return { second, first };
    if (attempt === 2) throw new IndexBehindError(missing.map(({ id }) => id));
  }
}
