import { describe, expect, it, test, vi } from "vitest";
import { type ClientOptions, createClient, ParameterError } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const nothing = (): never => expect.unreachable("something was sent");

describe("a client bound to a repository", () => {
  it("tells which one, and refuses to be told another, before anything is sent", async () => {
    const bound = createClient({ fetch: nothing }).repository("octo-org/octo-repo");
    expect(bound).toMatchObject({ owner: "octo-org", repo: "octo-repo" });
    const elsewhere = { owner: "other", run_id: 1 } as { run_id: number };
    const refused = bound.deleteWorkflowRun(elsewhere);
    await expect(refused).rejects.toThrow(ParameterError);
    await expect(refused).rejects.toThrow(
      'deleteWorkflowRun: owner: "other" is not "octo-org", this client\'s own.',
    );
  });

  it("takes its own name, in any case, as a call that is made for any client gives it", async () => {
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
    /createClient: unknown "token"\. It takes auth, baseUrl, /,
  );
  expect(() => createClient(misnamed)).not.toThrow(/t0ken/);

  const call = { timout: 100 } as { timeout?: number };
  const refused = createClient({ fetch: nothing }).getWorkflowRun(run, call);
  await expect(refused).rejects.toThrow(
    /getWorkflowRun: unknown "timout"\. It takes signal, timeout, /,
  );
});

test('a token with "Bearer" before it is refused with what to do, and not shown', () => {
  const create = (): unknown => createClient({ auth: "Bearer t0ken" });
  expect(create).toThrow(/"…" is not a bare token, without "Bearer"/);
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
])("what a %i says is told in a sentence (%s)", async (status, body, message) => {
  await using server = await serve((_, response) => response.writeHead(status).end(body));
  const github = createClient({ baseUrl: server.url, retry: false });
  await expect(github.getWorkflowRun(run)).rejects.toThrow(message);
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
  [null, "createClient: options: null is not an object."],
  ["ghp_s3cret", 'createClient: options: "…" is not an object.'],
  [[], "createClient: options:  is not an object."],
  [{ timeout: "30s" }, 'timeout: "30s" is not milliseconds, { perTry, total } or false.'],
  [
    { timeout: { pertry: 1 } },
    'createClient\'s timeout: unknown "pertry". It takes perTry, total.',
  ],
  [{ timeout: { perTry: "1" } }, 'timeout.perTry: "1" is not a number.'],
  [{ retry: 1 }, "retry: 1 is not { limit, maxDelay, onRetry } or false."],
  [{ retry: { onRetry: 3 } }, "retry.onRetry: 3 is not a function."],
  [{ rateLimit: true }, "rateLimit: true is not { maxWait, concurrency, onLimit } or false."],
  [{ rateLimit: { maxwait: 3 } }, /unknown "maxwait"/],
  [{ cache: "yes" }, 'cache: "yes" is not a boolean, or a store with get, set and delete.'],
  [{ cache: {} }, /cache: .* is not a boolean, or a store/],
  [{ middleware: () => undefined }, /middleware: .* is not a list of functions/],
  [{ middleware: [3] }, "middleware[0]: 3 is not a function."],
  [{ fetch: null }, "fetch: null is not a function."],
  [{ userAgent: 3 }, "userAgent: 3 is not a string."],
  [
    { auth: 3 },
    'auth: "…" is not a token, a function that gives one, or an Octokit auth strategy.',
  ],
  [{ auth: "" }, 'auth: "" is not a bare token, without "Bearer" or spaces.'],
])("createClient(%j) is refused", (options, message) => {
  const create = (): unknown => createClient(options as unknown as ClientOptions);
  expect(create).toThrow(ParameterError);
  expect(create).toThrow(message);
});

test("a fetch that gives no Response is refused at once, not tried again", async () => {
  const fetch = vi.fn(() => Promise.resolve(undefined as unknown as Response));
  const refused = createClient({ fetch }).getWorkflowRun(run);
  await expect(refused).rejects.toThrow("fetch: undefined is not what fetch gives: a Response.");
  expect(fetch).toHaveBeenCalledTimes(1);
});
