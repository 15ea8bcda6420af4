import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { json, type LocalServer, serve } from "./local-server.ts";
import { redisIsInstalled, startRedis } from "./redis-server.ts";

const worker = new URL("redis-worker.ts", import.meta.url).pathname;

async function run(...parameters: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [worker, ...parameters]);
  return JSON.parse(stdout);
}

/** A list of three pages; GitHub's budget goes down with each 200 and not with a 304. */
async function github(): Promise<LocalServer & { statuses: number[]; refuse: boolean }> {
  const state = { statuses: [] as number[], refuse: false };
  let remaining = 5000;
  const server = await serve((request, response) => {
    const etag = `"${request.headers.authorization}${request.url}"`;
    const unchanged = request.headers["if-none-match"] === etag;
    const status = state.refuse ? 403 : unchanged ? 304 : 200;
    if (status === 200) remaining--;
    state.statuses.push(status);
    const headers = {
      etag,
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600),
      ...(state.refuse && { "retry-after": "3600" }),
    };
    if (unchanged && !state.refuse) return response.writeHead(304, headers).end();
    return json(response, status, { total_count: 3, workflow_runs: [] }, headers);
  });
  return Object.assign(state, server);
}

describe.runIf(redisIsInstalled())("processes that share a Redis (needs redis-server)", () => {
  test("the second process's list costs 304s only, for the same token", async () => {
    await using redis = await startRedis();
    await using server = await github();
    expect(await run(redis.url, server.url, "a")).toEqual({ pages: [3, 3, 3], remaining: 4997 });
    expect(await run(redis.url, server.url, "a")).toEqual({ pages: [3, 3, 3], remaining: 4997 });
    expect(server.statuses).toEqual([200, 200, 200, 304, 304, 304]);
    await run(redis.url, server.url, "b");
    expect(server.statuses.slice(6)).toEqual([200, 200, 200]);
  });

  test("when one process has to wait, the next one does not even send", async () => {
    await using redis = await startRedis();
    await using server = await github();
    server.refuse = true;
    const refused = { pages: ["RateLimitError", "RateLimitError", "RateLimitError"] };
    expect(await run(redis.url, server.url, "a")).toMatchObject(refused);
    expect(server.statuses).toEqual([403]);
    expect(await run(redis.url, server.url, "a")).toMatchObject(refused);
    expect(server.statuses).toEqual([403]);
    await run(redis.url, server.url, "b");
    expect(server.statuses).toEqual([403, 403]);
  });

  test("calls go on without a Redis that goes away", async () => {
    await using server = await github();
    const redis = await startRedis();
    await redis[Symbol.asyncDispose]();
    expect(await run(redis.url, server.url, "a")).toEqual({ pages: [3, 3, 3], remaining: 4997 });
  });
});
