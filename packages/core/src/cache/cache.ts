import { RateLimitError } from "../errors/errors.ts";
import type { Send } from "../middleware/chain.ts";
import { readRefusal } from "../rate-limit/headers.ts";
import type { Publish } from "../transport/diagnostics.ts";
import type { PlainRequest } from "../transport/request.ts";
import { type PlainResponse, plainResponse, withUrl } from "../transport/response.ts";
import { type CachedResponse, decodeCached, encodeCached } from "./cached-response.ts";
import { digest } from "./digest.ts";
import type { GuardedStore } from "./guarded-store.ts";
import { variantOf, varyOf } from "./vary.ts";

/** What happened to a request that may be cached. */
export interface CacheEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  url: string;
  /**
   * `hit`: 304, the body came from the store. `stale`: stored, but changed since. `miss`: not stored. `fresh`: from the
   * store, not older than `maxAge`, nothing was sent. `limited`: from the store instead of a {@link RateLimitError}.
   */
  outcome: "hit" | "stale" | "miss" | "fresh" | "limited";
}

/** The settings of a request: a call's over the client's. */
export interface CacheSettings {
  maxAge: number;
  staleIfLimited: boolean;
}

/**
 * Makes GETs conditional: a stored response is requested with its ETag, and a 304, which costs no rate limit,
 * stands for it. Entries are found by URL, token, API version and media type, and by what the server varies on, so
 * none crosses any of them.
 */
export function conditionalRequests(
  store: GuardedStore,
  publish: Publish,
  now: () => number = Date.now,
): (request: PlainRequest, next: Send, settings: CacheSettings) => Promise<PlainResponse> {
  return async (request, next, { maxAge, staleIfLimited }) => {
    const { operation, url, headers } = request;
    const report = (outcome: CacheEvent["outcome"]): void =>
      publish("cache", () => ({ operation, url, outcome }) satisfies CacheEvent);

    const key = await keyOf(request);
    const entry = await decodeCached(await store.get(key));
    const cached =
      entry && entry.variant === (await variantOf(entry.vary, headers)) ? entry : undefined;
    if (cached && isFresh(cached, maxAge, now())) {
      report("fresh");
      return restored(cached, url, now());
    }
    const conditional = cached
      ? { ...request, headers: { ...headers, "if-none-match": cached.etag } }
      : request;
    const received = await orUndefinedIfLimited(next, conditional, cached && staleIfLimited, now());
    if (!received) {
      report("limited");
      return restored(cached as CachedResponse, url, now());
    }
    const hit = cached !== undefined && received.status === 304;
    report(hit ? "hit" : cached ? "stale" : "miss");
    if (!hit) {
      await keep(store, key, request, received, now());
      return received;
    }
    // Only `maxAge` has a use for when it was compared last.
    if (maxAge > 0) await store.set(key, await encodeCached({ ...cached, storedAt: now() }));
    return revalidated(cached, received);
  };
}

function keyOf({ url, headers }: PlainRequest): Promise<string> {
  return digest(
    url,
    headers["authorization"],
    headers["x-github-api-version"],
    headers["accept"],
  ).then((hash) => `workflow-runs:response:${hash}`);
}

// What was stored after now was stored by another clock, or by nobody who can be trusted.
function isFresh({ storedAt }: CachedResponse, maxAge: number, now: number): boolean {
  return storedAt <= now && now - storedAt < maxAge;
}

/** The response, or undefined when it is a rate limit's refusal that the stored one is to stand for. */
async function orUndefinedIfLimited(
  next: Send,
  request: PlainRequest,
  instead: boolean | undefined,
  now: number,
): Promise<PlainResponse | undefined> {
  if (!instead) return next(request);
  try {
    const received = await next(request);
    return readRefusal(received, now) ? undefined : received;
  } catch (error) {
    if (error instanceof RateLimitError) return undefined;
    throw error;
  }
}

/** A stored response that GitHub did not speak of; its `age` is in seconds. */
function restored(
  { headers, text, storedAt }: CachedResponse,
  url: string,
  now: number,
): PlainResponse {
  const all = new Headers(headers);
  all.set("age", String(Math.max(0, Math.round((now - storedAt) / 1000))));
  return plainResponse(withUrl(new Response(null, { headers: all }), url), text);
}

/** A stored response that a 304 stands for. */
function revalidated(cached: CachedResponse, { response }: PlainResponse): PlainResponse {
  const headers = new Headers(cached.headers);
  // The budget, the date and the request id are those of now.
  for (const [name, value] of response.headers) headers.set(name, value);
  return plainResponse(withUrl(new Response(null, { headers }), response.url), cached.text);
}

async function keep(
  store: GuardedStore,
  key: string,
  request: PlainRequest,
  { status, text, response: { headers } }: PlainResponse,
  storedAt: number,
): Promise<void> {
  const etag = headers.get("etag");
  const vary = varyOf(headers);
  if (status !== 200 || etag === null || text === undefined || !vary) return;
  if (/no-store/i.test(headers.get("cache-control") ?? "")) return;
  const variant = await variantOf(vary, request.headers);
  await store.set(
    key,
    await encodeCached({ etag, headers: [...headers], text, storedAt, vary, variant }),
  );
}
