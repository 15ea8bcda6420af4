import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { openRunLogs } from "./index.ts";

const [owner, repo] = ["octo-org", "octo-repo"];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("gives the jobs and steps of the API, and the failing step with the lines before its error", async () => {
  const fake = createActionsFake();
  const run = fake.repository(`${owner}/${repo}`).createRun({
    workflow: "build.yml",
    jobs: [
      { name: "lint / a", steps: ["Set up job", "npm run lint"], conclusion: "success" },
      { name: "test", steps: ["Set up job", "npm test"], conclusion: "failure" },
    ],
  });
  run.complete("failure");
  const github = createClient({ fetch: fake.fetch, auth: "secret" });

  const logs = await openRunLogs(github, { owner, repo, run_id: run.id });

  expect(logs.jobs.map(({ name, conclusion, origin }) => [name, conclusion, origin])).toEqual([
    ["lint / a", "success", "archive"],
    ["test", "failure", "archive"],
  ]);
  const failures = await all(logs.failures({ context: 2 }));
  expect(failures.map(({ job, step }) => [job.name, step?.name])).toEqual([["test", "npm test"]]);
  expect(failures[0]?.lines.map(({ level }) => level)).toEqual(["output", "output", "error"]);
  expect(failures[0]?.errors.map(({ text }) => text)).toEqual([
    "Process completed with exit code 1.",
  ]);
});
