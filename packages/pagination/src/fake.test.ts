import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";

const start = Date.parse("2026-11-01T10:00:00Z");
const parameters = { owner: "octo-org", repo: "octo-repo" };

test("the fake's runs, of a filter and of a workflow, past its silent end after 1,000", async () => {
  const fake = createActionsFake({ clock: () => start });
  const repository = fake.repository("octo-org/octo-repo");
  repository.createRuns(1400, { workflow: "build.yml", branch: "main" });
  repository.createRuns(150, { workflow: "deploy.yml", branch: "main" });
  const github = createClient({ fetch: fake.fetch });

  const filtered = { ...parameters, branch: "main" };
  const found = await paginate(github, "listWorkflowRunsForRepo", filtered).toArray();
  expect(new Set(found.map(({ id }) => id)).size).toBe(1550);
  expect(found).toHaveLength(1550);
  const times = found.map(({ created_at }) => created_at);
  expect(times).toEqual(times.toSorted().toReversed());

  const workflow = { ...parameters, workflow_id: "deploy.yml" };
  const list = paginate(github, "listWorkflowRuns", workflow);
  expect(await list.toArray()).toHaveLength(150);
  expect(await list.count()).toBe(150);
});

test("all jobs of a run", async () => {
  const fake = createActionsFake({ clock: () => start });
  const jobs = Array.from({ length: 230 }, (_, index) => ({ name: `job ${index}` }));
  const { id: run_id } = fake.repository("octo-org/octo-repo").createRun({ jobs });
  const repository = createClient({ fetch: fake.fetch }).repository("octo-org/octo-repo");
  const found = await paginate(repository, "listJobsForWorkflowRun", { run_id }).toArray();
  expect(new Set(found.map(({ name }) => name)).size).toBe(230);
});
