import type { ServerResponse } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { type ClientOptions, createClient, type RateLimitError } from "../src/index.ts";
import { closedPort, json, type Received, serve } from "./local-server.ts";

type Step = (response: ServerResponse, request: Received) => unknown;
type Verb = "GET" | "POST" | "DELETE";

const run = { owner: "o", repo: "r", run_id: 42 };
const good: Step = (response) => json(response, 200, { id: 42 });
const status =
  (
    code: number,
    headers: Record<string, string> = {},
    body: unknown = { message: "sorry" },
  ): Step =>
  (response) =>
    json(response, code, body, headers);
const inOneSecond = (): Record<string, string> => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  return { date: new Date(now).toUTCString(), "retry-after": new Date(now + 1000).toUTCString() };
};
const budget = (remaining: number, seconds: number): Record<string, string> => {
  const now = Math.floor(Date.now() / 1000);
  return {
    date: new Date(now * 1000).toUTCString(),
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(now + seconds),
  };
};
const text =
  (code: number, body: string, type = "text/html"): Step =>
  (response) =>
    response.writeHead(code, { "content-type": type }).end(body);
const reset: Step = (response) => response.socket?.destroy();
const resetInBody: Step = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"id":', () => response.socket?.destroy());
};
const bodyAfter204: Step = (response) =>
  response.socket?.end(
    "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
  );
const never: Step = () => {};
const neverEnding: Step = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"id":');
};

interface Fault {
  fault: string;
  verb?: Verb;
  /** Responses in turn; the last one for all that follow. */
  steps: Step[];
  /** Data, or the name of the error and some of its fields. */
  ends: { data: unknown } | { error: string; with?: object; message?: RegExp };
  /** How many the server got; undefined where that depends on time. */
  requests: number | undefined;
  options?: ClientOptions;
  /** Milliseconds that it takes at least. */
  least?: number;
}

const limited = { error: "RateLimitError", with: { status: 429, limit: "secondary" } };
const secondary = { message: "You have exceeded a secondary rate limit. Please wait." };
// Long enough for a request to reach the server on a busy machine.
const quick = { timeout: { perTry: 800 } };
const ok = { data: { id: 42 } };

