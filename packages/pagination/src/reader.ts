import { BeyondLimitError, CrowdedSecondError, PaginationError } from "./errors.ts";
import { formatSecond } from "./created-range.ts";
import type { Place } from "./cursor.ts";
import { listTotal, searchWindow } from "./limits.ts";
import type { Answer, ListSource } from "./list-source.ts";
import { secondaryLimit } from "./rate-limit.ts";
import { type Asked, Reading } from "./reading.ts";
import { abortable } from "./abortable.ts";

/** Some of a list's items, as one request brought them. */
export interface ReadPage<Item> {
  readonly items: readonly Item[];
  readonly response: Response;
  /** Where to go on after these items. */
  readonly place: Place;
}

/** What an iteration needs beside the list. */
export interface ReaderOptions {
  readonly concurrency: number;
  readonly beyondLimit: "split" | "error" | "truncate";
  /** Items wanted; Infinity for all. */
  readonly limit: number;
  readonly place: Place;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits until a time, and rejects when the signal aborts. */
  readonly waitUntil: (time: Date, signal: AbortSignal) => Promise<void>;
}

interface Flight<Item> {
  readonly asked: Asked;
  readonly answer: Promise<Answer<Item>>;
  readonly cancel: AbortController;
}

/** Reads a list page by page, a few pages ahead of the one who asks. */
export class Reader<Item extends { id: number }> {
  readonly #source: ListSource<Item>;
  readonly #options: ReaderOptions;
  readonly #reading: Reading;
  readonly #flights: Flight<Item>[] = [];
  readonly #stop: AbortController = new AbortController();
  readonly #onAbort: () => void;
  readonly #shown: number;
  #concurrency: number;
  #wanted: number;

  /** `total_count` of the whole list, once known. */
  totalCount: number | undefined;
  /** True when GitHub stopped counting at `totalCount`. */
  totalCountIsLowerBound = false;
  /** True when `beyondLimit: "truncate"` left something out. */
  truncated = false;
  /** Requests sent. */
  requests = 0;

