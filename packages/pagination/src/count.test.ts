import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { CrowdedSecondError, paginate } from "./index.ts";
import { createdRange, GitHubServer } from "../test/github-server.ts";
import { burst, evenly, newYear } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const failures = { ...repository, status: "failure" } as const;

test.each([
  { what: "a filtered list below 2,500", runs: evenly(2499, 86_400), parameters: failures },
  { what: "an unfiltered list below 40,000", runs: evenly(39_999, 86_400), parameters: repository },
])("$what is one request for one run", async ({ runs, parameters }) => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  expect(await paginate(github, "listWorkflowRunsForRepo", parameters).count()).toBe(runs.length);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]?.query["per_page"]).toBe("1");
});

test.each([
  { what: "2,500 matches", runs: evenly(2500, 86_400), parameters: failures },
  { what: "30,000 matches", runs: evenly(30_000, 90 * 86_400), parameters: failures },
  {
    what: "matches that crowd in a few seconds",
    runs: [0, 1, 2, 3].flatMap((s) => burst(2400, newYear + s)),
    parameters: failures,
  },
  { what: "45,000 runs in all", runs: evenly(45_000, 90 * 86_400), parameters: repository },
  {
    what: "the caller's own range",
    runs: evenly(30_000, 90 * 86_400),
    parameters: { ...repository, created: "2026-01-10T12:00:00+02:00..2026-02-10" },
  },
])("$what are counted by pieces, exactly", async ({ runs, parameters }) => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", parameters, { concurrency: 2 });
  const { from, to } = createdRange("created" in parameters ? parameters.created : "*..*");
  const inside = runs.filter(({ created }) => created >= from && created <= to);
  expect(await list.count()).toBe(inside.length);
  expect(server.busiest).toBeLessThanOrEqual(2);
});

test("2,500 in one second cannot be counted: the error names the second", async () => {
  await using server = await new GitHubServer({ runs: burst(2600, newYear + 7) }).listen();
  const github = createClient({ baseUrl: server.url });
  const counting = paginate(github, "listWorkflowRunsForRepo", failures).count();
  await expect(counting).rejects.toBeInstanceOf(CrowdedSecondError);
  await expect(counting).rejects.toMatchObject({
    second: "2026-01-01T00:00:07Z",
    count: 2500,
    countIsLowerBound: true,
  });
});
