import type { WorkflowRun } from "@workflow-runs/openapi-types";
import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import { presets } from "./index.ts";

describe("a re-run is refused", () => {
  test("while the run goes on, and a month after it was created", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun();
    const rerun = async (): Promise<unknown> => {
      const { status, data } = await ask("reRunWorkflow", { run_id: run.id });
      return [status, (data as { message?: string }).message];
    };
    expect(await rerun()).toEqual([403, "This workflow is already running"]);
    fake.advance("29d");
    expect(await rerun()).toEqual([201, undefined]);
    fake.advance("2d");
    expect(await rerun()).toEqual([
      403,
      "Unable to retry this workflow run because it was created over a month ago",
    ]);
  });

  test("after fifty of them", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "completed" });
    const statuses = new Set<number>();
    for (let count = 0; count < 50; count += 1) {
      statuses.add((await ask("reRunWorkflow", { run_id: run.id })).status);
      fake.advance("1m");
    }
    expect([...statuses]).toEqual([201]);
    expect((await ask("reRunWorkflow", { run_id: run.id })).status).toBe(403);
    expect(run.data.run_attempt).toBe(51);
  });

  test("of failed jobs where none failed, and of a broken workflow file", async () => {
    const { repository, ask } = setUp();
    const green = repository.createRun(presets.success());
    expect((await ask("reRunWorkflowFailedJobs", { run_id: green.id })).status).toBe(403);
    const broken = repository.createRun(presets.startupFailure());
    expect((await ask("reRunWorkflow", { run_id: broken.id })).status).toBe(403);
  });
});

describe("one job", () => {
  test("runs again with those that need it, and leads to its own attempt", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.failure());
    const before = run.jobs;
    const build = before.find(({ name }) => name === "build");
    expect(
      (await ask("reRunJobForWorkflowRun", { job_id: build?.id, enable_debugger: false })).status,
    ).toBe(201);
    fake.advance("1h");
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["lint", "success"],
      ["build", "success"],
      ["deploy", "success"],
    ]);
    const old = (await ask("getJobForWorkflowRun", { job_id: build?.id })).data;
    expect(old).toMatchObject({ run_attempt: 1, conclusion: "failure" });
    expect(run.jobs[0]?.completed_at).toBe(before[0]?.completed_at);
    expect(run.jobs[0]?.id).not.toBe(before[0]?.id);
  });
});

test("a job of an attempt before the latest cannot run again", async () => {
  const { fake, repository, ask } = setUp();
  const run = repository.createRun(presets.failure());
  const old = run.jobs[1]?.id;
  expect((await ask("reRunWorkflowFailedJobs", { run_id: run.id })).status).toBe(201);
  fake.advance("1h");
  const { status, data } = await ask("reRunJobForWorkflowRun", { job_id: old });
  // As runs-on/runs-on#263 saw it.
  expect([status, data]).toMatchObject([
    403,
    { message: "Only jobs from the current attempt can be re-run" },
  ]);
  expect(String(old)).toHaveLength(11);
});

test("an attempt has its own date and URLs", async () => {
  const { fake, repository, ask } = setUp();
  const run = repository.createRun({ status: "completed", conclusion: "failure" });
  fake.advance("1h");
  await ask("reRunWorkflow", { run_id: run.id });
  fake.advance("1h");
  const attempt = async (attempt_number: number): Promise<WorkflowRun> =>
    (await ask("getWorkflowRunAttempt", { run_id: run.id, attempt_number })).data;
  const { url, created_at } = run.data;
  expect(await attempt(1)).toMatchObject({
    created_at,
    // Its last change is that the second began.
    updated_at: "2026-11-01T11:00:00Z",
    jobs_url: `${url}/attempts/1/jobs`,
    logs_url: `${url}/attempts/1/logs`,
  });
  expect(await attempt(2)).toMatchObject({
    created_at: "2026-11-01T11:00:00Z",
    jobs_url: `${url}/attempts/2/jobs`,
    logs_url: `${url}/attempts/2/logs`,
  });
  expect(run.data).toMatchObject({ created_at, jobs_url: `${url}/jobs`, logs_url: `${url}/logs` });
});

test("a run that no job was ever made for is queued for good", async () => {
  const { fake, repository, ask } = setUp();
  const run = repository.createRun(presets.stuckInQueue());
  fake.advance("20d");
  expect(run.data.status).toBe("queued");
  const said: unknown[] = [];
  for (const name of [
    "cancelWorkflowRun",
    "forceCancelWorkflowRun",
    "reRunWorkflow",
    "deleteWorkflowRun",
  ] as const) {
    const { status, data } = await ask(name, { run_id: run.id });
    said.push([status, (data as { message?: string }).message]);
  }
  // actions/runner#3872
  expect(said).toEqual([
    [409, "Cannot cancel a workflow run that has not been queued yet."],
    [409, "Cannot cancel a workflow run that has not been queued yet."],
    [403, "This workflow is already running"],
    [403, "Could not delete the workflow run"],
  ]);
});

describe("force-cancel", () => {
  test("ends at once what a cancel lets finish", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      status: "in_progress",
      jobs: [{ name: "a" }, { name: "b", needs: "a" }],
    });
    expect((await ask("cancelWorkflowRun", { run_id: run.id })).status).toBe(202);
    expect(run.data.status).toBe("in_progress");
    expect((await ask("forceCancelWorkflowRun", { run_id: run.id })).status).toBe(202);
    expect(run.data).toMatchObject({ status: "completed", conclusion: "cancelled" });
    fake.advance("1h");
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["a", "cancelled"],
      ["b", "skipped"],
    ]);
  });
});

describe("usage", () => {
  const jobs = [
    { name: "linux", steps: [{ name: "Run x", seconds: 61 }] },
    { name: "mac", labels: ["macos-latest"], steps: [{ name: "Run x", seconds: 10 }] },
    { name: "own", labels: ["self-hosted", "linux"], steps: [{ name: "Run x", seconds: 10 }] },
  ];

  test("is billed in whole minutes by system, in private repositories", async () => {
    const { fake, ask } = setUp();
    const run = fake
      .repository("octo-org/octo-repo", { private: true })
      .createRun({ status: "completed", jobs });
    const { data } = await ask("getWorkflowRunUsage", { run_id: run.id });
    const [linux, mac] = run.jobs;
    expect(data).toEqual({
      billable: {
        UBUNTU: {
          total_ms: 120_000,
          jobs: 1,
          job_runs: [{ job_id: linux?.id, duration_ms: 120_000 }],
        },
        MACOS: { total_ms: 60_000, jobs: 1, job_runs: [{ job_id: mac?.id, duration_ms: 60_000 }] },
      },
      run_duration_ms: 65_000,
    });
  });

  test("costs nothing in public ones, and has no duration before the end", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ jobs });
    fake.advance("20s");
    const { data } = await ask("getWorkflowRunUsage", { run_id: run.id });
    expect(data.run_duration_ms).toBeUndefined();
    fake.advance("1h");
    expect(
      (await ask("getWorkflowRunUsage", { run_id: run.id })).data.billable["UBUNTU"]?.total_ms,
    ).toBe(0);
  });
});
