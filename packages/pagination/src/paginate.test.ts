import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer, type StoredRun } from "../test/github-server.ts";

function evenly(count: number, seconds: number): StoredRun[] {
  const start = Date.UTC(2026, 0, 1) / 1000;
  return Array.from({ length: count }, (_, index) => ({
    id: 1000 + index,
    created: start + Math.floor((index * seconds) / count),
    status: "failure",
  }));
}

test.each([
  { what: "nothing", runs: [], filter: {} },
  { what: "three pages", runs: evenly(250, 86_400), filter: {} },
  {
    what: "3,000 matches of a filter, which GitHub cuts at 1,000",
    runs: evenly(3000, 864_000),
    filter: { status: "failure" } as const,
  },
])("$what: every run once, newest first, and counted", async ({ runs, filter }) => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", { owner: "o", repo: "r", ...filter });
  const found = await list.toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
  expect(await list.count()).toBe(runs.length);
});

test("take(5) is one request, for five", async () => {
  await using server = await new GitHubServer({ runs: evenly(250, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", { owner: "o", repo: "r" });
  expect(await list.take(5)).toHaveLength(5);
  expect(server.seen.map(({ query }) => query)).toEqual([{ per_page: "5" }]);
});
