import { orAbort, sleep } from "@workflow-runs/core/support";
import type { Endpoint, Page, PageQuery } from "./endpoint.ts";

/** Longest wait for a secondary limit that the client did not wait out by itself, in milliseconds. */
const longestWait = 60_000;

/** A page that was requested. */
export interface PageRequest<Item> {
  readonly query: PageQuery;
  /** Once it has arrived. */
  page?: Page<Item>;
  sending: Promise<Page<Item>>;
  cancel: AbortController;
  /** It was cancelled because GitHub complained of too many requests at once: send it again when it is due. */
  postponed: boolean;
}

/** The requests of one reading: sends them, several at once, and one by one after a secondary rate limit. */
export class Requests<Item> {
  /** Requests sent. */
  sent = 0;
  /** Requests that may be under way, or arrived and not yet read, at once. */
  concurrency: number;
  readonly #endpoint: Endpoint<Item>;
  readonly #signal: AbortSignal | undefined;
  readonly #stop: AbortController = new AbortController();
  readonly #open: Set<PageRequest<Item>> = new Set();
  readonly #onAbort = (): void => this.close(this.#signal?.reason);

  constructor(endpoint: Endpoint<Item>, concurrency: number, signal: AbortSignal | undefined) {
    this.#endpoint = endpoint;
    this.concurrency = concurrency;
    this.#signal = signal;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Sends a request; it may fail unnoticed until `page()` is called. */
  send(query: PageQuery): PageRequest<Item> {
    this.#stop.signal.throwIfAborted();
    const cancel = new AbortController();
    const request = { query, cancel, postponed: false } as PageRequest<Item>;
    this.#start(request);
    return request;
  }

  /** The page, once it has arrived. Rejects with the signal's reason as soon as it aborts. */
  async page(request: PageRequest<Item>): Promise<Page<Item>> {
    for (;;) {
      try {
        if (request.postponed) this.#start(request);
        return await orAbort(request.sending, this.#stop.signal);
      } catch (error) {
        this.#stop.signal.throwIfAborted();
        if (request.postponed) continue;
        const wait = secondaryLimitWait(error, Date.now());
        if (wait === undefined || this.concurrency === 1) throw error;
        this.#slowDown(undefined);
        await sleep(wait, this.#stop.signal);
        request.postponed = true;
      }
    }
  }

  /** Sends a request and waits for its page. */
  get(query: PageQuery): Promise<Page<Item>> {
    return this.page(this.send(query));
  }

  /** Cancels what is under way. */
  close(reason?: unknown): void {
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#stop.abort(reason);
    for (const { cancel } of this.#open) cancel.abort(reason);
  }

  /** Cancels requests whose pages are not wanted any more. */
  drop(requests: readonly PageRequest<Item>[]): void {
    for (const { cancel } of requests) cancel.abort();
  }

  #start(request: PageRequest<Item>): void {
    this.sent++;
    this.#open.add(request);
    if (request.postponed) request.cancel = new AbortController();
    request.postponed = false;
    request.sending = this.#endpoint
      .get(request.query, {
        signal: request.cancel.signal,
        onLimit: ({ limit }) => {
          if (limit === "secondary") this.#slowDown([...this.#open][0]);
        },
      })
      .then((page) => (request.page = page))
      .finally(() => this.#open.delete(request));
    request.sending.catch(() => undefined);
  }

  // From here on one by one: all but one wait for their turn.
  #slowDown(kept: PageRequest<Item> | undefined): void {
    this.concurrency = 1;
    for (const request of this.#open) {
      if (request === kept) continue;
      request.postponed = true;
      request.cancel.abort();
    }
  }
}

/**
 * How long a secondary rate limit says to wait, in milliseconds. Undefined for any other error, and for a wait of
 * more than a minute, which is the caller's to decide.
 */
export function secondaryLimitWait(error: unknown, now: number): number | undefined {
  const { name, limit, retryAt } = Object(error) as {
    name?: string;
    limit?: string;
    retryAt?: Date;
  };
  if (name !== "RateLimitError" || limit !== "secondary" || !retryAt) return undefined;
  const wait = retryAt.getTime() - now;
  return wait <= longestWait ? wait : undefined;
}
