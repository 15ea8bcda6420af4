import { AuthenticationError, NotFoundError, type WorkflowRun } from "@workflow-runs/core";
import { expect, expectTypeOf, test } from "vitest";
import { runParameters, scripted } from "../../test/scripted.ts";
import {
  OutageError,
  type PollRetry,
  RunDeletedError,
  WaitTimeoutError,
  watchRun,
} from "../index.ts";

const successfulRun = { status: "completed", conclusion: "success" };

async function states(runs: AsyncIterable<WorkflowRun>): Promise<string[]> {
  const seen: string[] = [];
  for await (const run of runs) seen.push(`${run.run_attempt} ${run.status} ${run.conclusion}`);
  return seen;
}

test("yields the first state and each change of status, conclusion or attempt, once", async () => {
  const { client, clock } = scripted([
    { status: "queued" },
    { status: "queued" },
    { status: "in_progress" },
    { status: "waiting" },
    { status: "queued", attempt: 2 },
    { status: "queued", attempt: 2 },
    { ...successfulRun, attempt: 2 },
  ]);
  expect(await states(watchRun(client, runParameters, clock))).toEqual([
    "1 queued null",
    "1 in_progress null",
    "1 waiting null",
    "2 queued null",
    "2 completed success",
  ]);
});

test("a finished run is yielded once, with one request and no wait", async () => {
  const { client, clock, requests, sleeps } = scripted([
    { status: "completed", conclusion: "failure" },
  ]);
  expect(await states(watchRun(client, runParameters, clock))).toEqual(["1 completed failure"]);
  expect(requests).toHaveLength(1);
  expect(sleeps).toEqual([]);
});

test("a run that needs approval is reported and watched on", async () => {
  const { client, clock } = scripted([
    { status: "completed", conclusion: "action_required" },
    { status: "in_progress" },
    successfulRun,
  ]);
  expect(await states(watchRun(client, runParameters, clock))).toEqual([
    "1 completed action_required",
    "1 in_progress null",
    "1 completed success",
  ]);
});

test("polls are conditional, and a 304 is no change", async () => {
  const { client, clock, requests } = scripted([
    { status: "in_progress", etag: '"a"' },
    { status: "in_progress", etag: '"a"' },
    { status: "in_progress", etag: '"a"' },
    { ...successfulRun, etag: '"b"' },
  ]);
  expect(await states(watchRun(client, runParameters, clock))).toEqual([
    "1 in_progress null",
    "1 completed success",
  ]);
  expect(requests.map((request) => request.headers.get("if-none-match"))).toEqual([
    null,
    '"a"',
    '"a"',
    '"a"',
  ]);
});

test("slows down with the run's age, and is quick again after a change", async () => {
  const { client, clock, sleeps } = scripted([
    ...Array.from({ length: 60 }, () => ({ status: "queued" })),
    { status: "in_progress" },
    { status: "in_progress" },
    successfulRun,
  ]);
  await states(watchRun(client, runParameters, clock));
  expect(sleeps[0]).toBe(3_000);
  expect(sleeps[59]).toBeGreaterThan(20_000);
  expect(sleeps.slice(60)).toEqual([3_000, 3_000]);
});

test("the interval can be fixed or a function of the age", async () => {
  const fixed = scripted([{}, {}, successfulRun]);
  await states(watchRun(fixed.client, runParameters, { ...fixed.clock, interval: 250 }));
  expect(fixed.sleeps).toEqual([250, 250]);
  const grown = scripted([{}, {}, successfulRun]);
  await states(
    watchRun(grown.client, runParameters, { ...grown.clock, interval: (age) => 1_000 + age }),
  );
  expect(grown.sleeps).toEqual([1_000, 2_000]);
});

test("survives 502, a broken response and a lost network, and reports each", async () => {
  const retries: PollRetry[] = [];
  const { client, clock, sleeps } = scripted([
    502,
    {},
    503,
    new TypeError("fetch failed"),
    () => new Response("<html>", { status: 200 }),
    successfulRun,
  ]);
  const options = { ...clock, onRetry: (retry: PollRetry) => retries.push(retry) };
  expect(await states(watchRun(client, runParameters, options))).toEqual([
    "1 in_progress null",
    "1 completed success",
  ]);
  expect(retries.map(({ failures, retryIn, kind }) => [failures, retryIn, kind])).toEqual([
    [1, 1_000, "transient"],
    [1, 1_000, "transient"],
    [2, 2_000, "transient"],
    [3, 4_000, "transient"],
  ]);
  expect(sleeps).toEqual([1_000, 3_000, 1_000, 2_000, 4_000]);
});

test("gives up with an OutageError when nothing but failures came for maxOutage", async () => {
  const { client, clock } = scripted([{}, 502]);
  const watching = states(watchRun(client, runParameters, { ...clock, maxOutage: 60_000 }));
  const error: OutageError = await watching.then(
    () => expect.unreachable(),
    (error: OutageError) => error,
  );
  expect(error).toBeInstanceOf(OutageError);
  expect(error.message).toContain("60000 ms");
  expect(error.run?.status).toBe("in_progress");
  expect(error.cause).toMatchObject({ name: "ApiError", status: 502 });
});

test("what will not pass is thrown at once, as the client threw it", async () => {
  const unknown = scripted([404]);
  await expect(
    states(watchRun(unknown.client, runParameters, unknown.clock)),
  ).rejects.toBeInstanceOf(NotFoundError);
  expect(unknown.requests).toHaveLength(1);
  const refused = scripted([{}, 401]);
  await expect(
    states(watchRun(refused.client, runParameters, refused.clock)),
  ).rejects.toBeInstanceOf(AuthenticationError);
  expect(refused.requests).toHaveLength(2);
});

