import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

describe("diagnostics_channel", () => {
  test("publishes requests, retries, limits and the cache, without the token", async () => {
    const events: [string, object][] = [];
    const names = ["request", "retry", "limit", "cache"].map((name) => `workflow-runs:${name}`);
    const listener = (message: unknown, name: string | symbol): void => {
      events.push([String(name).slice("workflow-runs:".length), message as object]);
    };
    for (const name of names) subscribe(name, listener);
    try {
      await using server = await serve((request, response, count) => {
        if (count === 1) return json(response, 503, {}, { "retry-after": "0" });
        if (count === 2) return json(response, 429, {}, { "retry-after": "1" });
        if (request.headers["if-none-match"] === '"1"') return response.writeHead(304).end();
        return json(response, 200, { id: 42 }, { etag: '"1"' });
      });
      const github = createClient({
        baseUrl: server.url,
        auth: "t0ken",
        cache: true,
        retry: { maxDelay: 1 },
      });
      await github.getWorkflowRun(run);
      await github.getWorkflowRun(run);
      const url = `${server.url}/repos/o/r/actions/runs/42`;
      const operation = "actions/get-workflow-run";
      expect(events).toMatchObject([
        ["request", { operation, method: "GET", url, status: 503, duration: expect.any(Number) }],
        ["cache", { operation, url, outcome: "miss" }],
        ["retry", { operation, method: "GET", url, tries: 1, delay: 1, status: 503 }],
        ["request", { status: 429 }],
        ["limit", { operation, method: "GET", url, limit: "secondary", retryAt: expect.any(Date) }],
        ["request", { status: 200 }],
        ["cache", { outcome: "miss" }],
        ["request", { status: 304 }],
        ["cache", { outcome: "hit" }],
      ]);
      expect(JSON.stringify(events)).not.toContain("t0ken");
    } finally {
      for (const name of names) unsubscribe(name, listener);
    }
  });

  test("leaves fetch's own instrumentation (OpenTelemetry's) its requests: one for each try", async () => {
    const seen: string[] = [];
    const listener = (message: unknown): void => {
      const { request } = message as {
        request: {
          method: string;
          path: string;
          origin: string;
          addHeader(name: string, value: string): void;
        };
      };
      seen.push(`${request.method} ${request.path}`);
      request.addHeader("traceparent", "00-1-1-01");
    };
    subscribe("undici:request:create", listener);
    try {
      await using server = await serve((_, response, count) =>
        json(response, count === 1 ? 502 : 200, {}),
      );
      await createClient({ baseUrl: server.url, retry: { maxDelay: 1 } }).getWorkflowRun(run);
      expect(seen).toEqual(Array(2).fill("GET /repos/o/r/actions/runs/42"));
      expect(server.received.map(({ headers }) => headers["traceparent"])).toEqual(
        Array(2).fill("00-1-1-01"),
      );
    } finally {
      unsubscribe("undici:request:create", listener);
    }
  });

  test("reads globalThis.fetch at each call, so that it can be wrapped later", async () => {
    const github = createClient();
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.resolve(Response.json({ id: 7 }));
    try {
      expect(await github.getWorkflowRun(run)).toEqual({ id: 7 });
    } finally {
      globalThis.fetch = fetch;
    }
  });
});
