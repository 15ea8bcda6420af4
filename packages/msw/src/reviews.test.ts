import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import { presets } from "./index.ts";

describe("a deployment", () => {
  test("holds its run in waiting until it is reviewed", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.waitingForDeployment());
    const run_id = run.id;
    fake.advance("10m");
    expect(run.data).toMatchObject({ status: "waiting", conclusion: null });
    expect(run.jobs.map(({ name, status }) => [name, status])).toEqual([
      ["build", "completed"],
      ["deploy", "waiting"],
    ]);
    const pending = (await ask("getPendingDeploymentsForRun", { run_id })).data;
    expect(pending).toMatchObject([
      {
        environment: { name: "production" },
        wait_timer: 0,
        current_user_can_approve: true,
        reviewers: [{ type: "User" }],
      },
    ]);
    const environment_ids = [pending[0]?.environment.id];
    const review = { run_id, environment_ids, state: "approved", comment: "Ship it!" };
    const { status, data } = await ask("reviewPendingDeploymentsForRun", review);
    expect([status, data]).toMatchObject([
      200,
      [{ environment: "production", sha: run.data.head_sha }],
    ]);
    expect((await ask("getPendingDeploymentsForRun", { run_id })).data).toEqual([]);
    expect((await ask("reviewPendingDeploymentsForRun", review)).status).toBe(422);
    fake.advance("10m");
    expect(run.data).toMatchObject({ status: "completed", conclusion: "success" });
    expect((await ask("getReviewsForRun", { run_id })).data).toMatchObject([
      {
        state: "approved",
        comment: "Ship it!",
        user: { login: "octocat" },
        environments: [{ name: "production" }],
      },
    ]);
  });

  test("that is rejected fails its job and its run", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.waitingForDeployment());
    fake.advance("10m");
    const [pending] = (await ask("getPendingDeploymentsForRun", { run_id: run.id })).data;
    const review = {
      run_id: run.id,
      environment_ids: [pending?.environment.id],
      state: "rejected",
      comment: "no",
    };
    expect((await ask("reviewPendingDeploymentsForRun", review)).status).toBe(200);
    expect(run.data).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  test("waits for its timer, and for the reviewers who may", async () => {
    const { fake, repository, ask } = setUp({
      tokens: { mona: { login: "mona" }, hubot: { login: "hubot" } },
    });
    const environment = { name: "production", reviewers: ["Mona"], wait_timer: 30 };
    const run = repository.createRun({ jobs: [{ name: "deploy", environment }] });
    const run_id = run.id;
    const as = (token: string): { headers: Record<string, string> } => ({
      headers: { authorization: `token ${token}` },
    });
    const [pending] = (await ask("getPendingDeploymentsForRun", { run_id }, as("hubot"))).data;
    expect(pending).toMatchObject({
      wait_timer: 30,
      wait_timer_started_at: "2026-11-01T10:00:00Z",
      current_user_can_approve: false,
    });
    const review = {
      run_id,
      environment_ids: [pending?.environment.id],
      state: "approved",
      comment: "",
    };
    expect((await ask("reviewPendingDeploymentsForRun", review, as("hubot"))).status).toBe(422);
    expect((await ask("reviewPendingDeploymentsForRun", review, as("mona"))).status).toBe(200);
    fake.advance("29m");
    expect(run.data.status).toBe("waiting");
    fake.advance("65s");
    expect(run.data.status).toBe("in_progress");
  });

  test("may wait for an app's protection rule, which can comment before it decides", async () => {
    const { fake, repository, ask } = setUp();
    const environment = { name: "prod-eus", protection_rule: true };
    const run = repository.createRun({ jobs: [{ name: "deploy", environment }] });
    const gate = async (body: Record<string, unknown>): Promise<number> =>
      (
        await ask("reviewCustomGatesForRun", {
          run_id: run.id,
          environment_name: "prod-eus",
          ...body,
        })
      ).status;
    expect(run.data.status).toBe("waiting");
    expect(await gate({ comment: "checking" })).toBe(204);
    expect(run.data.status).toBe("waiting");
    expect(await gate({ state: "approved", comment: "All health checks passed." })).toBe(204);
    expect(run.data.status).toBe("queued");
    expect(await gate({ state: "approved" })).toBe(422);
    const empty = { run_id: run.id, environment_name: "prod-eus" };
    expect((await ask("reviewCustomGatesForRun", empty, { unchecked: true })).status).toBe(422);
    fake.advance("1h");
    expect(run.data.conclusion).toBe("success");
  });
});

describe("a fork's pull request", () => {
  test("needs approval before anything runs", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.waitingForApproval());
    fake.advance("1d");
    expect(run.data).toMatchObject({
      status: "completed",
      conclusion: "action_required",
      head_repository: { full_name: "first-timer/octo-repo", fork: true },
    });
    const waiting = await ask("listWorkflowRunsForRepo", { status: "action_required" });
    expect(waiting.data.workflow_runs.map(({ id }) => id)).toEqual([run.id]);
    expect(run.jobs).toEqual([]);
    expect((await ask("approveWorkflowRun", { run_id: run.id })).status).toBe(201);
    // hub4j's testApproval: the approval makes attempt 2, and the first stays as it was.
    const { created_at, url } = run.data;
    expect(run.data).toMatchObject({
      status: "queued",
      conclusion: null,
      run_attempt: 2,
      run_started_at: "2026-11-02T10:00:00Z",
      previous_attempt_url: `${url}/attempts/1`,
      actor: { login: "first-timer" },
      triggering_actor: { login: "octocat" },
    });
    expect(created_at).toBe("2026-11-01T10:00:00Z");
    expect((await ask("approveWorkflowRun", { run_id: run.id })).status).toBe(403);
    fake.advance("1h");
    expect(run.data.conclusion).toBe("success");
    const first = { run_id: run.id, attempt_number: 1 };
    expect((await ask("getWorkflowRunAttempt", first)).data).toMatchObject({
      conclusion: "action_required",
      triggering_actor: { login: "first-timer" },
    });
    expect((await ask("listJobsForWorkflowRunAttempt", first)).data.jobs).toEqual([]);
  });

  test("waits again when it is re-run", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.waitingForApproval());
    fake.advance("1d");
    expect((await ask("reRunWorkflow", { run_id: run.id })).status).toBe(201);
    fake.advance("1h");
    expect(run.data).toMatchObject({ conclusion: "action_required", run_attempt: 2 });
    expect((await ask("approveWorkflowRun", { run_id: run.id })).status).toBe(201);
    fake.advance("1h");
    expect(run.data).toMatchObject({ conclusion: "success", run_attempt: 3 });
  });

  test("of a bot cannot be approved, and starts when it is re-run", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.waitingForApprovalOfBot());
    expect(run.data).toMatchObject({ conclusion: "action_required", actor: { type: "Bot" } });
    expect((await ask("approveWorkflowRun", { run_id: run.id })).status).toBe(403);
    expect((await ask("reRunWorkflow", { run_id: run.id })).status).toBe(201);
    fake.advance("1h");
    expect(run.data).toMatchObject({ conclusion: "success", run_attempt: 2 });
  });

  test("may be gone", async () => {
    const { repository, ask } = setUp();
    const run = repository.createRun({ head_repository: null });
    expect((await ask("getWorkflowRun", { run_id: run.id })).data.head_repository).toBeNull();
  });
});
