import type { Publish } from "./diagnostics.ts";
import type { Send } from "./middleware.ts";

/** What varies from runtime to runtime. */
export interface Environment {
  /** Events for whoever listens, where the runtime has a place for them. */
  publish?: Publish;
  /** The innermost step of a client. */
  sender: (options: SendOptions) => Send;
  /** True when the platform's error says that there was no connection at all. */
  neverSent?: (error: unknown) => boolean;
}

/** What sending needs to know. */
export interface SendOptions {
  /** Root of the API; the token goes below it only. */
  baseUrl: string;
  /** Default: `globalThis.fetch`, looked up at each request. */
  fetch?: typeof globalThis.fetch | undefined;
}