test("one 404 of a run that was there is looked at again, and passes", async () => {
  const retries: PollRetry[] = [];
  const { client, clock } = scripted([{}, 404, {}, 404, successfulRun]);
  const options = { ...clock, onRetry: (retry: PollRetry) => retries.push(retry) };
  expect(await states(watchRun(client, runParameters, options))).toEqual([
    "1 in_progress null",
    "1 completed success",
  ]);
  expect(retries.map(({ kind, failures }) => [kind, failures])).toEqual([
    ["not-found", 1],
    ["not-found", 1],
  ]);
});

test("two 404s in a row mean that the run was deleted, whatever fails between them", async () => {
  const { client, clock, requests } = scripted([{}, 404, 502, 404]);
  const error: unknown = await states(watchRun(client, runParameters, clock)).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(RunDeletedError);
  expect(error).toMatchObject({
    message: expect.stringContaining("Run 42 was deleted") as string,
    run: { id: 42, status: "in_progress" },
    cause: { name: "NotFoundError", status: 404 },
  });
  expect(requests).toHaveLength(4);
});

test("times out with the last state of the run, without a poll after the deadline", async () => {
  const { client, clock, sleeps } = scripted([{}]);
  const watching = states(watchRun(client, runParameters, { ...clock, timeout: 10_000 }));
  await expect(watching).rejects.toMatchObject({
    name: "WaitTimeoutError",
    timeout: 10_000,
    run: { id: 42, status: "in_progress" },
    message: expect.stringContaining("10000 ms") as string,
  });
  expect(sleeps).toEqual([3_000, 3_000, 3_000, 1_000]);
});

test("a timeout of 0 looks once", async () => {
  const running = scripted([{}]);
  const look = states(watchRun(running.client, runParameters, { ...running.clock, timeout: 0 }));
  await expect(look).rejects.toBeInstanceOf(WaitTimeoutError);
  expect(running.requests).toHaveLength(1);
  const done = scripted([successfulRun]);
  expect(
    await states(watchRun(done.client, runParameters, { ...done.clock, timeout: 0 })),
  ).toHaveLength(1);
});

test("an abort stops at once with the signal's reason: before, in a request, between two", async () => {
  const { client, clock } = scripted([{}]);
  await expect(
    states(watchRun(client, runParameters, { ...clock, signal: AbortSignal.abort() })),
  ).rejects.toMatchObject({ name: "AbortError" });

  const reason = new Error("enough");
  const between = new AbortController();
  const sleeping = states(
    watchRun(client, runParameters, { signal: between.signal, interval: 60_000, now: clock.now }),
  );
  setTimeout(() => between.abort(reason), 5);
  await expect(sleeping).rejects.toBe(reason);

  const inRequest = new AbortController();
  const inFlight = scripted([
    () => {
      inRequest.abort(reason);
      return Response.json({});
    },
  ]);
  const requesting = states(
    watchRun(inFlight.client, runParameters, { ...inFlight.clock, signal: inRequest.signal }),
  );
  await expect(requesting).rejects.toBe(reason);
});

test("AbortSignal.timeout() ends the watch with its DOMException, which is no failure to retry", async () => {
  const retries: PollRetry[] = [];
  const { client, clock } = scripted([{}]);
  const watching = states(
    watchRun(client, runParameters, {
      signal: AbortSignal.timeout(5),
      interval: 60_000,
      now: clock.now,
      onRetry: (retry) => retries.push(retry),
    }),
  );
  const error: unknown = await watching.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DOMException);
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect(retries).toEqual([]);
});

test("a consumer that breaks off stops the polls", async () => {
  const { client, clock, requests } = scripted([{}]);
  for await (const run of watchRun(client, runParameters, clock)) {
    expect(run.id).toBe(42);
    break;
  }
  expect(requests).toHaveLength(1);
});

test("types: the run is core's, a misspelt parameter or option is an error", () => {
  const { client } = scripted([{}]);
  expectTypeOf(watchRun(client, runParameters)).toExtend<AsyncIterable<WorkflowRun>>();
  // @ts-expect-error run_id is missing
  void watchRun(client, { owner: "octo-org", repo: "octo-repo" });
  // @ts-expect-error no such option
  void watchRun(client, runParameters, { timeOut: 1 });
});

test("time in the queue counts for queueTimeout, the rest for timeout", async () => {
  const limits = { timeout: 10_000, queueTimeout: 60_000 };
  const queued = scripted([{ status: "queued" }]);
  await expect(
    states(watchRun(queued.client, runParameters, { ...queued.clock, ...limits })),
  ).rejects.toMatchObject({
    name: "WaitTimeoutError",
    option: "queueTimeout",
    timeout: 60_000,
    message: expect.stringContaining("larger `queueTimeout`") as string,
  });
  const slow = scripted([
    ...Array.from({ length: 12 }, () => ({ status: "queued" })),
    ...Array.from({ length: 3 }, () => ({ status: "in_progress" })),
    successfulRun,
  ]);
  // 36 s in the queue, then 9 s at work.
  const options = { ...slow.clock, ...limits, interval: 3_000 };
  expect(await states(watchRun(slow.client, runParameters, options))).toHaveLength(3);
});
