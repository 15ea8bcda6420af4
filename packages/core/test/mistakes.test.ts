import { describe, expect, test, vi } from "vitest";
import { type ClientOptions, createClient, ParameterError } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const nothing = (): never => expect.unreachable("something was sent");

describe("a client bound to a repository", () => {
  test("says which one, and refuses another, before anything is sent", async () => {
    const bound = createClient({ fetch: nothing }).repository("octo-org/octo-repo");
    expect(bound).toMatchObject({ owner: "octo-org", repo: "octo-repo" });
    const elsewhere = { owner: "other", run_id: 1 } as { run_id: number };
    const refused = bound.deleteWorkflowRun(elsewhere);
    await expect(refused).rejects.toThrow(ParameterError);
    await expect(refused).rejects.toThrow(
      'deleteWorkflowRun: owner is "other", not "octo-org", which this client is bound to.',
    );
  });

  test("takes its own name, in any case, as a call that is made for any client gives it", async () => {
    await using server = await serve((_, response) => json(response, 200, { id: 42 }));
    const bound = createClient({ baseUrl: server.url }).repository("octo-org/octo-repo");
    const named = { owner: "Octo-Org", repo: "octo-repo", run_id: 42 } as { run_id: number };
    expect(await bound.getWorkflowRun(named)).toEqual({ id: 42 });
    expect(server.received[0]?.url).toBe("/repos/octo-org/octo-repo/actions/runs/42");
  });
});

test("an option that does not exist is refused by name, with those there are", async () => {
  const misnamed = { token: "t0ken" } as ClientOptions;
  expect(() => createClient(misnamed)).toThrow(ParameterError);
  expect(() => createClient(misnamed)).toThrow(
    /createClient: Unknown option "token"\. Did you mean "auth"\? Valid options: auth, baseUrl, /,
  );
  expect(() => createClient(misnamed)).not.toThrow(/t0ken/);

  const elsewhere = { endpoint: "https://ghe.example", auth: "t0ken" } as ClientOptions;
  expect(() => createClient(elsewhere)).toThrow(/"endpoint"\. Did you mean "baseUrl"\?/);
  // Where the other word is no option either, it is not suggested.
  const inner = { rateLimit: { token: "t0ken" } } as ClientOptions;
  expect(() => createClient(inner)).toThrow(/Unknown option "token"\. Valid options: maxWait/);

  const call = { timout: 100 } as { timeout?: number };
  const refused = createClient({ fetch: nothing }).getWorkflowRun(run, call);
  await expect(refused).rejects.toThrow(
    /getWorkflowRun: Unknown option "timout"\. Did you mean "timeout"\? Valid options: signal, timeout, /,
  );
});

test("a raw call without a value for each name of its path is refused before anything is sent", async () => {
  const github = createClient({ fetch: nothing });
  const flat = { owner: "o", repo: "r", run_id: 42 } as object;
  const path = "/repos/{owner}/{repo}/actions/runs/{run_id}";
  await expect(github.GET(path, flat as never)).rejects.toThrow(
    `GET: Missing parameter "owner" of ${path}: pass { params: { path: { owner, repo, run_id } } }.`,
  );
  const some = { params: { path: { owner: "o", repo: "r" } } } as never;
  await expect(github.GET(path, some)).rejects.toThrow(ParameterError);
});

test('a token with "Bearer" before it is refused with what to do, and not shown', () => {
  const create = (): unknown => createClient({ auth: "Bearer t0ken" });
  expect(create).toThrow(
    /a hidden string \(it may be a secret\), not a bare token, without "Bearer"/,
  );
  expect(create).not.toThrow(/t0ken/);
});

test.each([
  [502, "<!doctype html><html><title>Unicorn! · GitHub</title>…", /runs\/42: Unicorn! · GitHub$/],
  [502, "<html><body>…", /runs\/42: <html><body>…$/],
  [
    404,
    JSON.stringify({ message: "Not here." }),
    /: Not here\. \(it does not exist, or the token cannot see it\)$/,
  ],
])("what a %i says is reported in a sentence (%s)", async (status, body, message) => {
  await using server = await serve((_, response) => response.writeHead(status).end(body));
  const github = createClient({ baseUrl: server.url, retry: false });
  await expect(github.getWorkflowRun(run)).rejects.toThrow(message);
});

