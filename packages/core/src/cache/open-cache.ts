import type { InnerMiddleware } from "../middleware/chain.ts";
import type { Publish } from "../transport/diagnostics.ts";
import type { PlainRequest } from "../transport/request.ts";
import { type CacheSettings, conditionalRequests } from "./cache.ts";
import { type GuardedStore, guarded } from "./guarded-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { type CacheOption, cacheOptions } from "./options.ts";
import { sharedRequests } from "./shared-requests.ts";

/** A client's cache. */
export interface Cache {
  middleware: InnerMiddleware;
  store: GuardedStore;
  /** The store is one that processes may share. */
  isShared: boolean;
}

/**
 * The cache of a client. Without a store of the user's, responses are kept in memory, where a call may ask for it
 * though the client does not. Undefined where nothing can be cached: a page that was not loaded over HTTPS has no
 * digests, and without them keys would hold the token.
 */
export function openCache(option: CacheOption | undefined, publish: Publish): Cache | undefined {
  if (!globalThis.crypto?.subtle) return undefined;
  const usual = cacheOptions(option);
  const store = guarded(usual?.store ?? new MemoryStore());

  const settingsOf = ({
    method,
    stream,
    headers,
    cache,
  }: PlainRequest): CacheSettings | undefined => {
    const wanted = cache ?? usual !== undefined;
    const caches = method === "GET" && !stream && headers["if-none-match"] === undefined;
    if (!wanted || !caches || headers["range"] !== undefined) return undefined;
    const { maxAge, staleIfLimited } = typeof wanted === "object" ? wanted : {};
    return {
      maxAge: maxAge ?? usual?.maxAge ?? 0,
      staleIfLimited: staleIfLimited ?? usual?.staleIfLimited ?? false,
    };
  };

  const conditional = conditionalRequests(store, publish);
  const shared = sharedRequests();
  return {
    middleware: (request, next) => {
      const settings = settingsOf(request);
      return settings ? shared(request, (one) => conditional(one, next, settings)) : next(request);
    },
    store,
    isShared: usual?.store !== undefined,
  };
}
