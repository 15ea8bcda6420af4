import type { KeyValueStore } from "./store.ts";

/** How one call uses the cache. */
export interface CacheCallOptions {
  /** A stored response that is not older than this, in milliseconds, is used without asking GitHub. @default 0: always ask, a 304 costs no rate limit */
  readonly maxAge?: number | undefined;
  /** A stored response, however old, is used instead of a {@link RateLimitError}. @default false */
  readonly staleIfLimited?: boolean | undefined;
}

/** How a client uses the cache. */
export interface CacheOptions extends CacheCallOptions {
  /** Where responses are kept. @default in memory, up to 16 million characters */
  readonly store?: KeyValueStore | undefined;
}

/** What the option `cache` of a client may be. */
export type CacheOption = boolean | KeyValueStore | CacheOptions;

/** The option in full; undefined for none. */
export function cacheOptions(cache: CacheOption | undefined): CacheOptions | undefined {
  if (typeof cache !== "object") return cache ? {} : undefined;
  return isStore(cache) ? { store: cache } : cache;
}

/** True for a Keyv instance and the like. */
export function isStore(value: unknown): value is KeyValueStore {
  const { get, set } = Object(value) as { get?: unknown; set?: unknown };
  return typeof get === "function" && typeof set === "function";
}
