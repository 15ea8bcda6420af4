import { createClient } from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const jobs = Array.from({ length: 530 }, (_, index) => 9000 + index);

test("all jobs of a run, beyond 100, each once; there is no limit, and total_count is exact", async () => {
  await using server = await new GitHubServer({ jobs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listJobsForWorkflowRun", { ...run, filter: "all" });
  expect((await list.toArray()).map(({ id }) => id)).toEqual(jobs);
  expect(list.totalCount).toEqual({ count: 530, exact: true });
  expect(server.seen.every(({ query }) => query["filter"] === "all" && !("created" in query))).toBe(
    true,
  );
  const before = server.seen.length;
  expect(await list.count()).toBe(530);
  expect(server.seen).toHaveLength(before + 1);
});

test("the jobs of an attempt", async () => {
  await using server = await new GitHubServer({ jobs: jobs.slice(0, 130) }).listen();
  const github = createClient({ baseUrl: server.url });
  const attempt = { ...run, attempt_number: 2 };
  const found = await paginate(github, "listJobsForWorkflowRunAttempt", attempt).toArray();
  expect(found).toHaveLength(130);
  expect(server.seen[0]?.path).toBe("/repos/o/r/actions/runs/42/attempts/2/jobs");
});

test("jobs that come and go between any two pages lose and double nothing", async () => {
  const change = fc.record({
    latency: fc.nat({ max: 3 }),
    added: fc.array(fc.nat(), { maxLength: 2 }),
    removed: fc.array(fc.nat(), { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 150 }),
      fc.array(change, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 40 }),
      async (count, changes, concurrency, per_page) => {
        const there = jobs.slice(0, count);
        let fresh = 1;
        await using server = await new GitHubServer({
          jobs: there,
          latency: (_, index) => changes[index]?.latency ?? 0,
          refuse: (_, index) => (index > 2000 ? { status: 404, message: "no end" } : undefined),
          before: (_, index) => {
            const { added = [], removed = [] } = changes[index] ?? {};
            for (const at of added) there.splice(at % (there.length + 1), 0, fresh++);
            for (const at of removed) there.splice(at % (there.length + 1), 1);
            server.setJobs(there);
          },
        }).listen();
        const github = createClient({ baseUrl: server.url });
        const list = paginate(
          github,
          "listJobsForWorkflowRun",
          { ...run, per_page },
          { concurrency },
        );
        const ids = (await list.toArray()).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const lost = there.filter((id) => id >= 9000 && !ids.includes(id));
        expect(lost).toEqual([]);
      },
    ),
    { numRuns: Number(process.env["DRIFT_RUNS"] ?? 50), seed: 20_261 },
  );
}, 120_000);

test("a jobs list goes on from its cursor, also when jobs were added", async () => {
  await using server = await new GitHubServer({ jobs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listJobsForWorkflowRun", run);
  const first = await list.take(150);
  server.setJobs([...jobs, 1, 2, 3]);
  const rest = await paginate(github, "listJobsForWorkflowRun", run, {
    from: list.cursor,
  }).toArray();
  expect([...first, ...rest].map(({ id }) => id)).toEqual([...jobs, 1, 2, 3]);
});
