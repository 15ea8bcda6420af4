import { expect, test } from "vitest";
import { RUN, scripted } from "../test/scripted.ts";
import {
  type WaitOptions,
  waitForRun,
  watchJobs,
  WatchError,
  WatchOptionError,
  type WatchOptions,
  watchRun,
} from "./index.ts";

// As plain JavaScript calls them: whatever is given.
type Start = (
  client: ReturnType<typeof scripted>["client"],
  ...rest: unknown[]
) => Promise<unknown>;
const starts: Record<string, Start> = {
  watchRun: (client, params, options) =>
    watchRun(client, params as typeof RUN, options as WatchOptions).next(),
  watchJobs: (client, params, options) =>
    watchJobs(client, params as typeof RUN, options as WatchOptions).next(),
  waitForRun: (client, params, options) =>
    waitForRun(client, params as typeof RUN, options as WaitOptions),
};

async function refusal(start: Start, params: unknown, options: unknown): Promise<WatchOptionError> {
  const { client, requests } = scripted([{ status: "completed", conclusion: "success" }]);
  const error: unknown = await start(client, params, options).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
  expect(requests).toHaveLength(0);
  expect(error).toBeInstanceOf(WatchOptionError);
  expect(error).toBeInstanceOf(WatchError);
  return error as WatchOptionError;
}

test.each(Object.entries(starts))(
  "%s refuses a misspelt option, and names those it takes",
  async (name, start) => {
    const error = await refusal(start, RUN, { timout: 100 });
    expect(error).toMatchObject({ name: "WatchOptionError", option: "timout", run: undefined });
    expect(error.message).toContain(
      `${name} has no option "timout". It takes signal, timeout, until`,
    );
  },
);

test("whenBlocked and onChange are waitForRun's own", async () => {
  const { watchRun, waitForRun } = starts as { watchRun: Start; waitForRun: Start };
  expect((await refusal(watchRun, RUN, { whenBlocked: "wait" })).option).toBe("whenBlocked");
  expect((await refusal(waitForRun, RUN, { timout: 1 })).message).toContain(
    "whenBlocked, onChange",
  );
});

test("the value of an unknown option is not repeated: it may be a secret", async () => {
  for (const start of Object.values(starts)) {
    const error = await refusal(start, RUN, { auth: "ghp_secret" });
    expect(error.message).not.toContain("ghp_secret");
  }
});

test.each([
  [{ timeout: "100" }, 'timeout is "100"; give milliseconds, a number of 0 or more'],
  [{ timeout: null }, "timeout is null; give milliseconds"],
  [{ interval: -1 }, "interval is -1; give milliseconds, a number of 0 or more, or a function"],
  [{ interval: [1000] }, "interval is an array; give milliseconds"],
  [{ maxOutage: Number.NaN }, "maxOutage is NaN; give milliseconds"],
  [{ until: "completed" }, 'until is "completed"; give a function'],
  [{ signal: new AbortController() }, "signal is an object; give an AbortSignal"],
  [{ onTrouble: console }, "onTrouble is an object; give a function"],
  [{ now: 0 }, "now is 0; give a function"],
  [{ whenBlocked: "ignore" }, 'whenBlocked is "ignore"; give "throw" or "wait"'],
  [{ whenBlocked: () => "wait" }, "whenBlocked is a function; give"],
  [{ onChange: true }, "onChange is true; give a function"],
  [null, "options is null; give an object"],
  [30_000, "options is 30000; give an object"],
])("%j is refused before anything is sent", async (options, message) => {
  const error = await refusal(starts["waitForRun"] as Start, RUN, options);
  expect(error.message).toContain(message);
});

test.each(Object.entries(starts))("%s says which parameters it needs", async (_, start) => {
  const error = await refusal(start, undefined, undefined);
  expect(error).toMatchObject({
    option: "params",
    message: "params is undefined; give { owner, repo, run_id }.",
  });
  expect((await refusal(start, 42, {})).message).toContain("params is 42");
});

test("an option that is undefined counts as absent, known or not", async () => {
  const { client } = scripted([{ status: "completed", conclusion: "success" }]);
  const options = { timeout: undefined, timout: undefined } as object;
  expect((await waitForRun(client, RUN, options)).conclusion).toBe("success");
});

test.each([Number.NaN, -1, "3000", undefined])(
  "an interval function that returns %j is refused, not polled in a loop",
  async (pause) => {
    const { client, clock, requests, sleeps } = scripted([{}]);
    const interval = (() => pause) as () => number;
    await expect(waitForRun(client, RUN, { ...clock, interval })).rejects.toMatchObject({
      name: "WatchOptionError",
      option: "interval",
      message: expect.stringMatching(/^interval\(0\) is .*; give milliseconds/) as string,
    });
    expect([requests.length, sleeps.length]).toEqual([1, 0]);
  },
);
