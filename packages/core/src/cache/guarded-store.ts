import type { KeyValueStore } from "./store.ts";

/** A store that may be slow, broken or away, without anybody noticing but for more requests. */
export interface GuardedStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttl?: number): Promise<void>;
}

const timeout = 1000;
const restAfterFailure = 5000;

/**
 * Every failure of the store is a miss. One that does not respond within a second is left alone for five, so
 * that a store that is away does not cost every request a second.
 */
export function guarded(store: KeyValueStore, now: () => number = Date.now): GuardedStore {
  let restUntil = 0;
  const attempt = async (work: () => Promise<unknown>): Promise<unknown> => {
    if (now() < restUntil) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("The store did not respond.")), timeout);
    });
    try {
      return await Promise.race([work(), late]);
    } catch {
      restUntil = now() + restAfterFailure;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    async get(key) {
      const value = await attempt(async () => store.get(key));
      return typeof value === "string" ? value : undefined;
    },
    async set(key, value, ttl) {
      await attempt(async () => store.set(key, value, ttl));
    },
  };
}
