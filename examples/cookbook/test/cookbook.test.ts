import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { promptFor } from "../src/agent.ts";
import { dashboard } from "../src/dashboard.ts";
import { flakyJobs } from "../src/flaky-finder.ts";

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
