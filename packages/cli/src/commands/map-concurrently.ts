import type { Context } from "../context.ts";
import { createStatusLine } from "../terminal/status-line.ts";

/** How a list is worked through. */
interface Progress {
  /** How many at once. */
  concurrency: number;
  /** What is done, said on a terminal with how many of all are done: `Reading jobs 3/20`. */
  doing: string;
}

/** Does the same with each of a list, some at once, and resolves to the results in the list's order. */
export async function mapConcurrently<Item, Result>(
  { stderr }: Pick<Context, "stderr">,
  items: readonly Item[],
  { concurrency, doing }: Progress,
  use: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const status = createStatusLine(stderr);
  const results: Result[] = [];
  const left = items.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [at, item] of left) {
      results[at] = await use(item);
      done += 1;
      // Drawing is not worth waiting for.
      status.show(`${doing} ${done}/${items.length}`).catch(() => {});
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
    return results;
  } finally {
    await status.clear().catch(() => {});
  }
}