const faults: Fault[] = [
  ...[500, 502, 503, 504, 408].map((code) => ({
    fault: `${code} once`,
    steps: [status(code), good],
    ends: ok,
    requests: 2,
  })),
  {
    fault: "500 for ever",
    steps: [status(500)],
    ends: { error: "ApiError", with: { status: 500 } },
    requests: 3,
  },
  {
    fault: "500 with an empty body",
    steps: [text(500, "")],
    ends: { error: "ApiError", with: { status: 500, data: "" }, message: /no message/ },
    requests: 3,
  },
  {
    fault: "503 with Retry-After",
    steps: [status(503, { "retry-after": "0" }), good],
    ends: ok,
    requests: 2,
  },
  {
    fault: "503 with a Retry-After above maxDelay",
    steps: [status(503, { "retry-after": "3600" })],
    ends: { error: "ApiError", with: { status: 503 } },
    requests: 1,
  },
  {
    fault: "429 with Retry-After in seconds",
    steps: [status(429, { "retry-after": "1" }), good],
    ends: ok,
    requests: 2,
  },
  {
    fault: "429 with Retry-After as a date",
    steps: [(response) => json(response, 429, {}, inOneSecond()), good],
    ends: ok,
    requests: 2,
  },
  { fault: "429 without Retry-After", steps: [status(429)], ends: limited, requests: 1 },
  {
    fault: "429 with Retry-After: 0 for ever",
    steps: [status(429, { "retry-after": "0" })],
    ends: limited,
    requests: 2,
  },
  {
    fault: "403 secondary",
    steps: [status(403, {}, secondary)],
    ends: { error: "RateLimitError", with: { status: 403, limit: "secondary", data: secondary } },
    requests: 1,
  },
  {
    fault: "403 secondary with Retry-After",
    steps: [status(403, { "retry-after": "0" }, secondary), good],
    ends: ok,
    requests: 2,
  },
  {
    fault: "403 primary, reset in an hour",
    steps: [status(403, budget(0, 3600), { message: "API rate limit exceeded for user ID 1." })],
    ends: {
      error: "RateLimitError",
      with: { limit: "primary" },
      message: /try again in 3\d\d\d s/,
    },
    requests: 1,
  },
  {
    fault: "403 primary, reset in a second",
    steps: [
      (response) => json(response, 403, { message: "API rate limit exceeded" }, budget(0, 1)),
      good,
    ],
    ends: ok,
    requests: 2,
  },
  {
    fault: "403 plain",
    steps: [status(403, {}, { message: "Must have admin rights to Repository." })],
    ends: { error: "AuthenticationError", with: { status: 403 }, message: /admin rights/ },
    requests: 1,
  },
  {
    fault: "403 plain that used the budget up",
    steps: [status(403, budget(0, 3600), { message: "Resource not accessible by integration" })],
    ends: { error: "AuthenticationError", message: /not accessible/ },
    requests: 1,
  },
  {
    fault: "401",
    steps: [status(401, {}, { message: "Bad credentials" })],
    ends: { error: "AuthenticationError", with: { status: 401 }, message: /Bad credentials/ },
    requests: 1,
  },
  {
    fault: "404",
    steps: [
      status(
        404,
        { "x-github-request-id": "A:1" },
        { message: "Not Found", documentation_url: "https://docs.github.com/x" },
      ),
    ],
    ends: {
      error: "NotFoundError",
      with: { status: 404, requestId: "A:1", documentationUrl: "https://docs.github.com/x" },
      message: /^404 GET http.*runs\/42: Not Found.*or the token cannot see it/,
    },
    requests: 1,
  },
  {
    fault: "404 with an empty body",
    steps: [text(404, "")],
    ends: { error: "NotFoundError", with: { data: "" } },
    requests: 1,
  },
  {
    fault: "409",
    steps: [status(409, {}, { message: "Cannot cancel a workflow run that is completed." })],
    verb: "POST",
    ends: { error: "ConflictError", message: /completed/ },
    requests: 1,
  },
  {
    fault: "410",
    steps: [status(410, {}, { message: "Server Error" })],
    ends: { error: "GoneError" },
    requests: 1,
  },
  {
    fault: "422",
    steps: [
      status(
        422,
        {},
        {
          message: "Validation Failed",
          errors: [{ resource: "Run", field: "created", code: "invalid" }, "and more"],
        },
      ),
    ],
    ends: {
      error: "ApiError",
      with: {
        status: 422,
        errors: [{ resource: "Run", field: "created", code: "invalid" }, { message: "and more" }],
      },
      message: /Validation Failed; Run created invalid; and more/,
    },
    requests: 1,
  },
  {
    fault: "200 with truncated JSON",
    steps: [text(200, '{"id":4', "application/json")],
    ends: {
      error: "InvalidResponseError",
      message: /not JSON \(application\/json\)/,
    },
    requests: 1,
  },
  {
    fault: "200 with HTML",
    steps: [text(200, "<html>")],
    ends: { error: "InvalidResponseError", message: /text\/html/ },
    requests: 1,
  },
  {
    fault: "200 with nothing",
    steps: [text(200, "")],
    ends: { error: "InvalidResponseError" },
    requests: 1,
  },
  {
    fault: "200 with an id beyond 2^53",
    steps: [text(200, '{"id":9007199254740993}')],
    ends: { error: "InvalidResponseError", message: /9007199254740993/ },
    requests: 1,
  },
  {
    fault: "200 with long digits that are no integer beyond 2^53",
    steps: [
      text(200, '{"id":9007199254740991,"sha":"99999999999999999999","x":0.12345678901234568}'),
    ],
    ends: { data: { id: 9007199254740991, sha: "99999999999999999999", x: 0.12345678901234568 } },
    requests: 1,
  },
  {
    fault: "204 with a body",
    verb: "DELETE",
    steps: [bodyAfter204],
    ends: { data: undefined },
    requests: 1,
  },
  { fault: "reset before headers", steps: [reset, good], ends: ok, requests: 2 },
  {
    fault: "reset before headers, for ever",
    steps: [reset],
    ends: { error: "NetworkError", message: /^GET http/ },
    requests: 3,
  },
  { fault: "reset in the body", steps: [resetInBody, good], ends: ok, requests: 2 },
  {
    fault: "slow headers",
    steps: [never],
    options: quick,
    ends: { error: "TimeoutError", with: { timeout: 800 }, message: /800 ms \(timeout\.perTry\)/ },
    requests: 1,
  },
  {
    fault: "slow body",
    steps: [neverEnding],
    options: quick,
    ends: { error: "TimeoutError" },
    requests: 1,
  },
  {
    fault: "retries that outlast timeout.total",
    steps: [status(500)],
    options: { timeout: { total: 60 }, retry: { limit: 1e6, maxDelay: 5 } },
    ends: { error: "TimeoutError", message: /total/ },
    requests: undefined,
  },
  ...[301, 302, 307, 308].map((code) => ({
    fault: `${code} of a renamed repository`,
    steps: [status(code, { location: "/repositories/1/actions/runs/42" }), good],
    ends: ok,
    requests: 2,
  })),
  {
    fault: "redirects that never end",
    steps: [status(301, { location: "/again" })],
    ends: {
      error: "ApiError",
      with: { status: 301 },
      message: /not followed; is `baseUrl` right\?/,
    },
    requests: 6,
  },
  {
    fault: "a rerun responded to with 502 is sent once",
    verb: "POST",
    steps: [status(502)],
    ends: { error: "ApiError", with: { status: 502 } },
    requests: 1,
  },
  {
    fault: "a rerun whose connection is reset is sent once",
    verb: "POST",
    steps: [reset],
    ends: { error: "NetworkError" },
    requests: 1,
  },
  {
    fault: "a rerun whose response breaks off is sent once",
    verb: "POST",
    steps: [resetInBody],
    ends: { error: "NetworkError" },
    requests: 1,
  },
  {
    fault: "a rerun responded to with 503 and Retry-After",
    verb: "POST",
    steps: [status(503, { "retry-after": "0" }), good],
    ends: ok,
    requests: 2,
  },
  {
    fault: "a rerun responded to with 429 and Retry-After",
    verb: "POST",
    steps: [status(429, { "retry-after": "0" }), good],
    ends: ok,
    requests: 2,
  },
  ...[
    { "retry-after": "0.25" },
    { "retry-after": "-5" },
    { "retry-after": "Thu, 01 Jan 2020 00:00:00 GMT" },
    { "retry-after": "0" },
  ].map((headers) => ({
    fault: `429 with ${JSON.stringify(headers)}: at least a second later`,
    steps: [status(429, headers), good],
    ends: ok,
    requests: 2,
    least: 1000,
  })),
  {
    fault: "403 primary whose reset has passed, for ever: longer each time",
    steps: [status(403, budget(0, -5), { message: "API rate limit exceeded" })],
    ends: { error: "RateLimitError", with: { limit: "primary" } },
    requests: 2,
    least: 1000,
  },
  {
    fault: "429 with a Retry-After and a reset that make no date",
    steps: [
      status(429, {
        ...budget(0, 0),
        "retry-after": "9".repeat(40),
        "x-ratelimit-reset": "9".repeat(40),
      }),
    ],
    ends: limited,
    requests: 1,
  },
  {
    fault: "403 in words that nobody knew",
    steps: [status(403, {}, { message: "Request throttled, please slow down" })],
    ends: { error: "RateLimitError", with: { status: 403, limit: "secondary" } },
    requests: 1,
  },
  {
    fault: "503 with Retry-After: 0, for ever",
    steps: [status(503, { "retry-after": "0" })],
    options: { retry: { limit: 1 } },
    ends: { error: "ApiError", with: { status: 503 } },
    requests: 2,
    least: 1000,
  },
  ...[301, 302, 303].map((code) => ({
    fault: `a rerun responded to with ${code} is sent once`,
    verb: "POST" as const,
    steps: [status(code, { location: "/repositories/1/actions/runs/42/rerun" }), good],
    ends: {
      error: "ApiError",
      with: { status: code },
      message: /a POST is not repeated elsewhere/,
    },
    requests: 1,
  })),
  {
    fault: "a delete responded to with 303 is sent once",
    verb: "DELETE",
    steps: [status(303, { location: "/elsewhere" }), good],
    ends: { error: "ApiError", with: { status: 303 } },
    requests: 1,
  },
  {
    fault: "a delete in a renamed repository",
    verb: "DELETE",
    steps: [
      status(301, { location: "/repositories/1/actions/runs/42" }),
      (response) => response.writeHead(204).end(),
    ],
    ends: { data: undefined },
    requests: 2,
  },
  {
    fault: "a rerun in a renamed repository",
    verb: "POST",
    steps: [status(307, { location: "/repositories/1/actions/runs/42/rerun" }), good],
    ends: ok,
    requests: 2,
  },
  {
    fault: "a delete responded to with 502",
    verb: "DELETE",
    steps: [status(502), (response) => response.writeHead(204).end()],
    ends: { data: undefined },
    requests: 2,
  },
];

