import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createActionsFake, type ActionsFake, type FakeRepository } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { refused } from "./clients/whole-list.ts";
import { unzip } from "./unzip.ts";
import { validated, type Validated } from "./validation.ts";

// Public actions, told from their sources: the same requests in the same order, without them. Each was
// run as it is published against the served fake when its requests were written down here.

const where = { owner: "octo-org", repo: "octo-repo" };
const token = "ghp_mona";

let fake: ActionsFake;
let repository: FakeRepository;
let server: FakeServer;
let responses: Validated;

beforeEach(async () => {
  fake = createActionsFake({ tokens: { [token]: { login: "mona" } } });
  fake.freeze("2026-11-01T10:00:00Z");
  repository = fake.repository("octo-org/octo-repo");
  repository.workflow("deploy.yml", {
    on: { workflow_dispatch: { inputs: { target: {} } } },
    run_name: "Deploy to ${{ inputs.target }}",
    jobs: [{ name: "deploy", steps: ["Deploy ${{ inputs.target }}"] }],
  });
  responses = validated(fake);
  server = await listen(fake);
});
afterEach(async () => {
  await server.close();
  expect(responses.problems).toEqual([]);
  expect(responses.held).toBeGreaterThan(0);
});

type Client = ReturnType<typeof getOctokit>;
function client(): Client {
  const silent = (): void => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return getOctokit(token, { baseUrl: server.url, log });
}

/** What the API was sent, below the repository's URL, and what came back. */
function sent(): string[] {
  const base = `${server.url}/repos/octo-org/octo-repo/`;
  return fake.requests
    .filter(({ url }) => url.startsWith(base))
    .map(({ method, url, body, status }) =>
      [
        method,
        url.slice(base.length),
        ...(body === undefined ? [] : [JSON.stringify(body)]),
        status,
      ]
        .join(" ")
        .replaceAll(/\b1\d{10}\b/g, (id) => `RUN${Number(id) - 16_000_000_000}`),
    );
}

// src/index.ts at d07a454.
describe("styfle/cancel-workflow-action", () => {
  interface Inputs {
    runId: number;
    branch: string;
    sha: string;
    workflow_id?: string;
    ignore_sha?: boolean;
    all_but_latest?: boolean;
    force_cancel?: boolean;
  }

  async function cancelWorkflowAction(inputs: Inputs): Promise<void> {
    const { actions } = client().rest;
    const { data: mine } = await actions.getWorkflowRun({ ...where, run_id: inputs.runId });
    const ids =
      inputs.workflow_id === "all"
        ? (await actions.listRepoWorkflows(where)).data.workflows.map(({ id }) => id)
        : (inputs.workflow_id?.replaceAll(/\s/g, "").split(",") ?? [mine.workflow_id]);
    for (const workflow_id of ids) {
      const { data } = await actions.listWorkflowRuns({
        per_page: 100,
        ...where,
        workflow_id,
        branch: inputs.branch,
      });
      const dates = data.workflow_runs.map((run) => Date.parse(run.created_at));
      const own = Date.parse(mine.created_at);
      const before = inputs.all_but_latest === true ? Math.max(own, ...dates) : own;
      const running = data.workflow_runs
        .filter(
          (run) =>
            run.head_repository.id === mine.head_repository.id &&
            run.id !== mine.id &&
            (inputs.ignore_sha === true || run.head_sha !== inputs.sha) &&
            run.status !== "completed" &&
            Date.parse(run.created_at) < before,
        )
        .map(({ id }) => id);
      if (inputs.all_but_latest === true && own < before) running.push(mine.id);
      for (const run_id of running) {
        await (inputs.force_cancel === true
          ? actions.forceCancelWorkflowRun({ ...where, run_id })
          : actions.cancelWorkflowRun({ ...where, run_id }));
      }
    }
  }

  test("cancels the older runs of the same branch", async () => {
    const started = (minute: number, branch: string): { id: number } =>
      repository.createRun({
        status: "in_progress",
        branch,
        created_at: `2026-11-01T09:5${minute}:00Z`,
      });
    const old = started(0, "feature");
    started(1, "main");
    const mine = started(3, "feature");
    const { workflow_id } = repository.run(mine.id)?.data ?? {};
    await cancelWorkflowAction({ runId: mine.id, branch: "feature", sha: "abc" });
    fake.advance("10s");
    expect(sent()).toEqual([
      "GET actions/runs/RUN3 200",
      `GET actions/workflows/${workflow_id}/runs?per_page=100&branch=feature 200`,
      "POST actions/runs/RUN1/cancel 202",
    ]);
    expect(repository.run(old.id)?.data.conclusion).toBe("cancelled");
    expect(repository.run(mine.id)?.data.conclusion).toBeNull();
  });

  test("cancels itself by force when it is not the latest of any workflow", async () => {
    const created_at = "2026-11-01T09:53:00Z";
    const mine = repository.createRun({ status: "in_progress", branch: "feature", created_at });
    repository.createRun({ status: "in_progress", branch: "feature" });
    await cancelWorkflowAction({
      runId: mine.id,
      branch: "feature",
      sha: "abc",
      workflow_id: "all",
      all_but_latest: true,
      force_cancel: true,
    });
    expect(sent().map((line) => line.replace(/workflows\/\d+/, "workflows/ID"))).toEqual([
      "GET actions/runs/RUN1 200",
      "GET actions/workflows 200",
      "GET actions/workflows/ID/runs?per_page=100&branch=feature 200",
      "GET actions/workflows/ID/runs?per_page=100&branch=feature 200",
      "POST actions/runs/RUN1/force-cancel 202",
    ]);
    expect(mine.data.conclusion).toBe("cancelled");
  });
});

