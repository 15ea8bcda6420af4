import { expect, test } from "vitest";
import { createClient, type Job, WorkflowRunsError } from "@workflow-runs/core";
import { listAllJobs } from "@workflow-runs/core/support";
import { json, serve } from "../../test/local-server.ts";

const run = { owner: "octo-org", repo: "octo-repo", run_id: 42 };
const jobs = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index }) as Job);

interface Page {
  readonly jobs: Job[];
  readonly total_count: number;
  readonly link?: string;
}

/** Lists what a server with these pages holds; behind the last of them come empty ones. */
async function listed(pages: readonly Page[], attempt_number?: number) {
  await using server = await serve((request, response) => {
    const number = Number(new URL(request.url, "http://server").searchParams.get("page"));
    const { link, ...body } = pages[number - 1] ?? { jobs: [], total_count: pages[0]!.total_count };
    json(response, 200, body, link === undefined ? {} : { link });
  });
  const client = createClient({ baseUrl: server.url, retry: false });
  const result = await listAllJobs(client, { ...run, attempt_number });
  return { ids: result.map(({ id }) => id), urls: server.received.map(({ url }) => url) };
}

const next =
  '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"';
const last =
  '<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?page=1>; rel="first"';

test("a list of one page costs one request", async () => {
  const { ids, urls } = await listed([{ jobs: jobs(1, 3), total_count: 3 }]);
  expect(ids).toEqual([1, 2, 3]);
  expect(urls).toHaveLength(1);
});

test("a short page is no end while Link has a next one", async () => {
  const { ids, urls } = await listed([
    { jobs: jobs(1, 60), total_count: 150, link: next },
    { jobs: jobs(61, 61), total_count: 150, link: next },
    { jobs: jobs(62, 150), total_count: 150, link: last },
  ]);
  expect(ids).toHaveLength(150);
  expect(urls).toHaveLength(3);
});

test("a Link without a next page is the end, whatever the count says", async () => {
  const { ids, urls } = await listed([
    { jobs: jobs(1, 100), total_count: 300, link: next },
    { jobs: jobs(101, 150), total_count: 300, link: last },
  ]);
  expect(ids).toHaveLength(150);
  expect(urls).toHaveLength(2);
});

test("a server without Link is read by the count, with pages of its own size", async () => {
  const { ids } = await listed([
    { jobs: jobs(1, 30), total_count: 70 },
    { jobs: jobs(31, 60), total_count: 70 },
    { jobs: jobs(61, 70), total_count: 70 },
  ]);
  expect(ids).toHaveLength(70);
});

test("a count that is too high ends with the empty page", async () => {
  const { ids, urls } = await listed([{ jobs: jobs(1, 15), total_count: 16 }]);
  expect(ids).toHaveLength(15);
  expect(urls).toHaveLength(2);
});

test("a job that moved to the next page comes once", async () => {
  const { ids } = await listed([
    { jobs: jobs(1, 100), total_count: 101, link: next },
    { jobs: jobs(100, 101), total_count: 101, link: last },
  ]);
  expect(ids).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
});

test("pages that repeat themselves without end are an error that says so", async () => {
  const page = { jobs: jobs(1, 30), total_count: 800, link: next };
  const reading = listed(Array.from({ length: 50 }, () => page));
  await expect(reading).rejects.toThrow(WorkflowRunsError);
  await expect(reading).rejects.toThrow(
    "pages 2 to 4 hold no job that earlier pages do not hold, and 800 jobs are counted, 30 listed",
  );
});

test("an attempt's jobs are requested by its number", async () => {
  const { urls } = await listed([{ jobs: jobs(1, 1), total_count: 1 }], 2);
  expect(urls[0]).toContain("/actions/runs/42/attempts/2/jobs?");
});

test.each([{}, [], { total_count: 1 }, { jobs: null, total_count: 0 }])(
  "%j is no list of jobs",
  async (body) => {
    await using server = await serve((_, response) => json(response, 200, body));
    const client = createClient({ baseUrl: server.url, retry: false });
    const refused = listAllJobs(client, run);
    await expect(refused).rejects.toThrow(WorkflowRunsError);
    await expect(refused).rejects.toThrow("has no jobs; it is not GitHub's list");
  },
);
