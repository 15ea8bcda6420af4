import { Chain, type Link } from "./chain.ts";
import type { Place } from "./cursor.ts";
import type { CreatedRange } from "./created-range.ts";
import { maxPerPage, searchWindow } from "./limits.ts";
import { planWindow, type Window } from "./window.ts";

/** How many known items a page repeats: at first, after a page that could not be joined, and after two of them. */
const overlaps = [1, 10, 50];

/** Runs of one second that a page can well repeat. */
const largeGroup = 25;

/** A page asked for. */
export interface Asked extends Window {
  /** Newest second asked for; undefined where the page is counted in the caller's own list. */
  readonly until: number | undefined;
  /** Oldest second asked for, where that is not the caller's own: then it is that one second. */
  readonly since?: number;
  /** How far beyond what was known it should reach, in items. */
  readonly brings: number;
}

/** What an answer says, as far as it decides what to ask next. */
export interface Heard {
  readonly links: readonly Link[];
  readonly totalCount: number;
  readonly totalIsLowerBound: boolean;
}

/** What is to be done with an answer. */
export interface Verdict {
  /** The items of the answer that are new, in order. */
  readonly fresh: readonly Link[];
  /** The pages in flight behind this one cannot be joined to it: drop them. */
  readonly dropAhead: boolean;
  /** The answer begins inside a second: ask for all of that second, then take the answer again. */
  readonly first?: Asked;
}

/**
 * The decision what to ask next, apart from the asking. A list is read from its newest item down, by pages that
 * each begin inside the previous one. In a list with `created` the positions are counted from a second that
 * has been reached (`until`), not from the top: what is created or deleted above does not move them, and they
 * never come near the 1,000 that a search shows.
 */
export class Reading {
  readonly #chain: Chain = new Chain();
  /** Ids given out that may be met again, with their second. */
  #given: Map<number, number> = new Map();
  readonly #range: CreatedRange;
  readonly #perPage: number;
  #byTime: boolean;
  #timeProven = false;
  /** Everything newer than this second has been given out. */
  #bound: number | undefined;
  #lastSecond = Infinity;
  #position = 0;
  #misses = 0;
  /** Runs that shared a second lately, at most. */
  #ties = 0;
  /** By how much positions counted from a second differ from the chain's. */
  #shift: { until: number; by: number } = { until: Number.NaN, by: 0 };
  /** The second that was asked for by itself: all of it is in the chain. */
  #whole: number | undefined;
  /** The chain holds only the end of what was read before. */
  #resumed = false;
  #left: number | undefined;
  #count = 0;

  constructor(list: { range: CreatedRange; byTime: boolean; perPage: number }, place: Place) {
    this.#range = list.range;
    this.#byTime = list.byTime;
    this.#perPage = list.perPage;
    if (place.at !== "start") this.#count = place.count;
    if (place.at === "end") this.#left = 0;
    if (place.at === "second") {
      this.#bound = place.second;
      this.#timeProven = true;
      for (const { id, second } of place.given) this.#given.set(id, second);
    }
    if (place.at === "position") {
      this.#byTime = false;
      this.#position = place.position;
      this.#resumed = true;
      const links = place.ids.map((id) => ({ id, second: 0 }));
      this.#chain.append(links);
      for (const id of place.ids) this.#given.set(id, 0);
    }
  }

  /** Items given out so far, with those before the cursor it began with. */
  get count(): number {
    return this.#count;
  }

