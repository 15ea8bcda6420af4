/**
 * The part of Keyv's interface that the cache and the shared budget use; any Keyv instance is one.
 * @see https://keyv.org/docs/
 */
export interface KeyValueStore {
  /** The value, or `undefined` (or `null`) when there is none. */
  get(key: string): Promise<unknown>;
  /** Keeps a value for `ttl` milliseconds. */
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  /** Forgets a value. */
  delete(key: string): Promise<unknown>;
}
