import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };

test("after a secondary rate limit, which the client waits out, what was not sent yet is read one by one", async () => {
  const runs = evenly(1000, 86_400);
  let refused = false;
  await using server = await new GitHubServer({
    runs,
    latency: () => 20,
    refuse: (_, index) => {
      if (index !== 4) return undefined;
      refused = true;
      // What was under way then has its response by that time.
      setTimeout(() => (server.busiest = 0), 500);
      return {
        status: 403,
        headers: { "retry-after": "1" },
        message: "You have exceeded a secondary rate limit. Please wait a few minutes.",
      };
    },
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  const found = await list.toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
  expect(refused).toBe(true);
  expect(server.busiest).toBe(1);
});

test("counting by pieces goes on one by one after a secondary rate limit", async () => {
  const runs = evenly(30_000, 90 * 86_400);
  await using server = await new GitHubServer({
    runs,
    latency: () => 5,
    refuse: (_, index) => {
      if (index !== 6) return undefined;
      setTimeout(() => (server.busiest = 0), 500);
      return { status: 429, headers: { "retry-after": "1" }, message: "secondary rate limit" };
    },
  }).listen();
  const github = createClient({ baseUrl: server.url });
  const parameters = { ...repository, status: "failure" } as const;
  const list = paginate(github, "listWorkflowRunsForRepo", parameters);
  expect(await list.count()).toBe(runs.length);
  expect(server.busiest).toBe(1);
});

test.each([
  ["longer than the client waits", 90, {}],
  ["that the client is not to wait for", 1, { maxWait: 0 }],
])("a limit %s is the caller's, with the cursor to go on from", async (_, seconds, rateLimit) => {
  await using server = await new GitHubServer({
    runs: evenly(1000, 86_400),
    refuse: (_, index) =>
      index === 4
        ? { status: 403, headers: { "retry-after": `${seconds}` }, message: "secondary rate limit" }
        : undefined,
  }).listen();
  const github = createClient({ baseUrl: server.url, rateLimit });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  await expect(list.toArray()).rejects.toMatchObject({
    name: "RateLimitError",
    limit: "secondary",
    cursor: expect.stringMatching(/^wr2\./),
  });
});
