import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { describe, expect, onTestFinished, test } from "vitest";
import { promptFor } from "../src/agent.ts";
import { commentOnFailure } from "../src/comment-on-failure.ts";
import { dashboard } from "../src/dashboard.ts";
import { flakyJobs } from "../src/flaky-finder.ts";
import { release } from "../src/release-bot.ts";
import { syncToSqlite } from "../src/sync-to-sqlite.ts";

const where = { owner: "octo-org", repo: "octo-repo" };

function setUp() {
  const fake = createActionsFake();
  return {
    fake,
    repository: fake.repository("octo-org/octo-repo"),
    github: createClient({ fetch: fake.fetch, auth: "token" }),
  };
}

test("the flaky finder names the step that failed first and passed later", async () => {
  const { repository, github } = setUp();
  const jobs = [
    { name: "lint", steps: [{ name: "Run lint" }] },
    { name: "test", steps: [{ name: "Run test", conclusion: ["failure", "success"] as const }] },
  ];
  const run = repository.createRun({ status: "completed", jobs });
  repository.createRun({ status: "completed", conclusion: "failure" });
  await github.reRunWorkflow({ ...where, run_id: run.id });
  run.complete();
  const flaky = await flakyJobs(github, where, new Date(0));
  expect(flaky.map(({ name, step, failures }) => [name, step, failures.length])).toEqual([
    ["test", "Run test", 1],
  ]);
});

test("the dashboard has a line for each workflow of the branch", async () => {
  const { repository, github } = setUp();
  for (const conclusion of ["success", "success", "failure", "success"] as const)
    repository.createRun({ name: "CI", branch: "main", status: "completed", conclusion });
  repository.createRun({ name: "Docs", workflow: "docs.yml", branch: "main", status: "completed" });
  repository.createRun({ name: "CI", branch: "topic", status: "completed" });
  const lines = await dashboard(github, where, { branch: "main", last: 50 });
  expect(
    lines.map(({ name, runs, firstAttemptSuccess }) => [name, runs, firstAttemptSuccess]),
  ).toEqual([
    ["CI", 4, 0.75],
    ["Docs", 1, 1],
  ]);
});

