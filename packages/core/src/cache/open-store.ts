import { type GuardedStore, guarded } from "./guarded-store.ts";
import { MemoryStore } from "./memory-store.ts";
import type { KeyValueStore } from "./store.ts";

/**
 * The store of a client. Without one of the user's, responses are kept in memory, where a call may ask for it
 * though the client does not.
 */
export function openStore(cache: boolean | KeyValueStore): GuardedStore | undefined {
  // A page that was not loaded over HTTPS has no digests, and without them keys would hold the token.
  return globalThis.crypto?.subtle
    ? guarded(typeof cache === "object" ? cache : new MemoryStore())
    : undefined;
}
