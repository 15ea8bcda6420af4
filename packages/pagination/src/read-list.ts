import { createdIn } from "./created-range.ts";
import type { ReadState } from "./cursor.ts";
import type { Endpoint } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { joinIndex } from "./join-index.ts";
import type { Requests } from "./requests.ts";
import { type Batches, type ReadingAmount, ResumableReading } from "./resumable-reading.ts";
import { NotByTime } from "./windows.ts";

/**
 * Reads a list from a state on: by time what comes from the search index, by position what comes from the database,
 * and by time again what the database does not show, unless `beyond` is false.
 */
export async function* readList<Item extends { id: number }>(
  endpoint: Endpoint<Item>,
  requests: Requests<Item>,
  start: ReadState,
  { beyond = true, ...amount }: ReadingAmount & { readonly beyond?: boolean },
): Batches<Item> {
  if (start.at === "end") return;
  const count = start.at === "start" ? 0 : start.count;
  const reading = new ResumableReading(endpoint, requests, count, amount);
  const isBeyond = start.at === "time" && start.below !== undefined;
  if (isBeyond) yield* beyond ? reading.byTime(start) : [];
  else if (start.at === "position" || !endpoint.isSearch)
    yield* readDatabase(endpoint, requests, reading, start, beyond);
  else yield* readIndex(reading, start);
}

/** A list from the database, and from the index what the database does not show of it. */
async function* readDatabase<Item extends { id: number }>(
  { limit, range }: Endpoint<Item>,
  requests: Requests<Item>,
  reading: ResumableReading<Item>,
  start: ReadState,
  beyond: boolean,
): Batches<Item> {
  const last = yield* reading.byPosition(start.at === "position" ? start : undefined, limit);
  if (last === undefined || !beyond) return;
  const joined = await joinIndex(requests, last, limit, range.from);
  if (joined) yield* reading.byTime({ second: joined.second, below: last }, joined.first);
}

/** A list from the search index; by position where the server turns out not to know `created`. */
async function* readIndex<Item extends { id: number }>(
  reading: ResumableReading<Item>,
  start: ReadState,
): Batches<Item> {
  let state = start;
  try {
    for await (const read of reading.byTime(start.at === "time" ? start : {})) {
      yield read;
      state = read.stateAfter(Infinity);
    }
  } catch (error) {
    if (!(error instanceof NotByTime)) throw error;
    if (error.reason !== "range" && state.at !== "start")
      throw new UnstableListError(
        error.reason === "order"
          ? "The server's pages are not sorted by created_at, though earlier ones were. Try again later."
          : 'A run of the list has no created_at, though earlier ones had. Read it with `source: "list"`.',
      );
    // What is newer than the state was passed on before the server was seen not to know `created`.
    const { second = Infinity, id = Infinity } = state.at === "time" ? state : {};
    yield* reading.byPosition(
      undefined,
      Infinity,
      (item) => !(createdIn(item) > second || (createdIn(item) === second && item.id >= id)),
    );
  }
}
