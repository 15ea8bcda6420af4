import { expect } from "vitest";
import type { Octokit } from "@octokit/rest";
import { presets, type ActionsFake, type FakeRepository } from "../../src/index.ts";
import { unzip } from "../unzip.ts";

/** What all of Octokit's clients have in common. */
export type OctokitClient = Pick<Octokit, "paginate" | "rest">;

/** The whole list with one of Octokit's clients; `mona` is who asks. */
export async function octokitScenario(
  { rest: { actions, repos }, paginate }: OctokitClient,
  fake: ActionsFake,
  repository: FakeRepository,
): Promise<void> {
  const [owner = "", repo = ""] = repository.fullName.split("/");
  const where = { owner, repo };
  const conclusionOf = async (run_id: number): Promise<unknown> =>
    (await actions.getWorkflowRun({ ...where, run_id })).data.conclusion;

  repository.createRuns(130, { branch: "next" });
  const failed = repository.createRun(presets.failure());
  expect((await repos.get(where)).data.default_branch).toBe("main");
  const all = await paginate(actions.listWorkflowRunsForRepo, { ...where, per_page: 50 });
  expect(new Set(all.map(({ id }) => id)).size).toBe(131);
  const found = await actions.listWorkflowRunsForRepo({ ...where, status: "failure" });
  expect(found.data.workflow_runs.map(({ id }) => id)).toEqual([failed.id]);

  const one = { ...where, run_id: failed.id };
  const { jobs } = (await actions.listJobsForWorkflowRun(one)).data;
  expect(jobs.map(({ conclusion }) => conclusion)).toContain("failure");
  await actions.reRunWorkflowFailedJobs(one);
  const statuses: unknown[] = [];
  for (let polls = 0; polls < 30 && statuses.at(-1) !== "completed"; polls += 1) {
    statuses.push((await actions.getWorkflowRun(one)).data.status);
    fake.advance("10s");
  }
  expect([...new Set(statuses)]).toEqual(["in_progress", "completed"]);
  const first = await actions.getWorkflowRunAttempt({ ...one, attempt_number: 1 });
  expect(first.data.conclusion).toBe("failure");
  await actions.reRunWorkflow(one);
  await actions.cancelWorkflowRun(one);
  fake.advance("1m");
  expect(await conclusionOf(failed.id)).toBe("cancelled");

  repository.workflow("deploy.yml", {
    on: { workflow_dispatch: { inputs: { target: { required: true } } } },
    run_name: "Deploy to ${{ inputs.target }}",
  });
  const dispatch = { ...where, workflow_id: "deploy.yml", ref: "main" };
  await actions.createWorkflowDispatch({ ...dispatch, inputs: { target: "eu" } });
  await expect(actions.createWorkflowDispatch(dispatch)).rejects.toMatchObject({ status: 422 });
  const started = await actions.listWorkflowRuns({ ...where, workflow_id: "deploy.yml" });
  expect(started.data.workflow_runs[0]?.display_title).toBe("Deploy to eu");

  const fork = repository.createRun(presets.waitingForApproval());
  await actions.approveWorkflowRun({ ...where, run_id: fork.id });
  const deploy = repository.createRun({
    jobs: [{ name: "ship", environment: { name: "production", reviewers: ["mona"] } }],
  });
  const waiting = { ...where, run_id: deploy.id };
  const [pending] = (await actions.getPendingDeploymentsForRun(waiting)).data;
  await actions.reviewPendingDeploymentsForRun({
    ...waiting,
    environment_ids: [pending?.environment.id as number],
    state: "approved",
    comment: "",
  });
  fake.advance("1h");
  expect([await conclusionOf(fork.id), await conclusionOf(deploy.id)]).toEqual([
    "success",
    "success",
  ]);

  const built = {
    ...where,
    run_id: repository.createRun({
      status: "completed",
      artifacts: [{ name: "report", files: { "report.txt": "all green" } }],
    }).id,
  };
  const list = await actions.listWorkflowRunArtifacts(built);
  const artifact_id = list.data.artifacts[0]?.id as number;
  const zip = await actions.downloadArtifact({ ...where, artifact_id, archive_format: "zip" });
  expect(unzip(new Uint8Array(zip.data as ArrayBuffer))).toMatchObject([
    { name: "report.txt", text: "all green" },
  ]);
  const logs = await actions.downloadWorkflowRunLogs(built);
  expect(unzip(new Uint8Array(logs.data as ArrayBuffer)).length).toBeGreaterThan(1);
  await actions.deleteArtifact({ ...where, artifact_id });
  await actions.deleteWorkflowRunLogs(built);
  expect((await actions.deleteWorkflowRun(one)).status).toBe(204);
}
