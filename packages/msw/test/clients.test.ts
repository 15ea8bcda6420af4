import { getOctokit } from "@actions/github";
import { Octokit as RestOctokit } from "@octokit/rest";
import { Octokit } from "octokit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createActionsFake, presets, type ActionsFake, type FakeRepository } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { unzip } from "./unzip.ts";

const where = { owner: "octo-org", repo: "octo-repo" };
const silent = (): void => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };
const auth = "ghp_mona";

let fake: ActionsFake;
let repository: FakeRepository;
let server: FakeServer;

beforeEach(async () => {
  fake = createActionsFake({ tokens: { [auth]: { login: "mona" } } });
  fake.freeze("2026-11-01T10:00:00Z");
  repository = fake.repository("octo-org/octo-repo");
  repository.workflow("deploy.yml", {
    on: { workflow_dispatch: { inputs: { target: { required: true } } } },
    run_name: "Deploy to ${{ inputs.target }}",
    jobs: [{ name: "deploy", steps: ["Deploy ${{ inputs.target }}"] }],
  });
  server = await listen(fake);
});
afterEach(() => server.close());

/** What the client was refused although GitHub would not have. */
function refused(): string[] {
  return fake.requests
    .filter(({ status }) => status === 404 || status === 501)
    .map(({ method, url, status }) => `${method} ${url} ${status}`);
}

describe.each([
  ["octokit", () => new Octokit({ auth, baseUrl: server.url, log, retry: { enabled: false } })],
  ["@octokit/rest", () => new RestOctokit({ auth, baseUrl: server.url, log })],
  ["@actions/github", () => getOctokit(auth, { baseUrl: server.url, log })],
] as const)("%s over the server", (_, client) => {
  test("lists, filters, pages, views, re-runs, cancels, deletes", async () => {
    repository.createRuns(130, { branch: "next" });
    const failed = repository.createRun(presets.failure());
    const octokit = client();
    const { actions } = octokit.rest;
    const all = (await octokit.paginate("GET /repos/{owner}/{repo}/actions/runs", {
      ...where,
      per_page: 50,
    })) as { id: number }[];
    expect(new Set(all.map(({ id }) => id)).size).toBe(131);
    const filtered = await actions.listWorkflowRunsForRepo({ ...where, status: "failure" });
    expect(filtered.data.workflow_runs.map(({ id }) => id)).toEqual([failed.id]);
    const one = { ...where, run_id: failed.id };
    const { jobs } = (await actions.listJobsForWorkflowRun(one)).data;
    expect(jobs.map(({ conclusion }) => conclusion)).toContain("failure");
    await actions.reRunWorkflowFailedJobs(one);
    // It is watched, as `gh run watch` does.
    const statuses: unknown[] = [];
    for (let polls = 0; polls < 30 && statuses.at(-1) !== "completed"; polls += 1) {
      statuses.push((await actions.getWorkflowRun(one)).data.status);
      fake.advance("10s");
    }
    expect([...new Set(statuses)]).toEqual(["in_progress", "completed"]);
    expect(
      (await actions.getWorkflowRunAttempt({ ...one, attempt_number: 1 })).data.conclusion,
    ).toBe("failure");
    await actions.reRunWorkflow(one);
    await actions.cancelWorkflowRun(one);
    fake.advance("1m");
    expect((await actions.getWorkflowRun(one)).data.conclusion).toBe("cancelled");
    expect((await actions.deleteWorkflowRun(one)).status).toBe(204);
    expect(refused()).toEqual([]);
  });

  test("starts workflows, approves, reviews, downloads logs and artifacts", async () => {
    const fork = repository.createRun(presets.waitingForApproval());
    const built = repository.createRun({
      status: "completed",
      artifacts: [{ name: "report", files: { "report.txt": "all green" } }],
    });
    const deploy = repository.createRun({
      jobs: [{ name: "ship", environment: { name: "production", reviewers: ["mona"] } }],
    });
    const { rest } = client();
    const { actions } = rest;
    const dispatch = { ...where, workflow_id: "deploy.yml", ref: "main" };
    await actions.createWorkflowDispatch({ ...dispatch, inputs: { target: "eu" } });
    await expect(actions.createWorkflowDispatch(dispatch)).rejects.toMatchObject({ status: 422 });
    const started = await actions.listWorkflowRuns({ ...where, workflow_id: "deploy.yml" });
    expect(started.data.workflow_runs[0]?.display_title).toBe("Deploy to eu");

    await actions.approveWorkflowRun({ ...where, run_id: fork.id });
    const one = { ...where, run_id: deploy.id };
    const [pending] = (await actions.getPendingDeploymentsForRun(one)).data;
    await actions.reviewPendingDeploymentsForRun({
      ...one,
      environment_ids: [pending?.environment.id as number],
      state: "approved",
      comment: "",
    });
    fake.advance("1h");
    expect([fork, deploy].map(({ data }) => data.conclusion)).toEqual(["success", "success"]);

    const list = await actions.listWorkflowRunArtifacts({ ...where, run_id: built.id });
    const artifact_id = list.data.artifacts[0]?.id as number;
    const zip = await actions.downloadArtifact({ ...where, artifact_id, archive_format: "zip" });
    expect(unzip(new Uint8Array(zip.data as ArrayBuffer))).toMatchObject([
      { name: "report.txt", text: "all green" },
    ]);
    const logs = await actions.downloadWorkflowRunLogs({ ...where, run_id: built.id });
    expect(unzip(new Uint8Array(logs.data as ArrayBuffer)).length).toBeGreaterThan(1);
    await actions.deleteArtifact({ ...where, artifact_id });
    await actions.deleteWorkflowRunLogs({ ...where, run_id: built.id });
    expect((await rest.repos.get(where)).data.default_branch).toBe("main");
    expect(refused()).toEqual([]);
  });
});