test("a 304 to the caller's own if-none-match is explained", async () => {
  await using server = await serve((_, response) => response.writeHead(304).end());
  const headers = { "if-none-match": '"1"' };
  const call = createClient({ baseUrl: server.url, cache: true }).getWorkflowRun(run, { headers });
  await expect(call).rejects.toThrow(
    /^304 GET .*not modified: what your `if-none-match` names is still current/,
  );
});

test("a log that is not there yet says so", async () => {
  await using server = await serve((_, response) => json(response, 404, { message: "Not Found" }));
  const github = createClient({ baseUrl: server.url });
  const log = github.downloadJobLogsForWorkflowRun({ owner: "o", repo: "r", job_id: 1 });
  await expect(log).rejects.toThrow(
    /Not Found \(it has not completed yet, its logs were deleted, or/,
  );
});

test("nothing where parameters should be, and no text as a URL, are refused as such", async () => {
  const github = createClient({ fetch: nothing });
  for (const call of [github.getWorkflowRun, github.repository("o/r").getWorkflowRun])
    for (const nothingAtAll of [null, undefined] as unknown as [typeof run])
      await expect(call(nothingAtAll)).rejects.toThrow(ParameterError);
  const baseUrl = 42 as unknown as string;
  expect(() => createClient({ baseUrl })).toThrow(ParameterError);
});

test("a header that is undefined is left out", async () => {
  await using server = await serve((_, response) => json(response, 200, { id: 42 }));
  const headers = { authorization: undefined } as unknown as Record<string, string>;
  await createClient({ baseUrl: server.url, auth: "t0ken" }).getWorkflowRun(run, { headers });
  expect(server.received[0]?.headers.authorization).toBe("Bearer t0ken");
});

test.each([
  [null, "createClient: options is null, not an object."],
  ["ghp_s3cret", "createClient: options is a hidden string (it may be a secret), not an object."],
  [[], "createClient: options is an array, not an object."],
  [
    { timeout: "30s" },
    'createClient: timeout is "30s", not milliseconds, { perTry, total, idle } or false.',
  ],
  [
    { timeout: { pertry: 1 } },
    'createClient\'s timeout: Unknown option "pertry". Did you mean "perTry"? Valid options: perTry, total, idle.',
  ],
  [
    { timeout: { perTry: "1" } },
    'createClient\'s timeout: perTry is "1", not milliseconds, a number of 1 or more.',
  ],
  [{ retry: 1 }, "createClient: retry is 1, not { limit, maxDelay, onRetry } or false."],
  [{ retry: { onRetry: 3 } }, "createClient's retry: onRetry is 3, not a function."],
  [
    { rateLimit: true },
    "createClient: rateLimit is true, not { maxWait, concurrency, onLimit } or false.",
  ],
  [{ rateLimit: { maxwait: 3 } }, /Unknown option "maxwait"\. Did you mean "maxWait"/],
  [
    { cache: "yes" },
    'createClient: cache is "yes", not true, false, a store with get, set and delete, or { store, maxAge, staleIfLimited }.',
  ],
  [{ cache: {} }, /cache is an object, not true, false, a store/],
  [
    { cache: { maxage: 3 } },
    'createClient\'s cache: Unknown option "maxage". Did you mean "maxAge"? Valid options: maxAge, staleIfLimited, store.',
  ],
  [{ middleware: () => undefined }, /middleware is a function, not a list of functions/],
  [{ middleware: [3] }, "createClient: middleware is an array, not a list of functions."],
  [{ fetch: null }, "createClient: fetch is null, not a function."],
  [{ userAgent: 3 }, "createClient: userAgent is 3, not a string."],
  [
    { auth: 3 },
    /auth is a hidden number \(it may be a secret\), not a token, a function that gives one, an Octokit/,
  ],
  [
    { auth: "" },
    /auth is empty\. Is the secret or the environment variable set\? Leave `auth` out/,
  ],
])("createClient(%j) is refused", (options, message) => {
  const create = (): unknown => createClient(options as unknown as ClientOptions);
  expect(create).toThrow(ParameterError);
  expect(create).toThrow(message);
});

test("a fetch that returns no Response is refused at once, not repeated", async () => {
  const fetch = vi.fn(() => Promise.resolve(undefined as unknown as Response));
  const refused = createClient({ fetch }).getWorkflowRun(run);
  await expect(refused).rejects.toThrow("createClient: fetch did not return a Response.");
  expect(fetch).toHaveBeenCalledTimes(1);
});