  constructor(source: ListSource<Item>, options: ReaderOptions) {
    this.#source = source;
    this.#options = options;
    this.#reading = new Reading(
      { range: source.range, byTime: source.hasCreated, perPage: source.perPage },
      options.place,
    );
    this.#concurrency = options.concurrency;
    this.#shown = source.hasCreated ? (source.isSearch ? searchWindow : listTotal) : Infinity;
    this.#wanted =
      options.beyondLimit === "truncate"
        ? Math.min(options.limit, this.#shown - this.#reading.count)
        : options.limit;
    const { beyondLimit, limit, place, signal } = options;
    this.truncated =
      beyondLimit === "truncate" && limit > 0 && this.#wanted <= 0 && place.at !== "end";
    this.#onAbort = () => {
      this.#stop.abort(signal?.reason);
      this.#drop(signal?.reason);
    };
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** The next page that brings something, or undefined at the end. The first comes even when it is empty. */
  async next(): Promise<ReadPage<Item> | undefined> {
    for (;;) {
      this.#stop.signal.throwIfAborted();
      this.prefetch();
      const [flight] = this.#flights;
      if (!flight) {
        if (this.#wanted <= 0 || this.#reading.left === 0) return undefined;
        await this.#passWall();
        continue;
      }
      const answer = await this.#answerOf(flight);
      if (!answer) continue;
      const page = this.#take(flight.asked, answer);
      if (page) return page;
    }
  }

  /** Asks for the pages ahead, as many as may be on their way or waiting at once. */
  prefetch(): void {
    while (this.#flights.length < this.#concurrency) {
      if (this.#reading.blind && this.#flights.length > 0) return;
      const ahead = this.#flights.reduce((sum, { asked }) => sum + asked.brings, 0);
      const asked = this.#reading.plan(ahead, this.#wanted);
      if (!asked) return;
      this.#flights.push(this.#send(asked));
    }
  }

  /** Cancels what is in flight. */
  close(): void {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#drop();
  }

  #send(asked: Asked): Flight<Item> {
    const cancel = new AbortController();
    this.requests++;
    const answer = this.#source.get(asked, {
      signal: cancel.signal,
      onLimit: ({ limit }) => {
        if (limit === "secondary") this.#slowDown();
      },
    });
    // It may fail while nobody waits for it yet.
    answer.catch(() => undefined);
    return { asked, answer, cancel };
  }

  async #answerOf(flight: Flight<Item>): Promise<Answer<Item> | undefined> {
    try {
      const answer = await abortable(flight.answer, this.#stop.signal);
      this.#flights.shift();
      return answer;
    } catch (error) {
      if (this.#stop.signal.aborted) throw error;
      const retryAt = secondaryLimit(error, this.#options.now());
      if (retryAt === undefined || this.#concurrency === 1) throw error;
      this.#concurrency = 1;
      this.#drop();
      this.#reading.restart();
      await this.#options.waitUntil(retryAt, this.#stop.signal);
      return undefined;
    }
  }

  #take(asked: Asked, answer: Answer<Item>): ReadPage<Item> | undefined {
    const first = this.totalCount === undefined;
    if (first) this.#learnTotal(asked, answer);
    const { fresh, dropAhead, first: before } = this.#reading.take(asked, answer, this.#wanted);
    if (dropAhead) this.#drop();
    if (before) {
      // Ask for that first; this answer is at hand, and is taken again after it.
      const cancel = new AbortController();
      this.#flights.unshift({ asked, answer: Promise.resolve(answer), cancel });
      this.#flights.unshift(this.#send(before));
      return undefined;
    }
    this.#wanted -= fresh.length;
    if (this.#wanted <= 0) {
      this.#drop();
      this.truncated =
        this.#options.beyondLimit === "truncate" &&
        this.#reading.count >= this.#shown &&
        this.#reading.left !== 0;
    }
    if (fresh.length === 0 && !first) return undefined;
    const ids = new Set(fresh.map(({ id }) => id));
    return {
      // An id can only be there once in an answer, but nothing promises it.
      items: answer.items.filter(({ id }) => ids.delete(id)),
      response: answer.response,
      place: this.#reading.place,
    };
  }

  #learnTotal(asked: Asked, answer: Answer<Item>): void {
    const { place } = this.#options;
    // After a cursor GitHub counts what is left, and again what was given out of the second it begins with.
    const before =
      place.at === "second" && asked.until !== undefined ? place.count - place.given.length : 0;
    this.totalCount = before + answer.totalCount;
    this.totalCountIsLowerBound = answer.totalIsLowerBound;
    const beyond =
      answer.totalCount > this.#shown ||
      (answer.totalIsLowerBound && answer.totalCount === this.#shown);
    if (this.#options.beyondLimit === "error" && beyond && this.#wanted > this.#shown)
      throw new BeyondLimitError(this.#shown, answer.totalCount);
  }

  async #passWall(): Promise<void> {
    const second = this.#reading.wall;
    if (second === undefined)
      throw new PaginationError(
        "GitHub's answers contradict each other: the list cannot be read on.",
      );
    this.requests++;
    const { totalCount, totalIsLowerBound } = await abortable(
      this.#source.total({ from: second, to: second }, { signal: this.#stop.signal }),
      this.#stop.signal,
    );
    if (totalCount > searchWindow)
      throw new CrowdedSecondError(formatSecond(second), totalCount, totalIsLowerBound);
    this.#reading.passWall(second);
  }

  // GitHub complains of too many requests at once: from here on one at a time, beginning with the page that is due.
  #slowDown(): void {
    this.#concurrency = 1;
    for (const { cancel } of this.#flights.splice(1)) cancel.abort();
  }

  #drop(reason?: unknown): void {
    for (const { cancel } of this.#flights.splice(0)) cancel.abort(reason);
  }
}
