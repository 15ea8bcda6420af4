import { Keyv } from "keyv";
import { describe, expect, test, vi } from "vitest";
import { type ClientOptions, createClient, type KeyValueStore } from "../src/index.ts";
import { json, type LocalServer, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

/** A server whose one run has a version; counts its 200s and 304s. */
async function versioned(): Promise<
  LocalServer & { version: number; full: number; unchanged: number }
> {
  const state = { version: 1, full: 0, unchanged: 0 };
  const server = await serve((request, response) => {
    const etag = `W/"${state.version}"`;
    const headers = {
      etag,
      link: '<x>; rel="next"',
      "x-ratelimit-remaining": "7",
      "x-ratelimit-limit": "60",
      "x-ratelimit-reset": "1",
    };
    if (request.headers["if-none-match"] === etag) {
      state.unchanged++;
      return response.writeHead(304, { etag, "x-github-request-id": "304" }).end();
    }
    state.full++;
    return json(response, 200, { id: 42, run_attempt: state.version }, headers);
  });
  return Object.assign(state, server);
}

describe("conditional requests", () => {
  test.each<[string, ClientOptions["cache"]]>([
    ["in memory", true],
    ["in Keyv", new Keyv()],
  ])(
    "%s: an unchanged response is requested with its ETag and comes from the store",
    async (_, cache) => {
      await using server = await versioned();
      const github = createClient({ baseUrl: server.url, cache });
      const first = await github.getWorkflowRun.withResponse(run);
      const second = await github.getWorkflowRun.withResponse(run);
      expect(second.data).toEqual(first.data);
      expect(second.data).not.toBe(first.data);
      expect(second.response.status).toBe(200);
      expect(second.response.headers.get("link")).toBe('<x>; rel="next"');
      expect(second.response.headers.get("x-github-request-id")).toBe("304");
      expect([server.full, server.unchanged]).toEqual([1, 1]);
      server.version++;
      expect((await github.getWorkflowRun(run)).run_attempt).toBe(2);
      expect((await github.getWorkflowRun(run)).run_attempt).toBe(2);
      expect([server.full, server.unchanged]).toEqual([2, 2]);
    },
  );

  test("is off by default, and can be on or off for one call", async () => {
    await using server = await versioned();
    const without = createClient({ baseUrl: server.url });
    await without.getWorkflowRun(run);
    await without.getWorkflowRun(run);
    expect(server.unchanged).toBe(0);
    await without.getWorkflowRun(run, { cache: true });
    await without.getWorkflowRun(run, { cache: true });
    expect(server.unchanged).toBe(1);
    const github = createClient({ baseUrl: server.url, cache: true });
    await github.getWorkflowRun(run);
    await github.getWorkflowRun(run, { cache: false });
    expect(server.unchanged).toBe(1);
  });

  test("crosses neither tokens, hosts, paths nor API versions, and the store sees no token", async () => {
    await using server = await versioned();
    await using other = await versioned();
    const kept = new Map<string, string>();
    const cache = new Keyv({ store: kept });
    const clients = [
      { baseUrl: server.url },
      { baseUrl: server.url, auth: "ghp_a" },
      { baseUrl: server.url, auth: "ghp_b" },
      { baseUrl: server.url, auth: "ghp_a", apiVersion: "2022-11-28" },
      { baseUrl: `${server.url}/api/v3`, auth: "ghp_a" },
      { baseUrl: other.url, auth: "ghp_a" },
    ].map((options) => createClient({ ...options, cache }));
    for (const github of clients) await github.getWorkflowRun(run);
    await clients[0]?.getWorkflowRun(run, { headers: { accept: "application/json" } });
    await clients[0]?.getWorkflowRun({ ...run, exclude_pull_requests: true });
    expect(server.unchanged + other.unchanged).toBe(0);
    for (const github of clients) await github.getWorkflowRun(run);
    expect(server.unchanged + other.unchanged).toBe(clients.length);
    expect(JSON.stringify([...kept])).not.toMatch(/ghp_/);
  });

  test("keeps no errors, no writes, no downloads, and nothing that says no-store", async () => {
    const sent: unknown[] = [];
    await using server = await serve((request, response) => {
      sent.push(request.headers["if-none-match"]);
      const status = request.method === "POST" ? 201 : request.url.endsWith("/1") ? 404 : 200;
      json(response, status, {}, { etag: '"1"', "cache-control": "no-store" });
    });
    const github = createClient({ baseUrl: server.url, cache: true });
    for (let times = 0; times < 2; times++) {
      await github.getWorkflowRun(run);
      await github.getWorkflowRun({ ...run, run_id: 1 }).catch(() => {});
      await github.reRunWorkflow(run);
      await github.downloadWorkflowRunLogs(run);
    }
    expect(sent).toEqual(Array(8).fill(undefined));
  });

  test("does without where there are no digests (a page that was not loaded over HTTPS)", async () => {
    await using server = await versioned();
    vi.stubGlobal("crypto", {});
    try {
      const github = createClient({ baseUrl: server.url, cache: new Keyv(), auth: "ghp_a" });
      await github.getWorkflowRun(run);
      expect((await github.getWorkflowRun(run)).id).toBe(42);
      expect([server.full, server.unchanged]).toEqual([2, 0]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("leaves a conditional request of the caller alone", async () => {
    await using server = await versioned();
    const github = createClient({ baseUrl: server.url, cache: true });
    await expect(
      github.getWorkflowRun(run, { headers: { "if-none-match": 'W/"1"' } }),
    ).rejects.toMatchObject({ name: "ApiError", status: 304 });
  });
});

describe("maxAge", () => {
  test("responds from the store without asking, of a client or of one call", async () => {
    await using server = await versioned();
    const github = createClient({ baseUrl: server.url, cache: { maxAge: 60_000 } });
    const first = await github.getWorkflowRun(run);
    const { data, response } = await github.getWorkflowRun.withResponse(run);
    expect([data, response.status, response.headers.get("age")]).toEqual([first, 200, "0"]);
    expect(response.url).toBe(`${server.url}/repos/o/r/actions/runs/42`);
    expect(server.received).toHaveLength(1);
    await github.getWorkflowRun(run, { cache: { maxAge: 0 } });
    expect(server.unchanged).toBe(1);
    const asking = createClient({ baseUrl: server.url, cache: true });
    await asking.getWorkflowRun(run);
    await asking.getWorkflowRun(run, { cache: { maxAge: 60_000 } });
    expect([server.full, server.unchanged]).toEqual([2, 1]);
  });

  test("begins anew when GitHub says that nothing has changed", async () => {
    await using server = await versioned();
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    try {
      const github = createClient({ baseUrl: server.url, cache: { maxAge: 1000 } });
      for (const time of [0, 999, 1000, 1999, 2000]) {
        vi.setSystemTime(time);
        await github.getWorkflowRun(run);
      }
      expect([server.full, server.unchanged]).toEqual([1, 2]);
      // Stored by a clock that is ahead: its age is unknown.
      vi.setSystemTime(1500);
      await github.getWorkflowRun(run);
      expect(server.unchanged).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test("uses no budget and waits in no queue", async () => {
    await using server = await serve((_, response, count) =>
      count === 1
        ? json(response, 200, { id: 42 }, { etag: '"1"' })
        : json(response, 429, {}, { "retry-after": "3600" }),
    );
    const github = createClient({ baseUrl: server.url, cache: { maxAge: 60_000 } });
    await github.getWorkflowRun(run);
    await expect(github.reRunWorkflow(run)).rejects.toMatchObject({ name: "RateLimitError" });
    expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
  });
});

describe("staleIfLimited", () => {
  test("responds with what is stored instead of a RateLimitError", async () => {
    await using server = await serve((_, response, count) =>
      count === 1
        ? json(response, 200, { id: 42 }, { etag: '"1"' })
        : json(response, 429, {}, { "retry-after": "3600" }),
    );
    const github = createClient({ baseUrl: server.url, cache: true });
    await github.getWorkflowRun(run);
    // GitHub refuses, then nothing is sent any more.
    for (let times = 0; times < 2; times++)
      expect(await github.getWorkflowRun(run, { cache: { staleIfLimited: true } })).toEqual({
        id: 42,
      });
    expect(server.received).toHaveLength(2);
    await expect(github.getWorkflowRun(run)).rejects.toMatchObject({ name: "RateLimitError" });
    const unknown = github.getWorkflowRun(
      { ...run, run_id: 1 },
      { cache: { staleIfLimited: true } },
    );
    await expect(unknown).rejects.toMatchObject({ name: "RateLimitError" });
  });

  test("hides no other error", async () => {
    await using server = await serve((_, response, count) =>
      count === 1
        ? json(response, 200, { id: 42 }, { etag: '"1"' })
        : json(response, 403, { message: "Must have admin rights to Repository." }),
    );
    const github = createClient({ baseUrl: server.url, cache: { staleIfLimited: true } });
    await github.getWorkflowRun(run);
    await expect(github.getWorkflowRun(run)).rejects.toMatchObject({ name: "AuthenticationError" });
  });
});

describe("Vary", () => {
  test.each([
    ["X-Mine", [200, 304, 200, 304]],
    [
      "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
      [200, 304, 304, 304],
    ],
    ["*", [200, 200, 200, 200]],
  ])("%s", async (vary, statuses) => {
    const sent: number[] = [];
    await using server = await serve((request, response) => {
      const unchanged = request.headers["if-none-match"] === '"1"';
      sent.push(unchanged ? 304 : 200);
      if (unchanged) return response.writeHead(304).end();
      return json(response, 200, { mine: request.headers["x-mine"] }, { etag: '"1"', vary });
    });
    const kept = new Map<string, string>();
    const github = createClient({ baseUrl: server.url, cache: new Keyv({ store: kept }) });
    for (const mine of ["s3cret", "s3cret", "other", "other"])
      await github.getWorkflowRun(run, { headers: { "x-mine": mine } });
    expect(sent).toEqual(statuses);
    expect(JSON.stringify([...kept])).not.toMatch(/x-mine":"s3cret/);
  });

  test("a response for one request header does not match another", async () => {
    await using server = await serve((request, response) =>
      request.headers["if-none-match"] === '"1"'
        ? response.writeHead(304).end()
        : json(response, 200, { mine: request.headers["x-mine"] }, { etag: '"1"', vary: "x-mine" }),
    );
    const github = createClient({ baseUrl: server.url, cache: { maxAge: 1e9 } });
    for (const mine of ["a", "b", "a"])
      expect(await github.getWorkflowRun(run, { headers: { "x-mine": mine } })).toEqual({ mine });
  });
});

describe("equal requests under way at once", () => {
  const held = async () => {
    const release: (() => void)[] = [];
    const server = await serve((request, response, count) => {
      release.push(() =>
        json(response, 200, { id: 42, count, url: request.url }, { etag: `"${count}"` }),
      );
    });
    const arrived = async (requests: number): Promise<void> => {
      while (server.received.length < requests)
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
    };
    return { ...server, release, arrived };
  };

  test("are one request, and each call gets data of its own", async () => {
    await using server = await held();
    const github = createClient({ baseUrl: server.url, cache: true, auth: "a" });
    const calls = Array.from({ length: 20 }, () => github.getWorkflowRun(run));
    await server.arrived(1);
    const others = [
      github.getWorkflowRun({ ...run, run_id: 1 }),
      github.getWorkflowRun(run, { headers: { accept: "application/json" } }),
      github.getWorkflowRun(run, { headers: { authorization: "Bearer b" } }),
      github.getWorkflowRun(run, { cache: false }),
      github.reRunWorkflow(run),
    ];
    await server.arrived(6);
    for (const respond of server.release) respond();
    const [first, second] = await Promise.all(calls);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
    await Promise.all(others);
    expect(server.received).toHaveLength(6);
  });

  test("a call that aborts leaves the others theirs; when all have, the request is aborted", async () => {
    await using server = await held();
    const github = createClient({ baseUrl: server.url, cache: true });
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const aborted = github.getWorkflowRun(run, { signal: one.signal });
    const waiting = github.getWorkflowRun(run, { signal: two.signal });
    await server.arrived(1);
    one.abort();
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    server.release[0]?.();
    expect((await waiting).id).toBe(42);
    const last = github.getWorkflowRun(run, { signal: three.signal });
    await server.arrived(2);
    three.abort();
    await expect(last).rejects.toMatchObject({ name: "AbortError" });
    const next = github.getWorkflowRun(run);
    await server.arrived(3);
    server.release[2]?.();
    expect(await next).toMatchObject({ count: 3 });
  });

  test("an abort ends a file's body too", async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/zip" }).write("z");
    });
    const { fetch } = createClient({ baseUrl: server.url, cache: true });
    const controller = new AbortController();
    const file = await fetch(`${server.url}/zip`, { signal: controller.signal });
    const reader = file.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("z");
    controller.abort();
    await expect(reader.read()).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a call that aborted while it waited for its token sends nothing", async () => {
    await using server = await versioned();
    const controller = new AbortController();
    let give = (_token: string): void => {};
    const auth = (): Promise<string> => new Promise((resolve) => (give = resolve));
    const github = createClient({ baseUrl: server.url, cache: true, auth });
    const call = github.getWorkflowRun(run, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    give("t");
    const next = github.getWorkflowRun(run);
    give("t");
    await next;
    expect(server.received).toHaveLength(1);
  });

  test("a failure is every call's, and each of them may try again", async () => {
    await using server = await serve((_, response, count) =>
      json(response, count === 1 ? 502 : 200, { id: 42 }),
    );
    const github = createClient({ baseUrl: server.url, cache: true, retry: { maxDelay: 1 } });
    const data = await Promise.all(Array.from({ length: 5 }, () => github.getWorkflowRun(run)));
    expect(data).toEqual(data.map(() => ({ id: 42 })));
    expect(server.received.length).toBeLessThanOrEqual(6);
  });

  test("each call's onLimit is called for a wait", async () => {
    await using server = await serve((_, response, count) =>
      count === 1
        ? json(response, 429, {}, { "retry-after": "1" })
        : json(response, 200, { id: 42 }),
    );
    const github = createClient({ baseUrl: server.url, cache: true });
    const waits: string[] = [];
    await Promise.all(
      ["a", "b"].map((name) => github.getWorkflowRun(run, { onLimit: () => waits.push(name) })),
    );
    expect(waits.toSorted()).toEqual(["a", "b"]);
    expect(server.received).toHaveLength(2);
  });

  test("github.fetch shares text; a file is each caller's own", async () => {
    await using server = await serve((request, response) => {
      setTimeout(() => {
        const zip = request.url === "/zip";
        response.writeHead(200, { "content-type": zip ? "application/zip" : "application/json" });
        response.end(zip ? "zip" : "{}");
      }, 20);
    });
    const { fetch } = createClient({ baseUrl: server.url, cache: true });
    const texts = async (path: string): Promise<string[]> =>
      Promise.all([1, 2, 3].map(async () => (await fetch(server.url + path)).text()));
    expect(await texts("/json")).toEqual(["{}", "{}", "{}"]);
    expect(server.received).toHaveLength(1);
    expect(await texts("/zip")).toEqual(["zip", "zip", "zip"]);
  });
});

describe("what somebody else wrote into the store", () => {
  test("is a miss, whatever it is: neither an error of the platform, nor a block for ever", async () => {
    await using server = await versioned();
    const entries = [
      '{"etag":"\\r\\nx: 1","headers":[],"length":2,"storedAt":1,"vary":[],"variant":""}\n{}',
      '{"etag":"1","headers":[["\\u0000","1"]],"length":2,"storedAt":1,"vary":[],"variant":""}\n{}',
      '{"etag":"1","headers":null,"length":2,"storedAt":1e999,"vary":{},"variant":""}\n{}',
      "null\nnull",
      "[]",
      "\n\n\n",
      JSON.stringify({ blockedUntil: 8e15, blockedBy: "primary" }),
      JSON.stringify({ blockedUntil: -1, blockedBy: "secondary" }),
      JSON.stringify({ blockedUntil: Date.now() + 3e9, blockedBy: "primary" }),
      JSON.stringify({ blockedUntil: 0, blockedBy: {} }),
      JSON.stringify({
        quota: { limit: "5", remaining: 0, reset: 1 },
        blockedUntil: 0,
        blockedBy: "primary",
      }),
      JSON.stringify({
        quota: { limit: 5, remaining: 0, reset: 1e300 },
        blockedUntil: 0,
        blockedBy: "primary",
      }),
      "7",
      '"x"',
    ];
    for (const entry of entries) {
      const cache = {
        get: () => Promise.resolve(entry),
        set: () => Promise.resolve(),
        delete: () => Promise.resolve(),
      };
      const github = createClient({ baseUrl: server.url, cache, rateLimit: { maxWait: 0 } });
      expect((await github.getWorkflowRun(run)).id).toBe(42);
    }
    expect([server.full, server.unchanged]).toEqual([entries.length, 0]);
  });
});

describe("a broken store never breaks a request", () => {
  const fail = (): Promise<never> => Promise.reject(new Error("store"));
  const hang = (): Promise<never> => new Promise(() => {});
  const thrown = (): never => {
    throw new Error("store");
  };
  test.each<[string, KeyValueStore]>([
    ["that fails", { get: fail, set: fail, delete: fail }],
    ["that throws", { get: thrown, set: thrown, delete: thrown }],
    ["that does not respond", { get: hang, set: hang, delete: hang }],
    ["that cannot be written", { get: () => Promise.resolve(undefined), set: fail, delete: fail }],
    [
      "that holds something else",
      { get: () => Promise.resolve({ value: 1 }), set: fail, delete: fail },
    ],
    [
      "that holds nonsense",
      { get: () => Promise.resolve("{}\n"), set: () => Promise.resolve(), delete: fail },
    ],
  ])("one %s", async (_, cache) => {
    await using server = await versioned();
    const github = createClient({ baseUrl: server.url, cache });
    for (let times = 0; times < 3; times++) expect((await github.getWorkflowRun(run)).id).toBe(42);
    expect(server.full).toBe(3);
  });

  test("one that does not respond is left alone for a while, so that it does not cost every request a second", async () => {
    await using server = await versioned();
    let reads = 0;
    const get = (): Promise<never> => {
      reads++;
      return hang();
    };
    const github = createClient({ baseUrl: server.url, cache: { get, set: hang, delete: hang } });
    for (let times = 0; times < 20; times++) await github.getWorkflowRun(run);
    expect(reads).toBeLessThanOrEqual(2);
  });
});
