import { describe, expect, test } from "vitest";
import { type ClientOptions, createClient, type KeyValueStore } from "../src/index.ts";
import { closedPort } from "./local-server.ts";
import { raw } from "./raw-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

/** A response as its bytes; the body's length is stated. */
function wire(status: number, headers: readonly string[], body = "{}"): string {
  const lines = [`HTTP/1.1 ${status} Any Words`, ...headers, `Content-Length: ${body.length}`];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
const good = wire(200, [], '{"id":42}');
const date = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
const epoch = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

interface Fault {
  fault: string;
  verb?: "GET" | "POST";
  /** In turn; the last one for all that follow. */
  responses: readonly string[];
  ends: { data: unknown } | { error: string; with?: object; message?: RegExp };
  requests: number;
  /** Milliseconds that it takes at least. */
  least?: number;
  options?: ClientOptions;
}

/** Refusals that are waited for, at least a second each. */
const refusals: [fault: string, status: number, headers: string[], body?: string][] = [
  ["Retry-After of a fraction", 429, ["Retry-After: 0.25"]],
  ["Retry-After of nothing", 429, ["Retry-After: 0"]],
  ["a negative Retry-After", 429, ["Retry-After: -7"]],
  ["Retry-After with spaces around it", 429, ["Retry-After:  1  "]],
  ["Retry-After of a date that has passed", 429, [`Retry-After: ${date(-3600)}`]],
  [
    "a reset that has passed",
    403,
    ["X-RateLimit-Limit: 60", "X-RateLimit-Remaining: 0", `X-RateLimit-Reset: ${epoch(-60)}`],
    '{"message":"API rate limit exceeded"}',
  ],
  ["a gateway's words, and a Retry-After", 403, ["Retry-After: 1"], "<title>Whoa there!</title>"],
];

const faults: Fault[] = [
  ...refusals.map(([fault, status, headers, body]): Fault => ({
    fault,
    responses: [wire(status, headers, body), good],
    ends: { data: { id: 42 } },
    requests: 2,
    least: 1000,
  })),
  ...["You are going too fast", "temporarily blocked from content creation", "Slow down"].map(
    (message): Fault => ({
      fault: `403 that says ${JSON.stringify(message)}, and not for how long`,
      responses: [wire(403, [], JSON.stringify({ message }))],
      ends: { error: "RateLimitError", with: { limit: "secondary", status: 403 } },
      requests: 1,
    }),
  ),
  ...["soon", "1e99", "99999999999999999999", "Mon, 32 Foo 2026 25:61:61 GMT"].map(
    (value): Fault => ({
      fault: `Retry-After: ${value}`,
      responses: [wire(429, [`Retry-After: ${value}`])],
      ends: { error: "RateLimitError", with: { retryAt: expect.any(Date) } },
      requests: 1,
    }),
  ),
  {
    fault: "limits that are no numbers",
    responses: [
      wire(
        200,
        [
          "X-RateLimit-Limit: many",
          "X-RateLimit-Remaining: -0",
          "X-RateLimit-Reset: NaN",
          "Date: today",
        ],
        '{"id":42}',
      ),
    ],
    ends: { data: { id: 42 } },
    requests: 1,
  },
  ...[301, 302, 303].map((status): Fault => ({
    fault: `a POST that meets ${status}`,
    verb: "POST",
    responses: [wire(status, ["Location: /elsewhere"]), good],
    ends: { error: "ApiError", with: { status } },
    requests: 1,
  })),
  {
    fault: "403 for want of a permission",
    responses: [
      wire(
        403,
        ["x-accepted-github-permissions: actions=write, checks=read; contents=write"],
        '{"message":"Resource not accessible by integration"}',
      ),
    ],
    ends: {
      error: "AuthenticationError",
      with: { acceptedPermissions: [{ actions: "write", checks: "read" }, { contents: "write" }] },
      message: /actions: write and checks: read, or contents: write/,
    },
    requests: 1,
  },
  {
    fault: "403 for want of single sign-on",
    responses: [wire(403, ["X-GitHub-SSO: required; url=https://github.com/orgs/o/sso?x=1"])],
    ends: {
      error: "AuthenticationError",
      with: { ssoUrl: "https://github.com/orgs/o/sso?x=1" },
      message: /single sign-on/,
    },
    requests: 1,
  },
  {
    fault: "a 304 to a request without a condition",
    responses: ['HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'],
    ends: { error: "ApiError", with: { status: 304 } },
    requests: 1,
  },
  {
    fault: "Deprecation and Sunset that are no dates",
    responses: [
      wire(200, ["Deprecation: yes", "Sunset: some day", 'Link: <>; rel="sunset"'], '{"id":42}'),
    ],
    ends: { data: { id: 42 } },
    requests: 1,
  },
  {
    fault: "401 to a token that never gets good",
    responses: [wire(401, [], '{"message":"Bad credentials"}')],
    ends: { error: "AuthenticationError", with: { status: 401 } },
    requests: 2,
    options: { auth: ({ refresh }) => (refresh ? "new" : "old") },
  },
  {
    fault: "an ETag that is no text, and Vary: *",
    responses: [wire(200, ['ETag: W/"\xff"', "Vary: *"], '{"id":42}')],
    ends: { data: { id: 42 } },
    requests: 1,
    options: { cache: true },
  },
  {
    fault: "a 304 with a body, which is not one",
    responses: [
      'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
    ],
    ends: { error: "ApiError", with: { status: 304 } },
    requests: 1,
    options: { cache: true },
  },
  {
    fault: "a body of chunks above maxBodySize",
    responses: [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + '8\r\n{"id":42\r\n'.repeat(4),
    ],
    ends: { error: "ResponseTooLargeError", with: { limit: 20 } },
    requests: 1,
    options: { maxBodySize: 20 },
  },
  {
    fault: "a body that stands still, then a good one",
    responses: ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"id"', good],
    ends: { data: { id: 42 } },
    requests: 2,
    options: { timeout: { idle: 200 } },
  },
];

describe("faults of limits, refusals, tokens, cache and bodies, as bytes on a socket", () => {
  test.concurrent.each(faults)(
    "$fault → $ends after $requests requests",
    async ({ verb = "GET", responses, ends, requests, least = 0, options }) => {
      let count = 0;
      await using server = await raw((socket, number) => {
        count = number;
        socket.write(responses[Math.min(number, responses.length) - 1] ?? "", "latin1");
      });
      const start = performance.now();
      const github = createClient({
        baseUrl: server.url,
        auth: "t0ken",
        retry: { limit: 1, maxDelay: 1 },
        rateLimit: { maxWait: 5000 },
        ...options,
      });
      const outcome = await (
        verb === "POST" ? github.reRunWorkflow(run) : github.getWorkflowRun(run)
      ).then(
        (data) => ({ data }),
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject("data" in ends ? ends : { name: ends.error, ...ends.with });
      expect(outcome instanceof Error ? outcome.message : "data").toMatch(
        ("message" in ends && ends.message) || /./,
      );
      expect(performance.now() - start).toBeGreaterThanOrEqual(least);
      expect(count).toBe(requests);
    },
  );
});

describe("a file's host, as bytes on a socket", () => {
  test.each([
    ["404 with XML", wire(404, [], "<Error><Code>BlobNotFound</Code></Error>"), "NotFoundError"],
    ["410", wire(410, [], ""), "GoneError"],
    ["a redirect without end", wire(302, ["Location: /f"]), "NetworkError"],
    ["a reset", "", "NetworkError"],
    ["what is no HTTP", "hello\r\n\r\n", "NetworkError"],
  ])("%s is an error of the operation, without the signed link", async (_, response, name) => {
    await using files = await raw((socket) =>
      response ? socket.write(response) : socket.destroy(),
    );
    await using server = await raw((socket) =>
      socket.write(wire(302, [`Location: ${files.url}/f?sig=s3cret`])),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken", retry: false });
    const error: unknown = await github
      .downloadWorkflowRunLogs(run)
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name, message: expect.not.stringMatching(/s3cret|t0ken|</) });
  });

  test("gets the range, and a second request a fresh link", async () => {
    const heads: string[] = [];
    await using files = await raw((socket, _, head) => {
      heads.push(head);
      socket.write(wire(206, ["Content-Range: bytes 4-7/9"], "part"));
    });
    await using server = await raw((socket, count) =>
      socket.write(wire(302, [`Location: ${files.url}/f?once=${count}`])),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken" });
    for (let times = 0; times < 2; times++) {
      const part = await github.downloadWorkflowRunLogs(run, { headers: { range: "bytes=4-7" } });
      expect([part.status, await part.text()]).toEqual([206, "part"]);
    }
    expect(heads.map((head) => head.split(" ", 2)[1])).toEqual(["/f?once=1", "/f?once=2"]);
    for (const head of heads) {
      expect(head).toMatch(/^range: bytes=4-7\r$/im);
      expect(head).not.toMatch(/authorization|t0ken/i);
    }
  });
});

test("fifty calls that meet 401 at once refresh once, over fifty sockets", async () => {
  let refreshes = 0;
  await using server = await raw((socket, _, head) =>
    socket.write(/Bearer t1/i.test(head) ? good : wire(401, [])),
  );
  const github = createClient({
    baseUrl: server.url,
    auth: ({ refresh }) => `t${refresh ? ++refreshes : refreshes}`,
    rateLimit: { concurrency: 50 },
  });
  const calls = Array.from({ length: 50 }, () => github.getWorkflowRun(run));
  expect(await Promise.all(calls)).toEqual(calls.map(() => ({ id: 42 })));
  expect(refreshes).toBe(1);
});

test("a poisoned store is a miss on the wire too: the request has no condition", async () => {
  const heads: string[] = [];
  await using server = await raw((socket, _, head) => {
    heads.push(head);
    socket.write(good);
  });
  const poison = '{"etag":"\\r\\nx: 1","headers":[],"length":2}\n{}';
  const store: KeyValueStore = {
    get: async () => poison,
    set: async () => true,
    delete: async () => true,
  };
  const github = createClient({ baseUrl: server.url, cache: store });
  expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
  expect(heads).toEqual([expect.not.stringMatching(/if-none-match|^x: 1/im)]);
});

test("a host that is not there is not blamed on the token", async () => {
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  await using server = await raw((socket) =>
    socket.write(wire(302, [`Location: ${nowhere}/f?sig=s3cret`])),
  );
  const github = createClient({ baseUrl: server.url, auth: "t0ken", retry: false });
  await expect(github.downloadWorkflowRunLogs(run)).rejects.toMatchObject({
    name: "NetworkError",
    message: expect.stringMatching(/^GET [^ ]*\/logs: fetch failed: .*ECONNREFUSED/),
  });
});
