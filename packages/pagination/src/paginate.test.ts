import { createClient, type Job, ParameterError, type WorkflowRun } from "@workflow-runs/core";
import { expect, expectTypeOf, test } from "vitest";
import { type List, type ListPage, paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };

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
  const list = paginate(github, "listWorkflowRunsForRepo", { ...repository, ...filter });
  const found = await list.toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
  expect(await list.count()).toBe(runs.length);
});

test("nothing is sent before the first item is read", async () => {
  await using server = await new GitHubServer({ runs: evenly(10, 60) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  list.pages();
  expect(list.totalCount).toBeUndefined();
  expect(server.seen).toHaveLength(0);
});

test("a list can be read again, and sees what has changed", async () => {
  await using server = await new GitHubServer({ runs: evenly(10, 60) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  expect(await list.toArray()).toHaveLength(10);
  server.add(...evenly(5, 60, 1_900_000_000));
  expect(await list.toArray()).toHaveLength(15);
  expect(list.totalCount).toEqual({ count: 15, exact: true });
});

test("pages have items, the whole list's total, the response and a cursor; an empty list has one page", async () => {
  await using server = await new GitHubServer({ runs: evenly(150, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const pages: ListPage<WorkflowRun>[] = [];
  for await (const page of paginate(github, "listWorkflowRunsForRepo", repository).pages())
    pages.push(page);
  expect(pages.map(({ items }) => items.length)).toEqual([100, 50]);
  for (const { response, totalCount, cursor } of pages) {
    expect(response.status).toBe(200);
    expect(totalCount).toEqual({ count: 150, exact: true });
    expect(cursor).toMatch(/^wr2\./);
  }
  server.remove(...server.runs.map(({ id }) => id));
  const empty: number[] = [];
  for await (const { items } of paginate(github, "listWorkflowRunsForRepo", repository).pages())
    empty.push(items.length);
  expect(empty).toEqual([0]);
});

test("onProgress is called for every page", async () => {
  await using server = await new GitHubServer({ runs: evenly(250, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const calls: unknown[] = [];
  const onProgress = (progress: object): void => void calls.push(progress);
  await paginate(github, "listWorkflowRunsForRepo", repository, { onProgress }).toArray();
  const total = { totalCount: { count: 250, exact: true } };
  expect(calls).toEqual([
    { items: 100, requests: 1, ...total },
    { items: 196, requests: 3, ...total },
    { items: 250, requests: 3, ...total },
  ]);
});

test("the caller's parameters go with every request", async () => {
  await using server = await new GitHubServer({
    runs: evenly(300, 86_400).map((run) => Object.assign(run, { workflow: "ci.yml" })),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRuns", {
    ...repository,
    workflow_id: "ci.yml",
    event: "push",
    exclude_pull_requests: true,
  });
  await list.toArray();
  for (const { path, query } of server.seen) {
    expect(path).toBe("/repos/o/r/actions/workflows/ci.yml/runs");
    expect(query).toMatchObject({ event: "push", exclude_pull_requests: "true" });
  }
});

test("an operation that is no list is a type error, and refused", () => {
  const github = createClient();
  const run = { ...repository, run_id: 1 };
  expect(() =>
    // @ts-expect-error: not a list
    paginate(github, "getWorkflowRun", run),
  ).toThrow('operation is "getWorkflowRun", not a list. Lists: listJobs');
  expect(() =>
    // @ts-expect-error: not an operation
    paginate(github, "listEverything", run),
  ).toThrow(ParameterError);
});

test("take() of anything but a number of items is refused", async () => {
  const list = paginate(createClient(), "listWorkflowRunsForRepo", repository);
  await expect(list.take(-1)).rejects.toThrow("take(count) is -1, not a number of items");
  await expect(list.take(1.5)).rejects.toThrow(ParameterError);
});

test("items and parameters are typed by the operation", () => {
  const github = createClient();
  const runs = paginate(github, "listWorkflowRunsForRepo", { ...repository, status: "failure" });
  expectTypeOf(runs).toEqualTypeOf<List<WorkflowRun>>();
  const jobs = paginate(github, "listJobsForWorkflowRun", { ...repository, run_id: 1 });
  expectTypeOf(jobs).toEqualTypeOf<List<Job>>();
  const bound = paginate(github.repository("o/r"), "listWorkflowRunsForRepo", { event: "push" });
  expectTypeOf(bound).toEqualTypeOf<List<WorkflowRun>>();

  // @ts-expect-error: run_id is missing
  paginate(github, "listJobsForWorkflowRun", repository);
  // @ts-expect-error: misspelt
  paginate(github, "listWorkflowRunsForRepo", { ...repository, brnach: "main" });
  expect(() =>
    // @ts-expect-error: pages are counted here
    paginate(github, "listWorkflowRunsForRepo", { ...repository, page: 2 }),
  ).toThrow(ParameterError);
  expect(() =>
    paginate(github, "listWorkflowRunsForRepo", repository, {
      // @ts-expect-error: not one of the three
      beyondLimit: "all",
    }),
  ).toThrow(ParameterError);
});