// main.js at 0015e1b.
describe("dawidd6/action-download-artifact", () => {
  interface Inputs {
    name: string;
    workflow?: string;
    branch?: string;
    commit?: string;
    pr?: number;
    ref?: string;
    search_artifacts?: boolean;
  }

  /** The text of the artifact's files, or why there is none. */
  async function downloadArtifact(inputs: Inputs): Promise<string[] | string> {
    const { rest, paginate } = client();
    let { workflow, branch, commit } = inputs;
    if (inputs.pr !== undefined) {
      commit = (await rest.pulls.get({ ...where, pull_number: inputs.pr })).data.head.sha;
    }
    if (inputs.ref !== undefined) {
      try {
        await rest.repos.getBranch({ ...where, branch: inputs.ref });
        branch = inputs.ref;
      } catch {
        commit = inputs.ref;
      }
    }
    const filters = {
      ...(branch === undefined ? {} : { branch }),
      ...(commit === undefined ? {} : { head_sha: commit }),
    };
    const pages =
      workflow === undefined
        ? paginate.iterator(rest.actions.listWorkflowRunsForRepo, { ...where, ...filters })
        : paginate.iterator(rest.actions.listWorkflowRuns, {
            ...where,
            workflow_id: workflow,
            ...filters,
          });
    let run_id: number | undefined;
    search: for await (const { data } of pages) {
      for (const run of data) {
        if (run.conclusion !== "success" && run.status !== "success") continue;
        if (run.head_repository.full_name !== "octo-org/octo-repo") continue;
        if (inputs.search_artifacts === true) {
          const artifacts = await paginate(rest.actions.listWorkflowRunArtifacts, {
            ...where,
            run_id: run.id,
          });
          if (!artifacts.some(({ name }) => name === inputs.name)) continue;
        }
        run_id = run.id;
        if (workflow === undefined) {
          const { data: found } = await rest.actions.getWorkflowRun({ ...where, run_id });
          workflow = String(found.workflow_id);
        }
        break search;
      }
    }
    if (run_id === undefined) return "no matching workflow run found with any artifacts?";
    const artifacts = await paginate(rest.actions.listWorkflowRunArtifacts, { ...where, run_id });
    const artifact = artifacts.find(({ name }) => name === inputs.name);
    if (artifact === undefined) return "no artifacts found";
    try {
      const zip = await rest.actions.downloadArtifact({
        ...where,
        artifact_id: artifact.id,
        archive_format: "zip",
      });
      return unzip(new Uint8Array(zip.data as ArrayBuffer)).map(({ text }) => text);
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith("Artifact has expired"))
        return "no downloadable artifacts found (expired)";
      throw error;
    }
  }

  /** Three green runs an hour apart, of which the oldest has the artifact, and a failed one. */
  function runs(): string {
    const artifacts = [{ name: "report", files: { "report.txt": "of the older run" } }];
    const first = repository.createRun({ status: "completed", artifacts, pull_requests: [7] });
    fake.advance("1h");
    repository.createRun({ status: "completed" });
    fake.advance("1h");
    repository.createRun({ status: "completed", conclusion: "failure" });
    return first.data.head_sha;
  }

  const lines = (): string[] =>
    sent().map((line) => line.replace(/artifacts\/\d+/, "artifacts/ID"));

  test("finds the newest run of a branch that has the artifact", async () => {
    runs();
    const inputs = { workflow: "ci.yml", branch: "main", name: "report", search_artifacts: true };
    expect(await downloadArtifact(inputs)).toEqual(["of the older run"]);
    expect(lines()).toEqual([
      "GET actions/workflows/ci.yml/runs?branch=main 200",
      "GET actions/runs/RUN2/artifacts 200",
      "GET actions/runs/RUN1/artifacts 200",
      "GET actions/runs/RUN1/artifacts 200",
      "GET actions/artifacts/ID/zip 302",
    ]);
    expect(refused(fake.requests)).toEqual([]);
  });

  test("finds the run of a pull request, without a workflow", async () => {
    const sha = runs();
    expect(await downloadArtifact({ pr: 7, name: "report" })).toEqual(["of the older run"]);
    expect(lines()).toEqual([
      "GET pulls/7 200",
      `GET actions/runs?head_sha=${sha} 200`,
      "GET actions/runs/RUN1 200",
      "GET actions/runs/RUN1/artifacts 200",
      "GET actions/artifacts/ID/zip 302",
    ]);
    expect(refused(fake.requests)).toEqual([]);
  });

  test("takes a ref for a branch, or else for a commit", async () => {
    const sha = runs();
    expect(await downloadArtifact({ ref: sha, workflow: "ci.yml", name: "report" })).toEqual([
      "of the older run",
    ]);
    expect(lines().slice(0, 2)).toEqual([
      `GET branches/${sha} 404`,
      `GET actions/workflows/ci.yml/runs?head_sha=${sha} 200`,
    ]);
    expect(await downloadArtifact({ ref: "deadbeef", workflow: "ci.yml", name: "report" })).toBe(
      "no matching workflow run found with any artifacts?",
    );
    fake.requests.length = 0;
    await downloadArtifact({ ref: "main", name: "report", search_artifacts: true });
    expect(lines().slice(0, 2)).toEqual([
      "GET branches/main 200",
      "GET actions/runs?branch=main 200",
    ]);
  });

  test("says that an artifact has expired", async () => {
    runs();
    fake.advance("91d");
    const inputs = { workflow: "ci.yml", name: "report", search_artifacts: true };
    expect(await downloadArtifact(inputs)).toBe("no downloadable artifacts found (expired)");
  });
});

