import type { InnerMiddleware } from "../middleware/chain.ts";
import type { Publish } from "../transport/diagnostics.ts";
import type { PlainRequest } from "../transport/request.ts";
import { type PlainResponse, withUrl } from "../transport/response.ts";
import { type CachedResponse, decodeCached, encodeCached } from "./cached-response.ts";
import { digest } from "./digest.ts";
import type { GuardedStore } from "./guarded-store.ts";

/** What happened to a request that may be cached. */
export interface CacheEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  url: string;
  /** `hit`: 304, the body came from the store. `stale`: stored, but changed since. `miss`: not stored. */
  outcome: "hit" | "stale" | "miss";
}

/**
 * Makes GETs conditional: a stored response is asked for with its ETag, and a 304, which costs no rate limit,
 * stands for it. Entries are found by URL, token, API version and media type, so none crosses any of them.
 */
export function conditionalRequests(
  store: GuardedStore,
  byDefault: boolean,
  publish: Publish,
): InnerMiddleware {
  return async (request, next) => {
    const { operation, url, cache = byDefault } = request;
    if (
      !cache ||
      request.method !== "GET" ||
      request.stream ||
      request.headers["if-none-match"] !== undefined
    )
      return next(request);
    const key = await keyOf(request);
    const cached = decodeCached(await store.get(key));
    const received = await next(
      cached
        ? { ...request, headers: { ...request.headers, "if-none-match": cached.etag } }
        : request,
    );
    const hit = cached !== undefined && received.response.status === 304;
    const outcome = hit ? "hit" : cached ? "stale" : "miss";
    publish("cache", () => ({ operation, url, outcome }) satisfies CacheEvent);
    if (hit) return restored(cached, received);
    await keep(store, key, received);
    return received;
  };
}

function keyOf({ url, headers }: PlainRequest): Promise<string> {
  return digest(
    url,
    headers["authorization"],
    headers["x-github-api-version"],
    headers["accept"],
  ).then((hash) => `workflow-runs:etag:${hash}`);
}

function restored({ headers: kept, text }: CachedResponse, fresh: PlainResponse): PlainResponse {
  const headers = new Headers(kept);
  // The budget, the date and the request id are those of now.
  for (const [name, value] of fresh.response.headers) headers.set(name, value);
  return { text, response: withUrl(new Response(null, { headers }), fresh.response.url) };
}

async function keep(store: GuardedStore, key: string, received: PlainResponse): Promise<void> {
  const {
    response: { status, headers },
    text,
  } = received;
  const etag = headers.get("etag");
  if (status !== 200 || etag === null || text === undefined) return;
  if (/no-store/i.test(headers.get("cache-control") ?? "")) return;
  await store.set(key, encodeCached({ etag, headers: [...headers], text }));
}
