import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { secondaryLimit } from "./rate-limit.ts";
import { GitHubServer } from "../test/github-server.ts";
import { evenly } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const refusal = {
  status: 403,
  headers: { "retry-after": "0" },
  message:
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
};

test("a secondary rate limit that the client hands on drops the pages ahead, and the rest is read one by one", async () => {
  let refused = 0;
  let busiest = 0;
  let busy = 0;
  const runs = evenly(1000, 86_400);
  await using server = await new GitHubServer({
    runs,
    latency: () => 10,
    refuse: (_, index) => (index === 4 ? (refused++, refusal) : undefined),
    before: (_, index) => {
      if (index > 8) busiest = Math.max(busiest, busy);
    },
  }).listen();
  const github = createClient({
    baseUrl: server.url,
    rateLimit: false,
    middleware: [
      async (request, next) => {
        busy++;
        try {
          const response = await next(request);
          if (response.status !== 403) return response;
          // As core does when the wait is longer than its `maxWait`.
          throw Object.assign(new Error("secondary rate limit"), {
            name: "RateLimitError",
            limit: "secondary",
            retryAt: new Date(),
          });
        } finally {
          busy--;
        }
      },
    ],
  });
  const found = await paginate(github, "listWorkflowRunsForRepo", repository).toArray();
  expect(found.map(({ id }) => id)).toEqual(server.runs.map(({ id }) => id));
  expect(refused).toBe(1);
  expect(busiest).toBe(1);
});

test("only a secondary limit within a minute is waited out here", () => {
  const error = (limit: string, seconds: number): unknown => ({
    name: "RateLimitError",
    limit,
    retryAt: new Date(seconds * 1000),
  });
  expect(secondaryLimit(error("secondary", 60), 0)).toEqual(new Date(60_000));
  expect(secondaryLimit(error("secondary", 61), 0)).toBeUndefined();
  expect(secondaryLimit(error("primary", 1), 0)).toBeUndefined();
  expect(secondaryLimit(new Error("other"), 0)).toBeUndefined();
  expect(secondaryLimit(undefined, 0)).toBeUndefined();
});
