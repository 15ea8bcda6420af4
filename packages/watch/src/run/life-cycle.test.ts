import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { afterEach, expect, test, vi } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import { isFinished, RunBlockedError, waitForRun, watchRun } from "../index.ts";

const repositoryName = { owner: "octo-org", repo: "octo-repo" };

afterEach(() => {
  vi.useRealTimers();
});

test("a run is seen queued, in progress and completed; unchanged polls are 304", async () => {
  const { repository, client, responses, clock } = fakeWithTime();
  const { id } = repository.createRun({
    jobs: [{ name: "build", queued_seconds: 20, steps: [{ name: "Run make", seconds: 600 }] }],
  });
  const seen: string[] = [];
  for await (const run of watchRun(client, { ...repositoryName, run_id: id }, clock)) {
    seen.push(`${run.status} ${run.conclusion}`);
  }
  expect(seen).toEqual(["queued null", "in_progress null", "completed success"]);
  const statuses = responses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
  expect(statuses.filter((status) => status === 304).length).toBeGreaterThan(10);
  // Only the three changes were counted.
  expect(responses.at(-1)?.headers.get("x-ratelimit-used")).toBe("3");
});

test("a run that waits for a review throws, and goes on once it is reviewed", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  const { id } = repository.createRun({ jobs: [{ name: "deploy", environment: "production" }] });
  const params = { ...repositoryName, run_id: id };
  await expect(waitForRun(client, params, clock)).rejects.toBeInstanceOf(RunBlockedError);

  const waitedAt = clock.now() - Date.parse("2026-01-01T00:00:00Z");
  after(waitedAt + 3_600_000, async () => {
    const [pending] = await client.getPendingDeploymentsForRun(params);
    await client.reviewPendingDeploymentsForRun({
      ...params,
      environment_ids: [pending?.environment.id ?? 0],
      state: "approved",
      comment: "",
    });
  });
  const run = await waitForRun(client, params, { ...clock, whenBlocked: "wait" });
  expect(run).toMatchObject({ status: "completed", conclusion: "success" });
});

test("a fork's run is watched through its approval", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  const { id } = repository.createRun({ approval: "required" });
  const params = { ...repositoryName, run_id: id };
  after(600_000, async () => {
    await client.approveWorkflowRun(params);
  });
  const seen: (string | null)[] = [];
  for await (const { status, conclusion } of watchRun(client, params, clock)) {
    seen.push(conclusion ?? status);
  }
  expect(seen[0]).toBe("action_required");
  expect(seen.at(-1)).toBe("success");
});

test("the second attempt is waited for after a re-run", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({
    jobs: [{ name: "test", conclusion: ["failure", "success"] }],
  });
  const params = { ...repositoryName, run_id: id };
  const first = await waitForRun(client, params, clock);
  expect(first).toMatchObject({ conclusion: "failure", run_attempt: 1 });
  await client.reRunWorkflowFailedJobs(params);
  const second = await waitForRun(client, params, {
    ...clock,
    until: (run) => isFinished(run) && (run.run_attempt ?? 1) > 1,
  });
  expect(second).toMatchObject({ conclusion: "success", run_attempt: 2 });
});

test("a cancelled run ends the watch, a deleted one is an error that says so", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  const cancelled = repository.createRun({ status: "in_progress" });
  after(5_000, async () => {
    await client.cancelWorkflowRun({ ...repositoryName, run_id: cancelled.id });
  });
  const run = await waitForRun(client, { ...repositoryName, run_id: cancelled.id }, clock);
  expect(run.conclusion).toBe("cancelled");

  const deleted = repository.createRun({ status: "in_progress" });
  after(clock.now() - Date.parse("2026-01-01T00:00:00Z") + 10_000, () => deleted.delete());
  await expect(
    waitForRun(client, { ...repositoryName, run_id: deleted.id }, clock),
  ).rejects.toMatchObject({ name: "RunDeletedError" });
});

test("fake timers drive a whole life cycle: nothing but the platform's clock and timers is used", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-01-01T00:00:00Z") });
  const fake = createActionsFake();
  const { id } = fake.repository("octo-org/octo-repo").createRun({
    jobs: [{ name: "build", steps: [{ name: "Run make", seconds: 1_800 }] }],
  });
  const client = createClient({ auth: "token", fetch: fake.fetch });
  const waiting = waitForRun(client, { ...repositoryName, run_id: id });
  await vi.advanceTimersByTimeAsync(2_000_000);
  expect((await waiting).conclusion).toBe("success");
  expect(vi.getTimerCount()).toBe(0);
});

test("onBlocked may approve a deployment, and the wait goes on to the end", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({
    jobs: [
      { name: "staging", environment: "staging" },
      { name: "production", needs: "staging", environment: "production" },
    ],
  });
  const blocked: string[] = [];
  const run = await waitForRun(
    client,
    { ...repositoryName, run_id: id },
    {
      ...clock,
      onBlocked: async ({ status }, { deployments, approve }) => {
        const names = deployments.map(({ environment }) => environment.name);
        blocked.push(`${status} ${names.join()} ${await approve({ comment: "fine" })}`);
      },
    },
  );
  expect(blocked).toEqual(["waiting staging 1", "waiting production 1"]);
  expect(run.conclusion).toBe("success");
});

test("onBlocked may approve a fork's run, through a client bound to its repository", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ approval: "required" });
  const run = await waitForRun(
    client.repository("octo-org/octo-repo"),
    { run_id: id },
    { ...clock, onBlocked: (_, { approve }) => approve() },
  );
  expect(run.conclusion).toBe("success");
});

test("an environment that is not pending is refused by name", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ jobs: [{ name: "deploy", environment: "production" }] });
  const waiting = waitForRun(
    client,
    { ...repositoryName, run_id: id },
    { ...clock, onBlocked: (_, { approve }) => approve({ environments: ["prod"] }) },
  );
  await expect(waiting).rejects.toThrow(
    'no deployment to environment "prod" is pending. Pending: production.',
  );
});

test("a client that cannot approve is refused when it is needed", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ approval: "required" });
  const { getWorkflowRun } = client;
  const waiting = waitForRun(
    { getWorkflowRun },
    { ...repositoryName, run_id: id },
    { ...clock, onBlocked: () => {} },
  );
  await expect(waiting).rejects.toThrow("pass core's client, or leave `onBlocked` out");
});