// What these actions send, written down from their sources: a program that does the same, without them.
describe("the requests of public actions", () => {
  const octokit = (): RestOctokit => new RestOctokit({ auth, baseUrl: server.url, log });

  test("styfle/cancel-workflow-action cancels the older runs of the same branch", async () => {
    const at = (minute: number): string => `2026-11-01T09:5${minute}:00Z`;
    const old = repository.createRun({
      status: "in_progress",
      branch: "feature",
      created_at: at(0),
    });
    const other = repository.createRun({ status: "in_progress", created_at: at(1) });
    const over = repository.createRun({
      status: "completed",
      branch: "feature",
      created_at: at(2),
    });
    const mine = repository.createRun({
      status: "in_progress",
      branch: "feature",
      created_at: at(3),
    });
    const { rest } = octokit();
    const { data: current } = await rest.actions.getWorkflowRun({ ...where, run_id: mine.id });
    const { data } = await rest.actions.listWorkflowRuns({
      ...where,
      per_page: 100,
      workflow_id: current.workflow_id,
      branch: current.head_branch as string,
    });
    const older = data.workflow_runs.filter(
      (run) =>
        run.head_repository.id === current.head_repository.id &&
        run.id !== current.id &&
        run.status !== "completed" &&
        new Date(run.created_at) < new Date(current.created_at),
    );
    for (const { id } of older) {
      expect((await rest.actions.cancelWorkflowRun({ ...where, run_id: id })).status).toBe(202);
    }
    fake.advance("10s");
    expect([old, other, over, mine].map((run) => run.data.conclusion)).toEqual([
      "cancelled",
      null,
      "success",
      null,
    ]);
    expect(refused()).toEqual([]);
  });

  test("dawidd6/action-download-artifact finds the newest run that has the artifact", async () => {
    const files = { "report.txt": "of the older run" };
    repository.createRun({ status: "completed", artifacts: [{ name: "report", files }] });
    fake.advance("1h");
    repository.createRun({ status: "completed" });
    repository.createRun({ status: "completed", conclusion: "failure" });
    const client = octokit();
    const pages = client.paginate.iterator(client.rest.actions.listWorkflowRuns, {
      ...where,
      workflow_id: "ci.yml",
      branch: "main",
    });
    let found: { id: number; name: string } | undefined;
    for await (const { data } of pages) {
      for (const run of data) {
        if (run.conclusion !== "success" || found !== undefined) continue;
        const artifacts = await client.paginate(client.rest.actions.listWorkflowRunArtifacts, {
          ...where,
          run_id: run.id,
        });
        found ??= artifacts.find(({ name }) => name === "report");
      }
    }
    const zip = await client.rest.actions.downloadArtifact({
      ...where,
      artifact_id: found?.id as number,
      archive_format: "zip",
    });
    expect(unzip(new Uint8Array(zip.data as ArrayBuffer))[0]?.text).toBe("of the older run");
    expect(refused()).toEqual([]);
  });

  test("Codex-/return-dispatch finds its run by a marker in a step's name", async () => {
    repository.workflow("dispatched.yml", {
      on: { workflow_dispatch: { inputs: { distinct_id: {} } } },
      jobs: [{ name: "test", steps: ["echo ${{ inputs.distinct_id }}"] }],
    });
    const { rest } = octokit();
    const { data: known } = await rest.actions.listRepoWorkflows(where);
    const workflow_id = known.workflows.find(({ path }) => path.endsWith("/dispatched.yml"))?.id;
    for (const distinct_id of ["theirs-1", "mine-2"]) {
      await rest.actions.createWorkflowDispatch({
        ...where,
        workflow_id: workflow_id as number,
        ref: "main",
        inputs: { distinct_id },
      });
    }
    fake.advance("10s");
    const { data } = await rest.actions.listWorkflowRuns({
      ...where,
      workflow_id: workflow_id as number,
      branch: "main",
      per_page: 5,
    });
    const marked: number[] = [];
    for (const { id } of data.workflow_runs) {
      const { data: list } = await rest.actions.listJobsForWorkflowRun({
        ...where,
        run_id: id,
        filter: "latest",
      });
      const names = list.jobs.flatMap(({ steps = [] }) => steps.map(({ name }) => name));
      if (names.some((name) => name.includes("mine-2"))) marked.push(id);
    }
    expect(data.workflow_runs).toHaveLength(2);
    expect(marked).toEqual([Math.max(...data.workflow_runs.map(({ id }) => id))]);
    expect(refused()).toEqual([]);
  });

  test("convictional/trigger-workflow-and-wait asks since a date whose + is not escaped", async () => {
    const base = `${server.url}/repos/octo-org/octo-repo/actions`;
    const api = async (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${base}/${path}`, {
        ...init,
        headers: {
          accept: "application/vnd.github.v3+json",
          "content-type": "application/json",
          authorization: `Bearer ${auth}`,
        },
      });
    const since = "2026-11-01T09:58:00+00:00";
    const list = async (): Promise<number[]> => {
      const path = `workflows/deploy.yml/runs?event=workflow_dispatch&created=>=${since}`;
      const body = (await (await api(path)).json()) as { workflow_runs: { id: number }[] };
      return body.workflow_runs.map(({ id }) => id);
    };
    const before = await list();
    const dispatched = await api("workflows/deploy.yml/dispatches", {
      method: "POST",
      body: JSON.stringify({ ref: "main", inputs: { target: "eu" } }),
    });
    expect(dispatched.status).toBe(204);
    const id = (await list()).find((one) => !before.includes(one));
    const conclusions: unknown[] = [];
    for (let polls = 0; polls < 30 && !conclusions.at(-1); polls += 1) {
      const run = (await (await api(`runs/${id}`)).json()) as { conclusion: string | null };
      conclusions.push(run.conclusion);
      fake.advance("10s");
    }
    expect(conclusions.at(-1)).toBe("success");
    expect(refused()).toEqual([]);
  });
});
