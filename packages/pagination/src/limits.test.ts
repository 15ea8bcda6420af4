import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { BeyondLimitError, paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const failures = { ...repository, status: "failure" } as const;

test('beyondLimit "error" throws before the first item, and names both numbers', async () => {
  await using server = await new GitHubServer({ runs: evenly(1001, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", failures, { beyondLimit: "error" });
  const reading = list[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toBeInstanceOf(BeyondLimitError);
  await expect(reading).rejects.toMatchObject({ limit: 1000, totalCount: 1001 });
  expect(server.seen).toHaveLength(1);
});

test('beyondLimit "error" lets through what GitHub shows: a list of 1,000, and take() within it', async () => {
  await using server = await new GitHubServer({ runs: evenly(1000, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const beyondLimit = "error";
  const whole = paginate(github, "listWorkflowRunsForRepo", failures, { beyondLimit });
  expect(await whole.toArray()).toHaveLength(1000);
  server.add(...evenly(500, 60, 1));
  expect(await whole.take(1000)).toHaveLength(1000);
  await expect(whole.take(1001)).rejects.toMatchObject({ name: "BeyondLimitError" });
});

test('beyondLimit "truncate" stops at 1,000 and says so', async () => {
  await using server = await new GitHubServer({ runs: evenly(1200, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", failures, { beyondLimit: "truncate" });
  expect(list.truncated).toBe(false);
  const found = await list.toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.slice(0, 1000).map(({ id }) => id));
  expect(list.truncated).toBe(true);
});

test.each([1000, 999])(
  '"truncate" of a list of %d leaves nothing out, and does not say so',
  async (count) => {
    await using server = await new GitHubServer({ runs: evenly(count, 86_400) }).listen();
    const github = createClient({ baseUrl: server.url });
    const list = paginate(github, "listWorkflowRunsForRepo", failures, { beyondLimit: "truncate" });
    expect(await list.toArray()).toHaveLength(count);
    expect(list.truncated).toBe(false);
  },
);

test('"truncate" goes on from a cursor to the same 1,000, and take() is not truncation', async () => {
  await using server = await new GitHubServer({ runs: evenly(1200, 86_400) }).listen();
  const github = createClient({ baseUrl: server.url });
  const options = { beyondLimit: "truncate" } as const;
  const list = paginate(github, "listWorkflowRunsForRepo", failures, options);
  expect(await list.take(800)).toHaveLength(800);
  expect(list.truncated).toBe(false);
  const from = list.cursor;
  const rest = paginate(github, "listWorkflowRunsForRepo", failures, { ...options, from });
  expect(await rest.toArray()).toHaveLength(200);
  expect(rest.truncated).toBe(true);
  const none = { ...options, from: rest.cursor };
  const over = paginate(github, "listWorkflowRunsForRepo", failures, none);
  expect(await over.toArray()).toEqual([]);
  expect(over.truncated).toBe(true);
  const more = paginate(github, "listWorkflowRunsForRepo", failures, { from: rest.cursor });
  expect(await more.toArray()).toHaveLength(200);
});

test("an unfiltered list is limited at 40,000 instead", async () => {
  await using server = await new GitHubServer({ runs: evenly(40_001, 86_400_0) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository, { beyondLimit: "error" });
  await expect(list.take(40_001)).rejects.toMatchObject({ limit: 40_000, totalCount: 40_000 });
  expect(await list.take(3)).toHaveLength(3);
});

test("a server that does not know `created` is read by page numbers", async () => {
  await using server = await new GitHubServer({
    runs: evenly(730, 86_400),
    ignoresCreated: true,
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const found = await paginate(github, "listWorkflowRunsForRepo", repository).toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
});

test.each([
  [{ message: "hello" }, "no total_count and workflow_runs"],
  [[], "no total_count and workflow_runs"],
])("a response that is not GitHub's list is an error: %j", async (body, message) => {
  const github = createClient({ fetch: async () => Response.json(body) });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  await expect(list.toArray()).rejects.toThrow(message);
});
