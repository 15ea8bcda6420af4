import { expect, test } from "vitest";
import { ParameterError } from "@workflow-runs/core";
import { runParameters, scripted } from "../test/scripted.ts";
import {
  dispatchAndWait,
  type WaitOptions,
  waitForRun,
  waitForRuns,
  watchJobs,
  type WatchOptions,
  watchRun,
  watchRuns,
} from "./index.ts";

// As plain JavaScript calls them: with any value.
type Start = (
  client: ReturnType<typeof scripted>["client"],
  ...rest: unknown[]
) => Promise<unknown>;
const starts: Record<string, Start> = {
  watchRun: (client, params, options) =>
    watchRun(client, params as typeof runParameters, options as WatchOptions).next(),
  watchJobs: (client, params, options) =>
    watchJobs(client, params as typeof runParameters, options as WatchOptions).next(),
  waitForRun: (client, params, options) =>
    waitForRun(client, params as typeof runParameters, options as WaitOptions),
};

async function refusal(start: Start, params: unknown, options: unknown): Promise<ParameterError> {
  const { client, requests } = scripted([{ status: "completed", conclusion: "success" }]);
  const error: unknown = await start(client, params, options).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
  expect(requests).toHaveLength(0);
  expect(error).toBeInstanceOf(ParameterError);
  return error as ParameterError;
}

test.each(Object.entries(starts))(
  "%s refuses a misspelt option, and names those it takes",
  async (name, start) => {
    const error = await refusal(start, runParameters, { timout: 100 });
    expect(error).toMatchObject({ name: "ParameterError", parameter: "timout" });
    expect(error.message).toContain(
      `${name}: Unknown option "timout". Did you mean "timeout"? Valid options: signal, timeout, queueTimeout, interval`,
    );
  },
);

test("whenBlocked and onChange are waitForRun's own", async () => {
  const { watchRun, waitForRun } = starts as { watchRun: Start; waitForRun: Start };
  expect((await refusal(watchRun, runParameters, { whenBlocked: "wait" })).parameter).toBe(
    "whenBlocked",
  );
  expect((await refusal(waitForRun, runParameters, { timout: 1 })).message).toContain(
    "whenBlocked, onBlocked, onChange",
  );
});

test("the value of an unknown option is not repeated: it may be a secret", async () => {
  for (const start of Object.values(starts)) {
    const error = await refusal(start, runParameters, { auth: "ghp_secret" });
    expect(error.message).not.toContain("ghp_secret");
  }
});

test.each([
  [{ timeout: "100" }, 'timeout is "100", not milliseconds, a number of 0 or more'],
  [{ timeout: null }, "timeout is null, not milliseconds"],
  [{ interval: -1 }, "interval is -1, not milliseconds, a number of 0 or more, or a function"],
  [{ interval: [1000] }, "interval is an array, not milliseconds"],
  [{ maxOutage: Number.NaN }, "maxOutage is NaN, not milliseconds"],
  [{ until: "completed" }, 'until is "completed", not a function'],
  [{ signal: new AbortController() }, "signal is an object, not an AbortSignal"],
  [{ onRetry: console }, "onRetry is an object, not a function"],
  [{ wake: 3 }, "wake is 3, not an async iterable"],
  [{ queueTimeout: -5 }, "queueTimeout is -5, not milliseconds"],
  [{ onBlocked: "approve" }, 'onBlocked is "approve", not a function'],
  [{ now: 0 }, "now is 0, not a function"],
  [{ whenBlocked: "ignore" }, 'whenBlocked is "ignore", not "throw" or "wait"'],
  [{ whenBlocked: () => "wait" }, "whenBlocked is a function, not"],
  [{ onChange: true }, "onChange is true, not a function"],
  [null, "options is null, not an object"],
  [30_000, "options is 30000, not an object"],
])("%j is refused before anything is sent", async (options, message) => {
  const error = await refusal(starts["waitForRun"] as Start, runParameters, options);
  expect(error.message).toContain(message);
});

test.each(Object.entries(starts))("%s says which parameters it needs", async (_, start) => {
  const error = await refusal(start, undefined, undefined);
  expect(error).toMatchObject({
    parameter: "parameters",
    message: expect.stringMatching(
      /: parameters is undefined, not \{ owner, repo, run_id \}\.$/,
    ) as string,
  });
  expect((await refusal(start, 42, {})).message).toContain("parameters is 42");
});

test("an option that is undefined counts as absent, known or not", async () => {
  const { client } = scripted([{ status: "completed", conclusion: "success" }]);
  const options = { timeout: undefined, timout: undefined } as object;
  expect((await waitForRun(client, runParameters, options)).conclusion).toBe("success");
});

test.each([Number.NaN, -1, "3000", undefined])(
  "an interval function that returns %j is refused, not polled in a loop",
  async (pause) => {
    const { client, clock, requests, sleeps } = scripted([{}]);
    const interval = (() => pause) as () => number;
    await expect(waitForRun(client, runParameters, { ...clock, interval })).rejects.toMatchObject({
      name: "ParameterError",
      parameter: "interval(0)",
      message: expect.stringMatching(/interval\(0\) is .*, not milliseconds/) as string,
    });
    expect([requests.length, sleeps.length]).toEqual([1, 0]);
  },
);

test.each([
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["a token", "ghp_secret", "a hidden string (it may be a secret)"],
  ["an Octokit", { rest: {}, paginate: () => {} }, "an object"],
])("%s is no client", async (_, client, shown) => {
  const none = client as never;
  const repository = { owner: "o", repo: "r" };
  const commit = { ...repository, head_sha: "a".repeat(40) };
  const calls: Record<string, () => Promise<unknown>> = {
    ...Object.fromEntries(
      Object.entries(starts).map(([name, start]) => [name, () => start(none, runParameters)]),
    ),
    waitForRuns: () => waitForRuns(none, commit as never),
    watchRuns: () => watchRuns(none, commit as never).next(),
    dispatchAndWait: () =>
      dispatchAndWait(none, { ...repository, workflow_id: "ci.yml", ref: "main" }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const error: unknown = await call().catch((error: unknown) => error);
    expect(error, name).toBeInstanceOf(ParameterError);
    expect((error as Error).message).toBe(
      `${name}: client is ${shown}, not a client of @workflow-runs/core, as createClient() gives it.`,
    );
  }
});
