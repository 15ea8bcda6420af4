import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlainRequest } from "../transport/request.ts";
import { type PlainResponse, plainResponse } from "../transport/response.ts";
import type { BudgetState } from "./budget.ts";
import type { LimitEvent } from "../options/call-options.ts";
import { rateLimiter, type RateLimitOptions } from "./rate-limit.ts";
import type { SharedBudget } from "./shared-budget.ts";

const start = Date.UTC(2026, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A limiter on a clock that a wait moves. */
function limiterAt(options: RateLimitOptions | false, shared?: SharedBudget) {
  vi.setSystemTime(start);
  const waits: number[] = [];
  const limiter = rateLimiter(
    options,
    (_, message) => waits.push((message() as LimitEvent).wait),
    shared,
  );
  const ask = async (
    respond: () => PlainResponse,
    method = "GET",
    token = "t",
    path = "/x",
  ): Promise<Response> => {
    const request = requestOf(method, token, path);
    const sent = limiter.middleware(request, () => Promise.resolve(respond()));
    const [{ response }] = await Promise.all([sent, vi.runAllTimersAsync()]);
    return response;
  };
  return { ...limiter, ask, waits };
}

function requestOf(method: string, token: string, path: string): PlainRequest {
  const headers = { authorization: `Bearer ${token}` };
  return { method, url: `https://api.github.com${path}`, headers };
}

function respond(status: number, headers: Record<string, string> = {}): PlainResponse {
  return plainResponse(new Response("{}", { status, headers }), "{}");
}

const emptyResponse = (status: number): PlainResponse =>
  plainResponse(new Response(null, { status }), "");

const budget = (remaining: number, seconds = 30): Record<string, string> => ({
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(start / 1000 + seconds),
});

describe("rate limits", () => {
  test("waits for the reset, then sends the same request again", async () => {
    const events: LimitEvent[] = [];
    const { ask, waits, current } = limiterAt({ onLimit: (event) => events.push(event) });
    const responses = [respond(429, budget(0)), respond(200, budget(4999, 3630))];
    const response = await ask(() => responses.shift() as PlainResponse);
    expect(response.status).toBe(200);
    expect(waits).toEqual([30_000]);
    expect(events).toMatchObject([
      { limit: "primary", wait: 30_000, retryAt: new Date(start + 30_000), method: "GET" },
    ]);
    expect(current()).toEqual({ limit: 5000, remaining: 4999, reset: new Date(start + 3_630_000) });
  });

  test("does not ask again when a response used the budget up, but waits for the reset", async () => {
    const { ask, waits } = limiterAt({});
    await ask(() => respond(200, budget(0)));
    expect((await ask(() => respond(200, budget(4999, 3630)))).status).toBe(200);
    expect(waits).toEqual([30_000]);
    const impatient = limiterAt({ maxWait: 29_999 });
    await impatient.ask(() => respond(200, budget(0)));
    await expect(impatient.ask(() => respond(200))).rejects.toMatchObject({
      name: "RateLimitError",
      limit: "primary",
      retryAt: new Date(start + 30_000),
    });
  });

  test("makes everybody who uses the token wait, and nobody who uses another", async () => {
    const { ask, waits } = limiterAt({});
    let refusals = 1;
    const refuse = (): PlainResponse =>
      refusals-- > 0 ? respond(429, { "retry-after": "20" }) : respond(200);
    await Promise.all([ask(refuse), ask(() => respond(200))]);
    await ask(() => respond(200));
    expect(waits).toEqual([20_000]);
    const other = limiterAt({ maxWait: 0 });
    await other.ask(() => respond(429, { "retry-after": "20" }));
    const error: unknown = await other.ask(() => respond(200)).catch((error: unknown) => error);
    expect(error).toMatchObject({
      name: "RateLimitError",
      retryAt: new Date(start + 20_000),
      limit: "secondary",
    });
    expect(error).not.toHaveProperty("response");
    expect((await other.ask(() => respond(200), "GET", "another")).status).toBe(200);
    vi.setSystemTime(start + 20_000);
    expect((await other.ask(() => respond(200))).status).toBe(200);
  });

  test("sends nothing that queued while another request met a limit, before the limit is over", async () => {
    const { middleware } = limiterAt({ concurrency: 1 });
    const sentAt: number[] = [];
    const send = (response: () => PlainResponse): Promise<PlainResponse> =>
      middleware(requestOf("GET", "t", "/x"), () => {
        sentAt.push(Date.now() - start);
        return Promise.resolve(response());
      });
    const refusals = [respond(429, { "retry-after": "20" })];
    const all = [1, 2, 3].map(() => send(() => refusals.pop() ?? respond(200)));
    await vi.runAllTimersAsync();
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(sentAt.map((time) => Math.floor(time / 1000))).toEqual([0, 20, 20, 20]);
  });

  test("remembers the limits of a hundred tokens, and forgets the oldest first", async () => {
    const { ask } = limiterAt({ maxWait: 0 });
    await ask(() => respond(200), "GET", "old");
    await ask(() => respond(429, { "retry-after": "3600" }), "GET", "limited");
    for (let token = 0; token < 99; token++) await ask(() => respond(200), "GET", String(token));
    await expect(ask(() => respond(200), "GET", "limited")).rejects.toThrow(/not sent/);
  });

  test("returns the refusal itself where the wait is longer than maxWait, and keeps no promise beyond it", async () => {
    const { ask, waits } = limiterAt({ maxWait: 45_000 });
    expect((await ask(() => respond(429, { "retry-after": "46" }))).status).toBe(429);
    expect(waits).toEqual([]);
    const twice = limiterAt({ maxWait: 45_000 });
    expect((await twice.ask(() => respond(429, { "retry-after": "30" }))).status).toBe(429);
    expect(twice.waits).toEqual([30_000]);
  });

  test("spaces writes only for a while after GitHub complained", async () => {
    const { ask, waits } = limiterAt({});
    for (let times = 0; times < 6; times++) await ask(() => respond(201), "POST");
    expect(waits).toEqual([]);
    const responses = [respond(403, { "retry-after": "10" }), respond(201), respond(201)];
    await ask(() => responses.shift() as PlainResponse, "POST");
    await ask(() => responses.shift() as PlainResponse, "POST");
    await ask(() => respond(200));
    expect(waits).toEqual([10_000, 1000]);
    vi.setSystemTime(Date.now() + 300_000);
    for (let times = 0; times < 3; times++) await ask(() => respond(201), "POST");
    expect(waits).toHaveLength(2);
  });

  test("a write that would be spaced for longer than maxWait says when to come back", async () => {
    const { ask } = limiterAt({ maxWait: 500 });
    await ask(() => respond(429, { "retry-after": "0" }), "POST");
    const write = ask(() => respond(201), "POST");
    await expect(write).rejects.toMatchObject({
      name: "RateLimitError",
      limit: "secondary",
      retryAt: new Date(start + 1000),
    });
  });

  test("`false` neither waits, nor keeps anything from being sent, but still knows the budget", async () => {
    const { ask, waits, current } = limiterAt(false);
    expect((await ask(() => respond(429, { "retry-after": "60", ...budget(0) }))).status).toBe(429);
    expect((await ask(() => respond(200))).status).toBe(200);
    expect(waits).toEqual([]);
    expect(current()?.remaining).toBe(0);
  });

  test("GitHub's other budgets are used up by themselves, a secondary limit stops all", async () => {
    const { ask, waits, current } = limiterAt({ maxWait: 45_000 });
    const search = (status: number, headers: Record<string, string>): Promise<Response> => {
      const all = { "x-ratelimit-resource": "search", ...headers };
      return ask(() => respond(status, all), "GET", "t", "/search/issues?q=1");
    };
    const core = (headers = {}): Promise<Response> => ask(() => respond(200, headers));
    await core(budget(4000, 3000));
    await search(200, { ...budget(0), "x-ratelimit-limit": "30" });
    await core({ "x-ratelimit-resource": "core", ...budget(3999, 3000) });
    expect(waits).toEqual([]);
    expect(current()).toMatchObject({ limit: 5000, remaining: 3999 });
    await search(200, budget(29, 90));
    expect(waits).toEqual([30_000]);
    await search(429, { "retry-after": "40", ...budget(28, 90) });
    expect(waits).toEqual([30_000, 40_000]);
    const other = limiterAt({ maxWait: 0 });
    await other.ask(() => respond(200, { ...budget(0), "x-ratelimit-resource": "core" }));
    const blocked = { limit: "primary", retryAt: new Date(start + 30_000) };
    await expect(other.ask(() => respond(200))).rejects.toMatchObject(blocked);
    // Which budget a path uses is known when it has been requested once.
    const graph = { ...budget(0, 20), "x-ratelimit-resource": "graphql" };
    const query = (): Promise<Response> =>
      other.ask(() => respond(200, graph), "POST", "t", "/graphql");
    await expect(query()).rejects.toMatchObject(blocked);
  });

  test.each([304, 404])("after a %d, as after a 200, waits begin anew", async (status) => {
    const { ask, waits } = limiterAt({});
    for (let times = 0; times < 4; times++) {
      const responses = [respond(429, { "retry-after": "0" }), emptyResponse(status)];
      await ask(() => responses.shift() as PlainResponse);
    }
    expect(waits).toEqual([1000, 1000, 1000, 1000]);
  });

  test("a reset that is further off than any limit lasts blocks nobody", async () => {
    const { ask, waits, current } = limiterAt({});
    await ask(() => respond(200, { ...budget(0), "x-ratelimit-reset": String(start) }));
    await ask(() => respond(200, budget(4999, 3000)));
    expect(waits).toEqual([]);
    expect(current()).toMatchObject({ remaining: 4999 });
  });

  test("of responses that overtake each other the lowest remaining counts", async () => {
    const { ask, current } = limiterAt({});
    await ask(() => respond(200, budget(90)));
    await ask(() => respond(200, budget(91)));
    expect(current()?.remaining).toBe(90);
  });

  test("lets only so many in at once, in order, also when some fail", async () => {
    vi.useRealTimers();
    const { middleware } = limiterAt({ concurrency: 2 });
    const order: string[] = [];
    let underWay = 0;
    const outcomes = await Promise.allSettled(
      ["a", "b", "c", "d", "e"].map((name) =>
        middleware({ method: "GET", url: name, headers: {} }, async ({ url }) => {
          order.push(url);
          expect(++underWay).toBeLessThanOrEqual(2);
          await new Promise((resolve) => {
            setTimeout(resolve, 1);
          });
          underWay--;
          if (url === "b") throw new Error("b");
          return respond(200);
        }),
      ),
    );
    expect(order).toEqual(["a", "b", "c", "d", "e"]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
  });

  test("a fleet waits together: what GitHub says to one process, another one knows before it sends", async () => {
    let state: BudgetState | undefined;
    const shared: SharedBudget = {
      read: () => Promise.resolve(state),
      write: (_, written) => {
        state = written;
        return Promise.resolve();
      },
    };
    const first = limiterAt({ maxWait: 0 }, shared);
    const second = limiterAt({}, shared);
    await first.ask(() => respond(403, { "retry-after": "25", ...budget(12) }));
    const sent: string[] = [];
    await second.ask(() => {
      sent.push("second");
      return respond(200);
    });
    expect(second.waits).toEqual([25_000]);
    expect(sent).toEqual(["second"]);
    expect(second.current()).toMatchObject({ remaining: 12 });
  });
});