test("a failure is commented on by an Octokit with the client's token and budget", async () => {
  const { fake, repository, github } = setUp();
  const jobs = [{ name: "test", steps: [{ name: "Run test", conclusion: "failure" as const }] }];
  const { id } = repository.createRun({ status: "completed", jobs });
  const comments: unknown[] = [];
  fake.handle("GET /repos/:owner/:repo/commits/:sha/pulls", () => Response.json([{ number: 7 }]));
  fake.handle("POST /repos/:owner/:repo/issues/:number/comments", ({ path, body, login }) => {
    comments.push({ path, body, login });
    return Response.json({ id: 1 }, { status: 201 });
  });
  expect(await commentOnFailure(github, { ...where, run_id: id })).toEqual([7]);
  expect(comments).toMatchObject([
    {
      path: { number: "7" },
      body: { body: expect.stringMatching(/failed:\n```\n[^]*Run test/) },
    },
  ]);
  // The host of the logs never sees the token; each other request has it, and is of one budget.
  const sent = fake.requests.filter(({ operation }) => operation !== "logs");
  for (const { headers } of sent) expect(headers).toMatchObject({ authorization: "Bearer ***" });
  const { limit = 0, remaining = 0 } = github.rateLimit ?? {};
  expect(limit - remaining).toBe(sent.length);
});

test("Octokit does not try again what the client has tried again", async () => {
  const fake = createActionsFake();
  const jobs = [{ name: "test", steps: [{ name: "Run test", conclusion: "failure" as const }] }];
  const { id } = fake.repository("octo-org/octo-repo").createRun({ status: "completed", jobs });
  let requests = 0;
  fake.handle("GET /repos/:owner/:repo/commits/:sha/pulls", () => {
    requests += 1;
    return new Response("", { status: 502 });
  });
  const github = createClient({ fetch: fake.fetch, auth: "token", retry: { maxDelay: 1 } });
  await expect(commentOnFailure(github, { ...where, run_id: id })).rejects.toMatchObject({
    status: 502,
  });
  expect(requests).toBe(4);
});

test("the agent's prompt has the reason, framed", async () => {
  const { repository, github } = setUp();
  const { id } = repository.createRun({
    status: "completed",
    jobs: [
      {
        name: "build",
        steps: [
          {
            name: "Run tsc",
            conclusion: "failure",
            log: ["src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'."],
          },
        ],
      },
    ],
  });
  const prompt = await promptFor(github, { ...where, run_id: id });
  expect(prompt).toContain("TS2322");
  expect(prompt.indexOf("<<<LOG")).toBeLessThan(prompt.indexOf("TS2322"));
});

test("the copy in SQLite has every run, and what changed later", async () => {
  const { repository, github } = setUp();
  repository.createRuns(150);
  const running = repository.createRun({ name: "Deploy" });
  const folder = mkdtempSync(join(tmpdir(), "workflow-runs-cookbook-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "runs.sqlite");
  const conclusions = (): unknown => {
    using database = new DatabaseSync(file);
    return database
      .prepare("SELECT count(*) AS runs, max(conclusion) FILTER (WHERE id = ?) AS deploy FROM runs")
      .get(running.id);
  };
  await syncToSqlite(github, where, file);
  expect(conclusions()).toEqual({ runs: 151, deploy: null });
  running.complete("failure");
  repository.createRun({ name: "CI" });
  await syncToSqlite(github, where, file);
  expect(conclusions()).toEqual({ runs: 152, deploy: "failure" });
});

describe("the release bot", () => {
  /** A repository with a commit whose checks run, and a release workflow with a staging environment. */
  function withRelease(conclusions: {
    checks: "success" | "failure";
    release: "success" | "failure";
  }) {
    let time = Date.parse("2026-01-01T00:00:00Z");
    const fake = createActionsFake({ clock: () => time });
    const repository = fake.repository("octo-org/octo-repo");
    repository.workflow("release.yml", {
      on: { workflow_dispatch: { inputs: { version: { required: true } } } },
      jobs: [
        {
          name: "publish",
          environment: "staging",
          steps: [
            {
              name: "Publish",
              conclusion: conclusions.release,
              log: ["npm error 403 Forbidden - PUT https://registry.npmjs.org/octo"],
            },
          ],
        },
      ],
    });
    const head_sha = "5b1c3f0a9e7d2c4b6a8f0e1d3c5b7a9f8e6d4c2b";
    repository.createRun({
      name: "CI",
      branch: "main",
      head_sha,
      jobs: [{ name: "test", steps: [{ name: "Run test", conclusion: conclusions.checks }] }],
    });
    return {
      fake,
      commit: { head_sha, version: "1.2.0" },
      github: createClient({ fetch: fake.fetch, auth: "token" }),
      clock: {
        now: () => time,
        sleep: async (ms: number) => {
          time += ms;
        },
      },
    };
  }

  test("waits for the checks, dispatches, approves staging, and names the release", async () => {
    const { github, commit, clock, fake } = withRelease({ checks: "success", release: "success" });
    expect(await release(github, where, commit, clock)).toMatch(/^released 1\.2\.0: https:/);
    const reviews = fake.requests.filter(
      ({ method, url }) => method === "POST" && url.endsWith("/pending_deployments"),
    );
    expect(reviews).toHaveLength(1);
  });

  test("does not release what has not passed", async () => {
    const { github, commit, clock } = withRelease({ checks: "failure", release: "success" });
    expect(await release(github, where, commit, clock)).toBe("not released: CI failed");
  });

  test("says why the release failed", async () => {
    const { github, commit, clock } = withRelease({ checks: "success", release: "failure" });
    const said = await release(github, where, commit, clock);
    expect(said).toMatch(/^the release failed: /);
    expect(said).toContain("403 Forbidden");
  });
});
