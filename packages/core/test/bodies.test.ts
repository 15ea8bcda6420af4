import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createClient, type RetryEvent } from "../src/index.ts";
import { json, serve } from "./local-server.ts";
import { raw } from "./raw-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

describe("maxBodySize", () => {
  const large = JSON.stringify({ text: "x".repeat(100_000) });
  test.each([
    ["as it is", 200, {}, large],
    ["a small one that unpacks to more", 200, { "content-encoding": "gzip" }, gzipSync(large)],
    ["an error's", 500, {}, large],
  ])(
    "a larger body is a typed error, and is not requested again: %s",
    async (_, status, headers, body) => {
      await using server = await serve((_, response) =>
        response.writeHead(status, headers).end(body),
      );
      const github = createClient({ baseUrl: server.url, maxBodySize: 99_999 });
      await expect(github.getWorkflowRun(run)).rejects.toMatchObject({
        name: "ResponseTooLargeError",
        limit: 99_999,
        message: `GET ${server.url}/repos/o/r/actions/runs/42: the body is larger than 99999 bytes (maxBodySize).`,
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test("a body of just that size is read, and a download has no limit", async () => {
    await using server = await serve((request, response) =>
      request.url.endsWith("/logs") ? response.end(large) : response.end(large),
    );
    const github = createClient({ baseUrl: server.url, maxBodySize: large.length });
    expect(await github.getWorkflowRun(run)).toEqual(JSON.parse(large));
    const small = createClient({ baseUrl: server.url, maxBodySize: 10 });
    expect(await (await small.downloadWorkflowRunLogs(run)).text()).toBe(large);
  });

  test("ends a body without end, and the connection with it", async () => {
    let closed: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await using server = await raw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      const more = setInterval(() => socket.write(`10000\r\n${"1".repeat(65_536)}\r\n`), 1);
      socket.on("close", () => {
        clearInterval(more);
        closed?.();
      });
    });
    const github = createClient({ baseUrl: server.url, maxBodySize: 1_000_000 });
    await expect(github.getWorkflowRun(run)).rejects.toThrow(/maxBodySize/);
    await ended;
  });

  test("characters that two chunks share are whole", async () => {
    const bytes = Buffer.from(JSON.stringify({ name: "Ünïcode ✓ 🚀" }));
    await using server = await raw((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`);
      const next = (at: number): void => {
        socket.write(
          bytes.subarray(at, at + 1),
          () => at < bytes.length && setTimeout(next, 1, at + 1),
        );
      };
      next(0);
    });
    const github = createClient({ baseUrl: server.url });
    expect(await github.getWorkflowRun(run)).toEqual({ name: "Ünïcode ✓ 🚀" });
  });
});

describe("timeout.idle", () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: application/json\r\n\r\n";

  test("a body that stands still is a failed try", async () => {
    await using server = await raw((socket, count) =>
      count === 1 ? socket.write(`${head}{"id"`) : socket.write(`${head}{"id":42}`),
    );
    const retries: RetryEvent[] = [];
    const github = createClient({
      baseUrl: server.url,
      timeout: { idle: 50 },
      retry: { maxDelay: 1, onRetry: (event) => retries.push(event) },
    });
    expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
    expect(retries).toMatchObject([{ error: { name: "NetworkError" } }]);
    expect(retries[0]?.error?.message).toMatch(/no byte came for 50 ms \(timeout\.idle\)/);
  });

  test("a download that stands still breaks off, and the connection with it", async () => {
    let closed: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await using files = await raw((socket) => {
      socket.write(`${head}{"id"`);
      socket.on("close", () => closed?.());
    });
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${files.url}/f?sig=s3cret` }).end(),
    );
    const github = createClient({ baseUrl: server.url });
    const file = await github.downloadWorkflowRunLogs(run, { timeout: { idle: 50 } });
    expect(file.url).toBe(`${files.url}/f?sig=s3cret`);
    const error: unknown = await file.text().catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "NetworkError" });
    expect(String(error)).not.toContain("s3cret");
    await ended;
  });

  test("time counts only while somebody waits for a byte", async () => {
    await using server = await serve((_, response) => response.end("x".repeat(1_000_000)));
    const github = createClient({ baseUrl: server.url, timeout: { idle: 1000 } });
    const file = await github.downloadWorkflowRunLogs(run);
    let size = 0;
    for await (const chunk of file.body as ReadableStream<Uint8Array>) {
      if (size === 0)
        await new Promise((resolve) => {
          setTimeout(resolve, 1500);
        });
      size += chunk.length;
    }
    expect(size).toBe(1_000_000);
  });

  test.each([false, { idle: Infinity }] as const)(
    "%j waits for as long as it takes",
    async (timeout) => {
      await using server = await serve((_, response) => {
        response.writeHead(200).write('{"id":');
        setTimeout(() => response.end("42}"), 200);
      });
      const github = createClient({ baseUrl: server.url, timeout: { idle: 50 }, retry: false });
      expect(await github.getWorkflowRun(run, { timeout })).toEqual({ id: 42 });
      await expect(github.getWorkflowRun(run)).rejects.toMatchObject({ name: "NetworkError" });
    },
  );

  test.each([{ idle: 200 }, { perTry: 200 }])(
    "a process that was busy for longer than %j does not take that for the server's time",
    async (timeout) => {
      let begun = (): void => {};
      const hasBegun = new Promise<void>((resolve) => (begun = resolve));
      await using server = await serve((_, response) => {
        response.writeHead(200).write('{"id":');
        setTimeout(() => response.end("42}"), 50);
        begun();
      });
      const github = createClient({ baseUrl: server.url, timeout, retry: false });
      const call = github.getWorkflowRun(run);
      await hasBegun;
      const until = performance.now() + 500;
      while (performance.now() < until);
      expect(await call).toEqual({ id: 42 });
    },
  );

  test("a good body is read as it is", async () => {
    await using server = await serve((_, response) => json(response, 200, { id: 42 }));
    const github = createClient({ baseUrl: server.url });
    const { data, response } = await github.getWorkflowRun.withResponse(run);
    expect([data.id, response.bodyUsed]).toEqual([42, true]);
  });
});
