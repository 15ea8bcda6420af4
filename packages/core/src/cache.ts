import type { Answer } from "./answer.ts";
import { type CachedResponse, decodeCached, encodeCached } from "./cached-response.ts";
import type { Publish } from "./diagnostics.ts";
import { digest } from "./digest.ts";
import { type GuardedStore, guarded } from "./guarded-store.ts";
import type { Ring } from "./middleware.ts";
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
export function conditional(store: KeyValueStore, publish: Publish | undefined): Ring {
  const kept = guarded(store);
  return async (request, next) => {
    const { operation } = request;
    if (
      request.method !== "GET" ||
      request.stream ||
      request.headers["if-none-match"] !== undefined
    )
      return next(request);
    const key = await keyOf(request);
    const cached = decodeCached(await kept.get(key));
    const answer = await next(
      cached
        ? { ...request, headers: { ...request.headers, "if-none-match": cached.etag } }
        : request,
    );
    const hit = cached !== undefined && answer.response.status === 304;
    const outcome = hit ? "hit" : cached ? "stale" : "miss";
    publish?.("cache", { operation, url: request.url, outcome } satisfies CacheEvent);
    if (hit) return restored(cached, answer);
    await keep(kept, key, answer);
    return answer;
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

function restored({ headers: kept, text }: CachedResponse, fresh: Answer): Answer {
  const headers = new Headers(kept);
  // The budget, the date and the request id are those of now.
  for (const [name, value] of fresh.response.headers) headers.set(name, value);
  return { text, response: new Response(null, { headers }) };
}

async function keep(kept: GuardedStore, key: string, answer: Answer): Promise<void> {
  const {
    response: { status, headers },
    text,
  } = answer;
  const etag = headers.get("etag");
  if (status !== 200 || etag === null) return;
  if (/no-store/i.test(headers.get("cache-control") ?? "")) return;
  await kept.set(key, encodeCached({ etag, headers: [...headers], text }));
}
