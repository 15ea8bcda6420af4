import { orAbort } from "@workflow-runs/core/support";
import type { Endpoint, Page, PageQuery } from "./endpoint.ts";

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

  /** The page, once it has arrived. Rejects with the signal's reason as soon as it aborts. */
  page({ sending }: PageRequest<Item>): Promise<Page<Item>> {
    return orAbort(sending, this.#stop.signal);
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
