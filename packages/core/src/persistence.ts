import type { Merge, SharedBudget } from "./budget.ts";
import { conditional } from "./cache.ts";
import type { Publish } from "./diagnostics.ts";
import { MemoryStore } from "./memory-store.ts";
import type { Ring } from "./middleware.ts";
import { sharedBudget } from "./shared-budget.ts";
import type { KeyValueStore } from "./store.ts";

/** What a store is used for. */
export interface Persistence {
  /** Conditional requests. */
  ring: Ring;
  /** The rate-limit budget, where the store is one that processes share. */
  shared: SharedBudget;
}

/** Opens a store; without one, answers are kept in memory. Loaded on first use: most clients need none of it. */
export function openStore(
  store: KeyValueStore | undefined,
  baseUrl: string,
  publish: Publish | undefined,
  merge: Merge,
): Persistence {
  // A page that was not loaded over HTTPS has no digests, and without them keys would hold the token.
  if (!globalThis.crypto?.subtle) return nothing;
  const kept = store ?? new MemoryStore();
  return { ring: conditional(kept, publish), shared: sharedBudget(kept, baseUrl, merge) };
}

const nothing: Persistence = {
  ring: (request, next) => next(request),
  shared: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
};
