import { orAbort, sleep } from "@workflow-runs/core/support";
import type { Endpoint, Page, PageQuery } from "./endpoint.ts";

/** Longest wait for a secondary limit that the client did not wait out by itself, in milliseconds. */
const longestWait = 60_000;

/** A page that was requested. */
export interface PageRequest<Item> {
  readonly query: PageQuery;
  /** Once it has arrived. */
  page?: Page<Item>;
  readonly sending: Promise<Page<Item>>;
  cancel(reason?: unknown): void;
}

/** The requests of one reading: several at once, and one by one after a secondary rate limit. */
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
    this.sent++;
    const cancel = new AbortController();
    const onLimit = ({ limit }: { limit: string }): void => {
      if (limit === "secondary") this.concurrency = 1;
    };
    const sending = this.#endpoint.get(query, { signal: cancel.signal, onLimit });
    const request: PageRequest<Item> = {
      query,
      sending,
      cancel: (reason) => cancel.abort(reason),
    };
    this.#open.add(request);
    sending
      .then((page) => (request.page = page))
      .catch(() => undefined)
      .finally(() => this.#open.delete(request));
    return request;
  }

  /**
   * The page, once it has arrived. Rejects with the signal's reason as soon as it aborts. After a secondary rate limit
   * that the client handed on, it waits, and requests the page once more.
   */
  async page({ query, sending }: PageRequest<Item>): Promise<Page<Item>> {
    try {
      return await orAbort(sending, this.#stop.signal);
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      const wait = secondaryLimitWait(error, Date.now());
      if (wait === undefined) throw error;
      this.concurrency = 1;
      await sleep(wait, this.#stop.signal);
      return orAbort(this.send(query).sending, this.#stop.signal);
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
    for (const request of this.#open) request.cancel(reason);
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
  const wait = Math.max(0, retryAt.getTime() - now);
  return wait <= longestWait ? wait : undefined;
}
