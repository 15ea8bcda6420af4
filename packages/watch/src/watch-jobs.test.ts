import { expect, test } from "vitest";
import { fakeWithTime } from "../test/fake-time.ts";
import { watchJobs } from "./index.ts";

const REPOSITORY = { owner: "octo-org", repo: "octo-repo" };

test("yields the jobs that changed, steps included, and ends with all of them completed", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", seconds: 30 }] },
      {
        name: "test",
        needs: "lint",
        steps: [{ name: "Run test", seconds: 40 }],
        conclusion: "failure",
      },
    ],
  });
  const seen: string[] = [];
  let last: string[] = [];
  for await (const { run, jobs, changed } of watchJobs(
    client,
    { ...REPOSITORY, run_id: id },
    clock,
  )) {
    for (const job of changed) {
      const step = job.steps?.find(({ status }) => status === "in_progress")?.name;
      seen.push(`${job.name} ${job.conclusion ?? step ?? job.status}`);
    }
    last = [`${run.conclusion}`, ...jobs.map(({ name, conclusion }) => `${name} ${conclusion}`)];
  }
  expect(seen).toContain("lint queued");
  expect(seen).toContain("lint Run lint");
  expect(seen).toContain("lint success");
  expect(seen).toContain("test Run test");
  expect(seen.at(-1)).toBe("test failure");
  expect(new Set(seen).size).toBeGreaterThanOrEqual(5);
  expect(last).toEqual(["failure", "lint success", "test failure"]);
});

test("a run of more than a hundred jobs is seen whole, and an unchanged poll of it costs nothing", async () => {
  const { repository, client, responses, clock } = fakeWithTime();
  const { id } = repository.createRun({
    jobs: Array.from({ length: 120 }, (_, index) => ({
      name: `job ${index + 1}`,
      steps: [{ name: "Run make", seconds: 300 }],
    })),
  });
  let size = 0;
  for await (const { jobs } of watchJobs(client, { ...REPOSITORY, run_id: id }, clock)) {
    size = jobs.length;
  }
  expect(size).toBe(120);
  const unchanged = responses.filter(({ status }) => status === 304);
  expect(unchanged.length).toBeGreaterThan(20);
});

test("an outage between the run and its jobs is survived", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ jobs: [{ name: "build" }] });
  let failures = 0;
  const fetch = client.listJobsForWorkflowRun;
  const broken = Object.assign(async () => expect.unreachable(), {
    operation: fetch.operation,
    withResponse: async (...parameters: Parameters<typeof fetch.withResponse>) => {
      failures += 1;
      if (failures <= 3) throw Object.assign(new Error("bad gateway"), { status: 502 });
      return fetch.withResponse(...parameters);
    },
  });
  const flaky = { getWorkflowRun: client.getWorkflowRun, listJobsForWorkflowRun: broken };
  let conclusion: string | null = null;
  for await (const { run } of watchJobs(flaky, { ...REPOSITORY, run_id: id }, clock)) {
    ({ conclusion } = run);
  }
  expect(conclusion).toBe("success");
  expect(failures).toBeGreaterThan(3);
});
