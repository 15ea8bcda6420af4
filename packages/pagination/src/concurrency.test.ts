import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const runs = evenly(1000, 86_400);

test.each([1, 2, 3, 8])(
  "concurrency: %d is the most that is under way, and it is used",
  async (concurrency) => {
    await using server = await new GitHubServer({ runs, latency: () => 40 }).listen();
    const github = createClient({ baseUrl: server.url });
    await paginate(github, "listWorkflowRunsForRepo", repository, { concurrency }).toArray();
    expect(server.busiest).toBe(concurrency);
  },
);

test("it is 3 by default", async () => {
  await using server = await new GitHubServer({ runs, latency: () => 40 }).listen();
  const github = createClient({ baseUrl: server.url });
  await paginate(github, "listWorkflowRunsForRepo", repository).toArray();
  expect(server.busiest).toBe(3);
});

test("pages that arrive out of order are given out in order", async () => {
  await using server = await new GitHubServer({
    runs,
    latency: (_, index) => (index % 3 === 1 ? 30 : 0),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const found = await paginate(github, "listWorkflowRunsForRepo", repository).toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
});

test("no more is requested than the consumer comes near", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  let taken = 0;
  for await (const _run of paginate(github, "listWorkflowRunsForRepo", repository)) {
    if (++taken % 45 !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 10));
    // The pages looked at, and three ahead of them once the last is half read.
    const most = taken < 50 ? 1 : Math.ceil(taken / 98) + 3;
    expect(server.seen.length).toBeLessThanOrEqual(most);
  }
  expect(taken).toBe(1000);
});

test("take(5) is one request, for five; take(250) is three", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  const ids = server.runs.map(({ id }) => id);
  expect((await list.take(5)).map(({ id }) => id)).toEqual(ids.slice(0, 5));
  expect(server.seen.map(({ query }) => query)).toEqual([{ per_page: "5" }]);
  expect((await list.take(250)).map(({ id }) => id)).toEqual(ids.slice(0, 250));
  expect(server.seen).toHaveLength(4);
  expect(await list.take(0)).toEqual([]);
  expect(server.seen).toHaveLength(4);
});

test("a consumer who leaves at the first item has sent one request", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  for await (const _run of paginate(github, "listWorkflowRunsForRepo", repository)) break;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.seen).toHaveLength(1);
});

test("leaving the loop cancels what is in flight", async () => {
  await using server = await new GitHubServer({
    runs,
    latency: (_, index) => (index === 0 ? 0 : 60_000),
  }).listen();
  const github = createClient({ baseUrl: server.url });
  let taken = 0;
  for await (const _run of paginate(github, "listWorkflowRunsForRepo", repository)) {
    if (++taken < 80) continue;
    await expect.poll(() => server.seen.length, { timeout: 60_000 }).toBe(4);
    break;
  }
  const aborted = (): number => server.seen.filter(({ aborted }) => aborted).length;
  await expect.poll(aborted, { timeout: 60_000 }).toBe(3);
  expect(server.seen).toHaveLength(4);
});

test("a per_page of the caller's is about what a page brings", async () => {
  await using server = await new GitHubServer({ runs: evenly(100, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const sizes: number[] = [];
  const list = paginate(github, "listWorkflowRunsForRepo", { ...repository, per_page: 30 });
  for await (const { items } of list.pages()) sizes.push(items.length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  expect(sizes[0]).toBe(30);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(30);
});