// src/api.ts at 85e564d, and before it looked at the answer, src/api.ts at v3.0.1.
describe("Codex-/return-dispatch", () => {
  test("reads its run from the answer of version 2026-03-10", async () => {
    const response = await client().rest.actions.createWorkflowDispatch({
      ...where,
      workflow_id: "deploy.yml",
      ref: "refs/heads/main",
      inputs: { target: "eu" },
      headers: { "x-github-api-version": "2026-03-10" },
    });
    expect(response).toMatchObject({
      status: 200,
      data: {
        workflow_run_id: 16_000_000_001,
        html_url: `${server.url}/octo-org/octo-repo/actions/runs/16000000001`,
      },
    });
    expect(sent()).toEqual([
      'POST actions/workflows/deploy.yml/dispatches {"ref":"refs/heads/main","inputs":{"target":"eu"}} 200',
    ]);
  });

  test("found its run by a marker in a step's name, with ETags, until version 3", async () => {
    repository.workflow("deploy.yml", {
      on: { workflow_dispatch: { inputs: { target: {}, distinct_id: {} } } },
      jobs: [{ name: "deploy", steps: ["echo ${{ inputs.distinct_id }}"] }],
    });
    const { actions } = client().rest;
    const start = new Date(fake.now()).toISOString();
    const { data: known } = await actions.listRepoWorkflows(where);
    const workflow_id = known.workflows.find(({ path }) => /\/deploy\.yml/.test(path))
      ?.id as number;
    await actions.createWorkflowDispatch({
      ...where,
      workflow_id: "deploy.yml",
      ref: "refs/heads/main",
      inputs: { target: "eu", distinct_id: "mine-2" },
    });
    const etags = new Map<string, string>();
    /** The action's `withEtag` of src/etag.ts: what has not changed is what came before. */
    const tagged = async <T extends { headers: { etag?: string } }>(
      key: string,
      ask: (headers: Record<string, string>) => Promise<T>,
    ): Promise<T | undefined> => {
      const etag = etags.get(key);
      try {
        const response = await ask(etag === undefined ? {} : { "If-None-Match": etag });
        if (response.headers.etag !== undefined) {
          etags.set(key, response.headers.etag.replace(/^W\/"(.*)"$/, "$1"));
        }
        return response;
      } catch (error) {
        if ((error as { status?: number }).status === 304) return undefined;
        throw error;
      }
    };
    const ids: number[] = [];
    const find = async (): Promise<number | undefined> => {
      const list = await tagged("runs", (headers) =>
        actions.listWorkflowRuns({
          ...where,
          workflow_id,
          created: `>=${start}`,
          event: "workflow_dispatch",
          branch: "main",
          per_page: 10,
          headers,
        }),
      );
      if (list !== undefined)
        ids.splice(0, ids.length, ...list.data.workflow_runs.map(({ id }) => id));
      for (const run_id of ids) {
        const jobs = await tagged(`jobs ${run_id}`, (headers) =>
          actions.listJobsForWorkflowRun({ ...where, run_id, filter: "latest", headers }),
        );
        const steps = jobs?.data.jobs.flatMap((job) => job.steps ?? []) ?? [];
        if (steps.some(({ name }) => name.includes("mine-2"))) {
          return (await actions.getWorkflowRun({ ...where, run_id })).data.id;
        }
      }
      return undefined;
    };
    expect(await find()).toBeUndefined();
    expect(await find()).toBeUndefined();
    fake.advance("15s");
    expect(await find()).toBe(16_000_000_001);
    const list = `GET actions/workflows/${workflow_id}/runs?created=%3E%3D2026-11-01T10%3A00%3A00.000Z&event=workflow_dispatch&branch=main&per_page=10`;
    expect(sent()).toEqual([
      "GET actions/workflows 200",
      'POST actions/workflows/deploy.yml/dispatches {"ref":"refs/heads/main","inputs":{"target":"eu","distinct_id":"mine-2"}} 204',
      `${list} 200`,
      "GET actions/runs/RUN1/jobs?filter=latest 200",
      // It takes the quotes off its tags, so that none matches.
      `${list} 200`,
      "GET actions/runs/RUN1/jobs?filter=latest 200",
      `${list} 200`,
      "GET actions/runs/RUN1/jobs?filter=latest 200",
      "GET actions/runs/RUN1 200",
    ]);
  });
});

