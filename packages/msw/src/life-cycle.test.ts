import type { Job, WorkflowRun } from "@workflow-runs/openapi-types";
import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import { presets } from "./index.ts";

describe("a run moves with the clock", () => {
  test("from queued to in progress to its conclusion", async () => {
    const { fake, repository, ask } = setUp();
    const { id: run_id } = repository.createRun({
      jobs: [{ name: "build", steps: ["npm test"], conclusion: "failure" }],
    });
    const run = async (): Promise<WorkflowRun> => (await ask("getWorkflowRun", { run_id })).data;
    expect(await run()).toMatchObject({ status: "queued", conclusion: null });
    fake.advance("3s");
    expect(await run()).toMatchObject({ status: "in_progress", conclusion: null });
    fake.advance("5m");
    expect(await run()).toMatchObject({
      status: "completed",
      conclusion: "failure",
      run_attempt: 1,
    });
    const { jobs } = (await ask("listJobsForWorkflowRun", { run_id })).data;
    expect(jobs[0]?.steps?.map((step) => [step.number, step.name, step.conclusion])).toEqual([
      [1, "Set up job", "success"],
      [2, "npm test", "failure"],
      [5, "Complete job", "success"],
    ]);
  });

  test("jobs appear when those they need are over, and are skipped when those failed", async () => {
    const { fake, repository, ask } = setUp();
    const { id: run_id } = repository.createRun({
      jobs: [
        { name: "deploy", needs: "build" },
        { name: "build", conclusion: ["failure", "success"] },
        { name: "report", needs: ["build"], always: true },
      ],
    });
    const names = async (): Promise<string[]> =>
      (await ask("listJobsForWorkflowRun", { run_id })).data.jobs.map(
        (job) => `${job.name} ${job.conclusion}`,
      );
    expect(await names()).toEqual(["build null"]);
    fake.advance("10m");
    expect(await names()).toEqual(["deploy skipped", "build failure", "report success"]);
  });
});

describe("steps", () => {
  test("that have yet to begin are pending, and Complete job is not listed before its time", async () => {
    const { fake, repository, ask } = setUp();
    const { id: run_id } = repository.createRun({
      status: "in_progress",
      jobs: [{ name: "build", steps: ["npm ci", "npm test"] }],
    });
    fake.advance("1m");
    const { jobs } = (await ask("listJobsForWorkflowRun", { run_id })).data;
    expect(jobs[0]?.steps?.map((step) => [step.number, step.name, step.status])).toEqual([
      [1, "Set up job", "completed"],
      [2, "npm ci", "in_progress"],
      [3, "npm test", "pending"],
    ]);
  });

  test("of a job that lost its runner stay as they were", async () => {
    const { repository } = setUp();
    const run = repository.createRun({
      status: "completed",
      jobs: [{ name: "build", lost_runner: true, steps: ["npm ci", "npm test", "Post cache"] }],
    });
    expect(run.data.conclusion).toBe("failure");
    const [job] = run.jobs;
    expect(job).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(job?.steps?.map((step) => [step.name, step.status, step.completed_at === null])).toEqual(
      [
        ["Set up job", "completed", false],
        ["npm ci", "completed", false],
        ["npm test", "in_progress", true],
        ["Post cache", "pending", true],
      ],
    );
  });

  test("of a job over its time are cancelled, and so is the run", async () => {
    const { repository } = setUp();
    const run = repository.createRun(presets.timedOut());
    expect(run.data.conclusion).toBe("cancelled");
    const [job] = run.jobs;
    const length = Date.parse(job?.completed_at ?? "") - Date.parse(job?.started_at ?? "");
    expect([job?.conclusion, length]).toEqual(["cancelled", 300_000]);
    expect(job?.steps?.find(({ name }) => name === "Run npm test")?.conclusion).toBe("cancelled");
  });
});

describe("cancel", () => {
  test("is 202 while the run goes on and 409 once it is over", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun();
    fake.advance("4s");
    expect((await ask("cancelWorkflowRun", { run_id: run.id })).status).toBe(202);
    fake.advance("3s");
    expect(run.data).toMatchObject({ status: "completed", conclusion: "cancelled" });
    expect((await ask("cancelWorkflowRun", { run_id: run.id })).status).toBe(409);
    expect((await ask("forceCancelWorkflowRun", { run_id: run.id })).status).toBe(409);
  });
});

describe("re-runs", () => {
  test("rerun-failed-jobs makes another attempt of the failed jobs and what needs them", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      jobs: [
        { name: "lint" },
        { name: "build", conclusion: ["failure", "success"] },
        { name: "deploy", needs: "build" },
      ],
    });
    const run_id = run.id;
    expect((await ask("reRunWorkflowFailedJobs", { run_id })).status).toBe(403);
    fake.advance("10m");
    expect((await ask("reRunWorkflowFailedJobs", { run_id })).status).toBe(201);
    expect(run.data).toMatchObject({ id: run.id, run_attempt: 2, status: "in_progress" });
    fake.advance("10m");
    expect(run.data).toMatchObject({ status: "completed", conclusion: "success" });
    const attempt = async (attempt_number: number): Promise<Job[]> =>
      (await ask("listJobsForWorkflowRunAttempt", { run_id, attempt_number })).data.jobs;
    const first = await attempt(1);
    const second = await attempt(2);
    expect(second.map((job) => job.conclusion)).toEqual(["success", "success", "success"]);
    expect(second[0]?.completed_at).toBe(first[0]?.completed_at);
    expect(Date.parse(second[1]?.started_at ?? "")).toBeGreaterThan(
      Date.parse(first[1]?.completed_at ?? ""),
    );
    expect(
      (await ask("getWorkflowRunAttempt", { run_id, attempt_number: 1 })).data.conclusion,
    ).toBe("failure");
    expect((await ask("listJobsForWorkflowRun", { run_id, filter: "all" })).data.total_count).toBe(
      6,
    );
  });
});
