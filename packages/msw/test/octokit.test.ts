import { Octokit } from "@octokit/rest";
import { describe, expect, test } from "vitest";
import { presets, type ActionsFake } from "../src/index.ts";
import { setUp } from "./set-up.ts";
import { unzip } from "./unzip.ts";

const where = { owner: "octo-org", repo: "octo-repo" };

function octokit(fake: ActionsFake): Octokit {
  const silent = (): void => {};
  return new Octokit({
    auth: "secret",
    request: { fetch: fake.fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

describe("Octokit, which knows nothing of us", () => {
  test("pages through a list", async () => {
    const { fake, repository } = setUp();
    repository.createRuns(250);
    const { rest, paginate } = octokit(fake);
    const runs = await paginate(rest.actions.listWorkflowRunsForRepo, { ...where, per_page: 100 });
    expect(runs).toHaveLength(250);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(250);
    expect(fake.requests).toHaveLength(3);
    const filtered = await paginate(rest.actions.listWorkflowRuns, {
      ...where,
      workflow_id: "ci.yml",
      branch: "main",
      per_page: 100,
    });
    expect(filtered).toHaveLength(250);
  });

  test("views, re-runs, cancels and deletes", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun(presets.failure());
    const { actions } = octokit(fake).rest;
    const one = { ...where, run_id: run.id };
    expect((await actions.getWorkflowRun(one)).data.conclusion).toBe("failure");
    const { jobs } = (await actions.listJobsForWorkflowRun(one)).data;
    const failed = jobs.find(({ conclusion }) => conclusion === "failure");
    expect(failed?.steps?.find(({ conclusion }) => conclusion === "failure")?.name).toBe(
      "Run npm test",
    );
    await actions.reRunWorkflowFailedJobs(one);
    await actions.cancelWorkflowRun(one);
    fake.advance("1h");
    await expect(actions.cancelWorkflowRun(one)).rejects.toMatchObject({ status: 409 });
    expect(
      (await actions.getWorkflowRunAttempt({ ...one, attempt_number: 2 })).data.conclusion,
    ).toBe("cancelled");
    await actions.reRunJobForWorkflowRun({ ...where, job_id: run.jobs[1]?.id as number });
    fake.advance("1h");
    expect((await actions.getWorkflowRunUsage(one)).data.run_duration_ms).toBeGreaterThan(0);
    await actions.deleteWorkflowRun(one);
    await expect(actions.getWorkflowRun(one)).rejects.toMatchObject({ status: 404 });
  });

  test("reviews deployments and approves forks", async () => {
    const { fake, repository } = setUp();
    const { actions } = octokit(fake).rest;
    const deploy = repository.createRun(presets.waitingForDeployment());
    const fork = repository.createRun(presets.waitingForApproval());
    fake.advance("10m");
    const one = { ...where, run_id: deploy.id };
    const { data } = await actions.getPendingDeploymentsForRun(one);
    const environment_ids = data.map(({ environment }) => environment.id as number);
    await actions.reviewPendingDeploymentsForRun({
      ...one,
      environment_ids,
      state: "approved",
      comment: "",
    });
    expect((await actions.getReviewsForRun(one)).data).toHaveLength(1);
    await actions.approveWorkflowRun({ ...where, run_id: fork.id });
    fake.advance("10m");
    expect([deploy.data.conclusion, fork.data.conclusion]).toEqual(["success", "success"]);
  });

  test("downloads and unzips logs", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun(presets.failure());
    const { actions } = octokit(fake).rest;
    const zip = await actions.downloadWorkflowRunLogs({ ...where, run_id: run.id });
    const entries = unzip(new Uint8Array(zip.data as ArrayBuffer));
    expect(entries.map(({ text }) => text).join("")).toContain(
      "##[error]AssertionError: expected 200, got 502",
    );
    const job = await actions.downloadJobLogsForWorkflowRun({
      ...where,
      job_id: run.jobs[1]?.id as number,
    });
    expect(job.data).toContain("✕ signs in");
    await actions.deleteWorkflowRunLogs({ ...where, run_id: run.id });
    await expect(
      actions.downloadWorkflowRunLogs({ ...where, run_id: run.id }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
