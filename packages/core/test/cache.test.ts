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
    "%s: an unchanged answer is asked for with its ETag and comes from the store",
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

describe("a broken store never breaks a request", () => {
  const fail = (): Promise<never> => Promise.reject(new Error("store"));
  const hang = (): Promise<never> => new Promise(() => {});
  const thrown = (): never => {
    throw new Error("store");
  };
  test.each<[string, KeyValueStore]>([
    ["that fails", { get: fail, set: fail, delete: fail }],
    ["that throws", { get: thrown, set: thrown, delete: thrown }],
    ["that does not answer", { get: hang, set: hang, delete: hang }],
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

  test("one that does not answer is left alone for a while, so that it does not cost every request a second", async () => {
    await using server = await versioned();
    let asked = 0;
    const get = (): Promise<never> => {
      asked++;
      return hang();
    };
    const github = createClient({ baseUrl: server.url, cache: { get, set: hang, delete: hang } });
    for (let times = 0; times < 20; times++) await github.getWorkflowRun(run);
    expect(asked).toBeLessThanOrEqual(2);
  });
});