// entrypoint.sh at 224756e, which asks with curl.
describe("convictional/trigger-workflow-and-wait", () => {
  const api = async (path: string, data?: object): Promise<unknown> => {
    const response = await fetch(`${server.url}/repos/octo-org/octo-repo/actions/${path}`, {
      method: data === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github.v3+json",
        "content-type": "application/json",
      },
      ...(data === undefined ? {} : { body: JSON.stringify(data) }),
    });
    // curl --fail-with-body
    if (!response.ok) throw new Error(await response.text());
    return response.status === 204 ? undefined : response.json();
  };

  test("finds the run since a date whose + is not escaped, and waits for its end", async () => {
    const since = "2026-11-01T09:58:00+00:00";
    const list = async (): Promise<number[]> => {
      const query = `event=workflow_dispatch&created=>=${since}&per_page=100`;
      const { workflow_runs: runs } = (await api(`workflows/deploy.yml/runs?${query}`)) as {
        workflow_runs: { id: number }[];
      };
      return runs.map(({ id }) => id).toSorted((a, b) => a - b);
    };
    const old = await list();
    await api("workflows/deploy.yml/dispatches", { ref: "main", inputs: { target: "eu" } });
    fake.advance("10s");
    const id = (await list()).find((one) => !old.includes(one));
    const seen: unknown[] = [];
    for (let polls = 0; polls < 30 && seen.at(-1) !== "completed success"; polls += 1) {
      fake.advance("10s");
      const { status, conclusion } = (await api(`runs/${id}`)) as Record<string, string | null>;
      seen.push(`${status} ${conclusion}`);
    }
    expect(seen.at(-1)).toBe("completed success");
    const listed =
      "GET actions/workflows/deploy.yml/runs?event=workflow_dispatch&created=%3E=2026-11-01T09:58:00+00:00&per_page=100 200";
    expect(sent().slice(0, 4)).toEqual([
      listed,
      'POST actions/workflows/deploy.yml/dispatches {"ref":"main","inputs":{"target":"eu"}} 204',
      listed,
      "GET actions/runs/RUN1 200",
    ]);
    expect(refused(fake.requests)).toEqual([]);
  });
});