function call(verb: Verb, options: ClientOptions): Promise<unknown> {
  const github = createClient(options);
  if (verb === "DELETE") return github.deleteWorkflowRun(run);
  if (verb === "POST") return github.reRunWorkflow({ ...run, enable_debug_logging: true });
  return github.getWorkflowRun(run);
}

describe("faults over a real HTTP server", () => {
  test.each(faults)(
    "$fault → $ends after $requests requests",
    async ({ verb = "GET", steps, ends, requests, options, least = 0 }) => {
      await using server = await serve((request, response, count) =>
        steps[Math.min(count, steps.length) - 1]?.(response, request),
      );
      const start = performance.now();
      const outcome = await call(verb, {
        baseUrl: server.url,
        auth: "t0ken",
        retry: { limit: 2, maxDelay: 5 },
        rateLimit: { maxWait: 2000 },
        ...options,
      }).then(
        (data) => ({ data }),
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject("data" in ends ? ends : { name: ends.error, ...ends.with });
      expect(outcome instanceof Error ? outcome.message : "data").toMatch(
        ("message" in ends && ends.message) || /./,
      );
      expect(performance.now() - start).toBeGreaterThanOrEqual(least);
      expect(server.received.length).toBe(requests ?? server.received.length);
      for (const { method, headers, body } of server.received)
        expect({ method, authorization: headers.authorization, body }).toEqual({
          method: verb,
          authorization: "Bearer t0ken",
          body: verb === "POST" ? '{"enable_debug_logging":true}' : "",
        });
    },
  );

  test.each([301, 302, 307])(
    "%i to another host is not followed, and the host never sees the token",
    async (code) => {
      await using other = await serve((_, response) => json(response, 200, { id: 666 }));
      await using server = await serve((_, response) =>
        json(response, code, {}, { location: `${other.url}/x` }),
      );
      for (const verb of ["GET", "POST"] as const)
        await expect(call(verb, { baseUrl: server.url, auth: "t0ken" })).rejects.toMatchObject({
          name: "ApiError",
          status: code,
        });
      expect(other.received).toEqual([]);
    },
  );

  test.each(["GET", "POST"] as const)(
    "connection refused: a %s is tried again, as nothing was sent",
    async (verb) => {
      const tries: number[] = [];
      const outcome = call(verb, {
        baseUrl: `http://127.0.0.1:${await closedPort()}`,
        retry: { limit: 2, maxDelay: 5, onRetry: (event) => tries.push(event.tries) },
      });
      await expect(outcome).rejects.toMatchObject({
        name: "NetworkError",
        message: expect.stringContaining("ECONNREFUSED"),
        cause: expect.any(Error),
      });
      expect(tries).toEqual([1, 2]);
    },
  );
});

test("retryAt of a RateLimitError is when the client sends again, which is later each time", async () => {
  await using server = await serve((_, response) =>
    json(response, 429, {}, { "retry-after": "1" }),
  );
  const github = createClient({ baseUrl: server.url, rateLimit: { maxWait: 0 } });
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  try {
    for (const wait of [1000, 2000, 4000, 8000]) {
      const error = (await github.getWorkflowRun(run).catch((error) => error)) as RateLimitError;
      expect(error.retryAt.getTime() - Date.now()).toBe(wait);
      vi.setSystemTime(error.retryAt);
    }
    expect(server.received).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});