  /** Items of the list that are left, as far as GitHub counts them: Infinity when it does not, undefined before the first answer. */
  get left(): number | undefined {
    const { from } = this.#range;
    if (from !== undefined && this.#bound !== undefined && this.#bound < from) return 0;
    return this.#left;
  }

  /** True until an answer has told how long the list is. */
  get blind(): boolean {
    return this.left === undefined;
  }

  /**
   * The next page to ask for.
   *
   * @param ahead items the pages in flight will bring
   * @param limit items wanted in all, from now on
   * @returns undefined when nothing more is wanted, or when GitHub does not show it (see `wall`)
   */
  plan(ahead: number, limit: number): Asked | undefined {
    const wanted = Math.min(limit, this.left ?? Infinity) - ahead;
    if (wanted <= 0) return undefined;
    const overlap = this.#overlap(ahead > 0);
    const want = Math.min(wanted, this.#perPage);
    let best: Asked | undefined;
    for (const { until, known } of this.#origins(ahead)) {
      // A second that is begun again first repeats what was given out of it.
      const repeats = known === 0 ? this.#repeats : 0;
      const wish = {
        known,
        want: Math.min(want + repeats, maxPerPage),
        cap: until === undefined ? Infinity : searchWindow,
      };
      // Not every overlap is to be had everywhere, an overlap of one is.
      const window =
        planWindow({ ...wish, overlap: known === 0 ? 0 : overlap }) ??
        planWindow({ ...wish, overlap: 1 });
      const brings = window ? Math.min(window.end - known, this.left ?? Infinity) : 0;
      if (!window || (best && Math.min(brings, want) <= Math.min(best.brings, want))) continue;
      best = { ...window, until, brings };
      if (brings >= want + repeats - overlap) break;
    }
    // Near the end of what a search shows only a sliver may be left: wait for the second that is on its way.
    return best && ahead > 0 && best.brings * 2 < want && best.brings < wanted ? undefined : best;
  }

  // Where positions may be counted from: the second reached, or one a little above it, whichever makes a page
  // number fall right on the end of what is known.
  *#origins(ahead: number): Generator<{ until: number | undefined; known: number }> {
    const bound = this.#byTime ? this.#bound : undefined;
    if (bound === undefined) {
      yield { until: undefined, known: this.#position + ahead };
      return;
    }
    yield { until: bound, known: this.#chain.countUntil(bound) + this.#shiftOf(bound) + ahead };
    for (const { second, count } of this.#chain.secondsAbove(bound, maxPerPage))
      yield { until: second, known: count + this.#shiftOf(second) + ahead };
  }

  // What entered the list above the chain's end is not in the chain, and moves positions all the same.
  #shiftOf(until: number): number {
    return this.#shift.until === until ? this.#shift.by : 0;
  }

  // GitHub's search does not keep the order of runs of one second from request to request. A page that repeats
  // the last second from its beginning misses none of them; where that second is too full, order is all there is.
  #overlap(unknownBetween: boolean): number {
    const group = this.#byTime ? this.#chain.endGroup : 0;
    if (!this.#byTime || group > largeGroup)
      return overlaps[Math.min(this.#misses, overlaps.length - 1)] as number;
    if (!unknownBetween) return Math.max(1, group);
    return Math.max(1, Math.min(this.#ties, largeGroup));
  }

  // "inside": the page begins somewhere inside the last second, and what stands before it there is not known.
  #joins({ until, start }: Asked, links: readonly Link[]): boolean | "inside" {
    const chain = this.#chain;
    const end = chain.end?.second;
    if (until === undefined || end === undefined) return chain.joins(links);
    if (chain.reachesAbove(links)) return true;
    const more = links.filter(({ second }) => second === end).length;
    if (chain.endGroup + more > largeGroup) return chain.joins(links);
    if (start <= chain.countUntil(until) - chain.endGroup && chain.repeatsEnd(links)) return true;
    if (more === 0 || start === 0) return false;
    return this.#whole === end ? true : "inside";
  }

  #wholeSecond(): Asked {
    const second = this.#chain.end?.second as number;
    const page = { page: 1, perPage: maxPerPage, start: 0, end: maxPerPage };
    return { ...page, until: second, since: second, brings: 0 };
  }

  #fill(second: number, { links, totalCount }: Heard, limit: number): Verdict {
    if (totalCount > links.length) return this.#miss();
    this.#whole = second;
    this.#chain.append(links);
    const { fresh, beyondLimit } = this.#give(links, limit);
    this.#left = Math.max(0, (this.#left as number) - fresh.length) + beyondLimit;
    return { fresh, dropAhead: false };
  }

  #give(links: readonly Link[], limit: number): { fresh: readonly Link[]; beyondLimit: number } {
    const found = links.filter(({ id, second }) => !this.#given.has(id) && !this.#isPast(second));
    const fresh = found.slice(0, limit);
    for (const { id, second } of fresh) this.#given.set(id, second);
    this.#count += fresh.length;
    return { fresh, beyondLimit: found.length - fresh.length };
  }

  get #repeats(): number {
    return this.#byTime && this.#bound !== undefined ? this.#given.size : 0;
  }

  /** Takes an answer in, in the order in which the pages were asked for. */
  take(asked: Asked, heard: Heard, limit: number): Verdict {
    const { until, start, perPage } = asked;
    let { links } = heard;
    if (until !== undefined && !this.#timeProven) {
      // A server that does not know `created` answers with the top of the list again.
      if (links.some(({ second }) => second > until)) {
        this.#byTime = false;
        this.#left = Infinity;
        return { fresh: [], dropAhead: true };
      }
      this.#timeProven = true;
    }
    if (this.#resumed && start > 0) {
      const seen = links.findIndex(({ id }) => this.#given.has(id));
      if (seen >= 0) links = links.slice(seen);
    }
    if (asked.since !== undefined) return this.#fill(asked.since, heard, limit);
    const joins = this.#joins(asked, links);
    if (joins === "inside") return { fresh: [], dropAhead: false, first: this.#wholeSecond() };
    if (!joins) {
      if (start > 0) return this.#miss();
      this.#chain.clear();
    }
    this.#chain.append(links);

    const { fresh, beyondLimit } = this.#give(links, limit);
    if (fresh.length > 0 && start > 0) this.#misses = 0;
    this.#position = start + heard.links.length;
    if (until !== undefined)
      this.#shift = { until, by: Math.max(0, this.#position - this.#chain.countUntil(until)) };
    const short = heard.links.length < perPage;
    this.#left = heard.totalIsLowerBound
      ? Infinity
      : Math.max(0, heard.totalCount - this.#position);
    if (short && (start === 0 || fresh.length === 0)) this.#left = 0;
    this.#left += beyondLimit;
    if (this.#byTime) this.#reach(fresh, until === undefined);
    // An answer shorter than its own total says: count again, from the second reached.
    if (short && this.#left > 0) return { ...this.#miss(), fresh };
    return { fresh, dropAhead: this.#left === 0 };
  }

  /** The second whose runs fill all that GitHub shows of it, when that is why nothing can be planned. */
  get wall(): number | undefined {
    if (!this.#byTime || this.#bound === undefined) return undefined;
    const isFull = this.#chain.countUntil(this.#bound) >= searchWindow;
    return isFull ? this.#chain.end?.second : undefined;
  }

  /** All runs of the second at the wall have been read: go on below it. */
  passWall(second: number): void {
    if (this.#bound !== undefined && this.#bound > second) this.#bound = second;
    else this.#bound = second - 1;
    this.#chain.clear();
    this.#forget();
    this.#left = Infinity;
  }

  /** Reads on from the second (or the position) reached, whatever was in flight. */
  restart(): void {
    if (this.#byTime && this.#bound !== undefined) this.#again();
  }

  /** Where the reading stands: all given out so far is done. */
  get place(): Place {
    const count = this.#count;
    if (this.left === 0) return { at: "end", count };
    if (this.#left === undefined && this.#bound === undefined && this.#position === 0)
      return { at: "start" };
    if (this.#byTime && this.#bound !== undefined) {
      const second = this.#bound;
      const given = [...this.#given].map(([id, created]) => ({ id, second: created }));
      return { at: "second", second, given: given.filter((link) => link.second <= second), count };
    }
    return { at: "position", position: this.#position, ids: this.#lastGiven(), count };
  }

  #again(): void {
    this.#chain.clear();
    this.#shift = { until: Number.NaN, by: 0 };
    if (this.#bound !== undefined) this.#forget();
    if (this.#left !== undefined) this.#left += this.#repeats;
  }

  #lastGiven(): number[] {
    const end = this.#chain.end;
    return end ? [end.id] : [];
  }

  #miss(): Verdict {
    this.#misses++;
    if (this.#byTime) this.#again();
    else if (this.#misses >= overlaps.length) {
      this.#misses = 0;
      this.#chain.clear();
      this.#position = 0;
      this.#resumed = false;
    }
    return { fresh: [], dropAhead: true };
  }

  // What is newer than the second reached and was not there before came in behind our back. Giving it out
  // would break the order.
  #isPast(second: number): boolean {
    return this.#byTime && this.#bound !== undefined && second > this.#bound;
  }

  // GitHub's own list need not be in the order of `created_at` to the second, so the first page is repeated
  // by one second, and any list by as much as it was seen out of order.
  #reach(fresh: readonly Link[], ownList: boolean): void {
    const end = fresh.at(-1);
    if (!end) return;
    let skew = ownList ? 1 : 0;
    for (const { second } of fresh) {
      skew = Math.max(skew, second - this.#lastSecond);
      this.#lastSecond = Math.min(this.#lastSecond, second);
    }
    const bound = end.second + skew;
    if (this.#bound === undefined || bound < this.#bound) {
      this.#bound = bound;
      this.#forget();
      this.#misses = 0;
    }
    const ties = this.#chain.largestGroup(maxPerPage);
    this.#ties = this.#chain.length < maxPerPage ? Math.max(this.#ties, ties) : ties;
    this.#chain.trim(searchWindow + this.#chain.countUntil(this.#bound));
  }

  #forget(): void {
    if (!this.#timeProven) return;
    const bound = this.#bound as number;
    for (const [id, second] of this.#given) if (second > bound) this.#given.delete(id);
  }
}
