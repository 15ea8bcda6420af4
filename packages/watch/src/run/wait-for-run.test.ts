import type { WorkflowRun } from "@workflow-runs/core";
import { expect, expectTypeOf, test } from "vitest";
import { limitedFor, runParameters, scripted } from "../../test/scripted.ts";
import { RunBlockedError, WaitTimeoutError, waitForRun } from "../index.ts";

const waitingRun = { status: "waiting" };
const successfulRun = { status: "completed", conclusion: "success" };

test("resolves to the finished run, whatever its conclusion", async () => {
  const { client, clock } = scripted([{}, { status: "completed", conclusion: "failure" }]);
  const run = await waitForRun(client, runParameters, clock);
  expect(run).toMatchObject({ id: 42, conclusion: "failure" });
  expectTypeOf(run).toEqualTypeOf<WorkflowRun>();
});

test("until decides when it is over", async () => {
  const { client, clock } = scripted([
    successfulRun,
    { status: "queued", attempt: 2 },
    { ...successfulRun, attempt: 2 },
  ]);
  const until = (run: WorkflowRun): boolean =>
    run.status === "completed" && (run.run_attempt ?? 1) >= 2;
  expect(await waitForRun(client, runParameters, { ...clock, until })).toMatchObject({
    run_attempt: 2,
  });
});

test("a run that waits for a review is an error that says what to do", async () => {
  const { client, clock } = scripted([{}, waitingRun]);
  const error: RunBlockedError = await waitForRun(client, runParameters, clock).then(
    () => expect.unreachable(),
    (error: RunBlockedError) => error,
  );
  expect(error).toBeInstanceOf(RunBlockedError);
  expect(error.run?.status).toBe("waiting");
  expect(error.message).toContain("deployment review");
  expect(error.message).toContain("https://github.com/octo-org/octo-repo/actions/runs/42");
  expect(error.message).toContain('whenBlocked: "wait"');
});

test("so is a fork's run that needs approval", async () => {
  const { client, clock } = scripted([{ status: "completed", conclusion: "action_required" }]);
  await expect(waitForRun(client, runParameters, clock)).rejects.toThrow(
    "approval of a maintainer",
  );
});

test('whenBlocked: "wait" goes on until somebody acts, and onChange hears of it', async () => {
  const { client, clock } = scripted([{}, waitingRun, waitingRun, {}, successfulRun]);
  const changes: unknown[] = [];
  const run = await waitForRun(client, runParameters, {
    ...clock,
    whenBlocked: "wait",
    onChange: ({ status }) => changes.push(status),
  });
  expect(run.conclusion).toBe("success");
  expect(changes).toEqual(["in_progress", "waiting", "in_progress", "completed"]);
});

test("a run may be waited for until it is blocked", async () => {
  const { client, clock } = scripted([{}, waitingRun]);
  const run = await waitForRun(client, runParameters, {
    ...clock,
    until: ({ status }) => status === "waiting",
  });
  expect(run.status).toBe("waiting");
});

test("waits until a rate limit's reset", async () => {
  const { client, clock, sleeps } = scripted([limitedFor(120_000), successfulRun]);
  const run = await waitForRun(client, runParameters, clock);
  expect(run.conclusion).toBe("success");
  expect(sleeps).toEqual([120_000]);
});

test("a rate limit that outlasts the timeout ends the wait at once", async () => {
  const { client, clock, sleeps } = scripted([limitedFor(3_600_000)]);
  const waiting = waitForRun(client, runParameters, { ...clock, timeout: 60_000 });
  const error: WaitTimeoutError = await waiting.then(
    () => expect.unreachable(),
    (error: WaitTimeoutError) => error,
  );
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect(error.cause).toMatchObject({ name: "RateLimitError" });
  expect(sleeps).toEqual([]);
});
