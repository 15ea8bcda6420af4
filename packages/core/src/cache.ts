import { type CachedResponse, decodeCached, encodeCached } from "./cached-response.ts";
import { type Publish, silent } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { type GuardedStore, guarded } from "./guarded-store.ts";
import type { Ring } from "./middleware.ts";
import { readable } from "./read-response.ts";
import type { Outgoing } from "./request.ts";
import type { KeyValueStore } from "./store.ts";

/** What happened to a request that may be cached. */
export interface CacheEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  url: string;
  /** `hit`: 304, the body came from the store. `stale`: stored, but changed since. `miss`: not stored. */
  outcome: "hit" | "stale" | "miss";
}

/**
 * Makes GETs conditional: a stored answer is asked for with its ETag, and a 304, which costs no rate limit,
 * stands for it. Entries are found by URL, token, API version and media type, so none crosses any of them.
 */
export function conditional(store: KeyValueStore, publish: Publish = silent): Ring {
  const kept = guarded(store);
  return async (request, next, { operation }) => {
    if (request.headers["if-none-match"] !== undefined) return next(request);
    const key = await keyOf(request);
    const cached = decodeCached(await kept.get(key));
    const response = await next(
      cached
        ? { ...request, headers: { ...request.headers, "if-none-match": cached.etag } }
        : request,
    );
    const hit = cached !== undefined && response.status === 304;
    const outcome = hit ? "hit" : cached ? "stale" : "miss";
    publish("cache", { operation, url: request.url, outcome } satisfies CacheEvent);
    return hit ? restored(cached, response) : stored(kept, key, response);
  };
}

function keyOf({ url, headers }: Outgoing): Promise<string> {
  return digest(
    url,
    headers["authorization"],
    headers["x-github-api-version"],
    headers["accept"],
  ).then((hash) => `workflow-runs:etag:${hash}`);
}

function restored(cached: CachedResponse, fresh: Response): Response {
  const headers = new Headers(cached.headers);
  // The budget, the date and the request id are those of now.
  for (const [name, value] of fresh.headers) headers.set(name, value);
  return readable(new Response(null, { headers }), cached.text, fresh.url);
}

async function stored(kept: GuardedStore, key: string, response: Response): Promise<Response> {
  const etag = response.headers.get("etag");
  if (response.status !== 200 || etag === null) return response;
  if (/no-store/i.test(response.headers.get("cache-control") ?? "")) return response;
  const text = await response.text();
  await kept.set(key, encodeCached({ etag, headers: [...response.headers], text }));
  return response;
}
