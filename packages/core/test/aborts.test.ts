import { describe, expect, test, vi } from "vitest";
import { type ClientOptions, createClient } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const forever = (): Promise<never> => new Promise(() => {});

// Nothing here would ever end by itself; a call that ends has therefore seen the abort.
describe("abort", () => {
  test.each<[string, ClientOptions]>([
    ["while the token provider thinks", { auth: forever }],
    ["while a middleware thinks", { middleware: [forever] }],
    ["while the store thinks", { cache: { get: forever, set: forever, delete: forever } }],
    ["while it waits for the headers", {}],
    ["while it reads the body", { apiVersion: "body" }],
    ["between two tries", { apiVersion: "503", retry: { limit: 9, maxDelay: 1e9 } }],
    ["while it waits for a rate limit", { apiVersion: "429", rateLimit: { maxWait: 1e9 } }],
  ])("%s", async (_, options) => {
    await using server = await serve((request, response) => {
      const version = request.headers["x-github-api-version"];
      if (version === "body") response.writeHead(200).write("{");
      if (version === "503") json(response, 503, {}, { "retry-after": "3600" });
      if (version === "429") json(response, 429, {}, { "retry-after": "3600" });
    });
    const github = createClient({ timeout: false, ...options, baseUrl: server.url });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    await expect(github.getWorkflowRun(run, { signal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("in the queue, and leaves the queue in order", async () => {
    const order: number[] = [];
    const release: (() => void)[] = [];
    await using server = await serve((request, response) => {
      order.push(Number(request.url.split("/").at(-1)));
      release.push(() => json(response, 200, {}));
    });
    const github = createClient({ baseUrl: server.url, rateLimit: { concurrency: 1 } });
    const controller = new AbortController();
    const calls = [1, 2, 3].map((run_id) =>
      github.getWorkflowRun({ ...run, run_id }, run_id === 2 ? { signal: controller.signal } : {}),
    );
    const responded = (): Promise<void> =>
      new Promise((resolve) => {
        const look = (): unknown =>
          release.length > 0 ? resolve(release.shift()?.()) : setTimeout(look, 1);
        look();
      });
    controller.abort();
    await expect(calls[1]).rejects.toMatchObject({ name: "AbortError" });
    await responded();
    await calls[0];
    await responded();
    await calls[2];
    expect(order).toEqual([1, 3]);
  });

  test("before the start sends nothing, and rejects with the signal's reason", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const github = createClient({ baseUrl: server.url });
    const reason = new Error("enough");
    await expect(github.getWorkflowRun(run, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(server.received).toEqual([]);
  });

  test("by the one who is notified of a wait", async () => {
    await using server = await serve((_, response) =>
      json(response, 429, {}, { "retry-after": "3600" }),
    );
    const controller = new AbortController();
    const github = createClient({ baseUrl: server.url, rateLimit: { maxWait: 1e9 } });
    const notified = { signal: controller.signal, onLimit: () => controller.abort() };
    await expect(github.getWorkflowRun(run, notified)).rejects.toMatchObject({
      name: "AbortError",
    });
    // Now the wait is known beforehand, and reported before anything is sent.
    const again = new AbortController();
    const known = { signal: again.signal, onLimit: () => again.abort() };
    await expect(github.getWorkflowRun(run, known)).rejects.toMatchObject({ name: "AbortError" });
    expect(server.received).toHaveLength(1);
  });

  test("leaves no listener behind on a signal that lives long", async () => {
    await using server = await serve((_, response, count) =>
      json(response, count % 2 ? 503 : 200, {}),
    );
    const github = createClient({
      baseUrl: server.url,
      cache: true,
      retry: { maxDelay: 1 },
      auth: async () => "t",
    });
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    for (let times = 0; times < 3; times++) await github.getWorkflowRun(run, { signal });
    expect(add).toHaveBeenCalled();
    const removed = new Set(remove.mock.calls.map(([, listener]) => listener));
    expect(add.mock.calls.filter(([, listener]) => !removed.has(listener))).toEqual([]);
  });
});
