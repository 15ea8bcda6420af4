import { expect, test } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import { type JobsChange, type RunAndJobsClient, WaitTimeoutError, watchJobs } from "../index.ts";

const repositoryName = { owner: "octo-org", repo: "octo-repo" };

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
    { ...repositoryName, run_id: id },
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
  for await (const { jobs } of watchJobs(client, { ...repositoryName, run_id: id }, clock)) {
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
  for await (const { run } of watchJobs(flaky, { ...repositoryName, run_id: id }, clock)) {
    ({ conclusion } = run);
  }
  expect(conclusion).toBe("success");
  expect(failures).toBeGreaterThan(3);
});

/** A client whose run's life goes on by `ms` between the request for the run and the one for its jobs, once. */
function movedBetween(
  { client, clock }: ReturnType<typeof fakeWithTime>,
  ...leaps: number[]
): { client: RunAndJobsClient; runs: () => number; lists: () => number } {
  let [runs, lists] = [0, 0];
  const { getWorkflowRun: run, listJobsForWorkflowRun: list } = client;
  return {
    runs: () => runs,
    lists: () => lists,
    client: {
      getWorkflowRun: Object.assign(async () => expect.unreachable(), {
        operation: run.operation,
        withResponse: async (...parameters: Parameters<typeof run.withResponse>) => {
          runs += 1;
          return run.withResponse(...parameters);
        },
      }),
      listJobsForWorkflowRun: Object.assign(async () => expect.unreachable(), {
        operation: list.operation,
        withResponse: async (...parameters: Parameters<typeof list.withResponse>) => {
          lists += 1;
          await clock.sleep(leaps.shift() ?? 0);
          return list.withResponse(...parameters);
        },
      }),
    },
  };
}

async function snapshots(changes: AsyncIterable<JobsChange>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { run, jobs, changed } of changes)
    seen.push(
      [run.status, ...jobs.map(({ status }) => status), `${changed.length} changed`].join(" "),
    );
  return seen;
}

test("a run that ends between the request for it and the one for its jobs is seen ended", async () => {
  const time = fakeWithTime();
  const { id } = time.repository.createRun({
    jobs: [{ name: "build", queued_seconds: 20, steps: [{ name: "Run make", seconds: 60 }] }],
  });
  const { client } = movedBetween(time, 600_000);
  const seen = await snapshots(watchJobs(client, { ...repositoryName, run_id: id }, time.clock));
  expect(seen).toEqual(["completed completed 1 changed"]);
});

test("the jobs are requested again when the run has moved: a finished run comes with its final jobs", async () => {
  const time = fakeWithTime();
  const { id } = time.repository.createRun({
    jobs: [
      { name: "build", queued_seconds: 20, steps: [{ name: "Run make", seconds: 60 }] },
      { name: "test", needs: "build", steps: [{ name: "Run test", seconds: 60 }] },
    ],
  });
  // The run is seen queued, then its first job in progress; then the run in progress, and both jobs completed.
  const { client, runs, lists } = movedBetween(time, 50_000, 600_000);
  const seen = await snapshots(watchJobs(client, { ...repositoryName, run_id: id }, time.clock));
  expect(seen).toEqual(["completed completed completed 2 changed"]);
  expect([runs(), lists()]).toEqual([3, 3]);
});

test("a re-run between the two requests is seen as the new attempt, with its jobs", async () => {
  const time = fakeWithTime();
  const { id } = time.repository.createRun({
    jobs: [{ name: "test", conclusion: ["failure", "success"] }],
  });
  const params = { ...repositoryName, run_id: id };
  await time.clock.sleep(3_600_000);
  const { client } = movedBetween(time, 1);
  time.after(3_600_001, async () => {
    await time.client.reRunWorkflowFailedJobs(params);
  });
  const attempts: string[] = [];
  for await (const { run, jobs } of watchJobs(client, params, time.clock))
    attempts.push([run.run_attempt, ...jobs.map(({ run_attempt }) => run_attempt)].join(" "));
  expect(new Set(attempts)).toEqual(new Set(["2 2"]));
});

test("jobs that stay ahead of the run by rights are not requested at each poll", async () => {
  const time = fakeWithTime();
  const { id } = time.repository.createRun({ status: "in_progress", jobs: [{ name: "build" }] });
  const { client, runs, lists } = movedBetween(time);
  // More jobs are to come: the run says so by staying in progress.
  const list = client.listJobsForWorkflowRun;
  const completed = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async (...parameters: Parameters<typeof list.withResponse>) => {
      const page = await list.withResponse(...parameters);
      const jobs = page.data.jobs.map((job) => ({
        ...job,
        status: "completed" as const,
        steps: [],
      }));
      return { ...page, data: { ...page.data, jobs } };
    },
  });
  const stays = { ...client, listJobsForWorkflowRun: completed };
  const changes = watchJobs(
    stays,
    { ...repositoryName, run_id: id },
    { ...time.clock, timeout: 60_000, interval: 5_000 },
  );
  await expect(snapshots(changes)).rejects.toBeInstanceOf(WaitTimeoutError);
  expect(lists()).toBe(12);
  expect(runs()).toBe(13);
});

test("jobs that cannot be read for twenty minutes are reported, and the run goes on being watched", async () => {
  const { repository, client, clock } = fakeWithTime();
  const start = clock.now();
  const { id } = repository.createRun({
    jobs: [{ name: "build", queued_seconds: 120, steps: [{ name: "Run make", seconds: 3_600 }] }],
  });
  const list = client.listJobsForWorkflowRun;
  const broken = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async (...parameters: Parameters<typeof list.withResponse>) => {
      const minute = (clock.now() - start) / 60_000;
      if (minute > 1 && minute < 21) throw Object.assign(new Error("bad gateway"), { status: 502 });
      return list.withResponse(...parameters);
    },
  });
  const partly = { getWorkflowRun: client.getWorkflowRun, listJobsForWorkflowRun: broken };
  const changes: string[] = [];
  const retries: unknown[] = [];
  for await (const { run, jobs, jobsError } of watchJobs(
    partly,
    { ...repositoryName, run_id: id },
    { ...clock, onRetry: ({ kind }) => retries.push(kind) },
  ))
    changes.push(`${run.status} ${jobs.length} ${(jobsError as Error | undefined)?.message ?? ""}`);
  expect(changes.slice(0, 3)).toEqual([
    "queued 1 ",
    "queued 1 bad gateway",
    "in_progress 1 bad gateway",
  ]);
  expect(changes.at(-1)).toBe("completed 1 ");
  expect(retries.length).toBeGreaterThan(5);
  expect(new Set(retries)).toEqual(new Set(["transient"]));
});

test("a finished run whose jobs cannot be read ends after maxOutage, and says so", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ jobs: [{ name: "build" }] });
  const list = client.listJobsForWorkflowRun;
  const broken = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async () => {
      throw Object.assign(new Error("bad gateway"), { status: 502 });
    },
  });
  const partly = { getWorkflowRun: client.getWorkflowRun, listJobsForWorkflowRun: broken };
  const options = { ...clock, maxOutage: 60_000 };
  const changes: JobsChange[] = [];
  for await (const change of watchJobs(partly, { ...repositoryName, run_id: id }, options))
    changes.push(change);
  expect(changes.at(-1)).toMatchObject({
    run: { status: "completed", conclusion: "success" },
    jobs: [],
    jobsError: { message: "bad gateway" },
  });
});

test("a token that may not read the jobs is an error at once", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ jobs: [{ name: "build" }] });
  const list = client.listJobsForWorkflowRun;
  const refused = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async () => {
      throw Object.assign(new Error("no"), { status: 403 });
    },
  });
  const partly = { getWorkflowRun: client.getWorkflowRun, listJobsForWorkflowRun: refused };
  await expect(watchJobs(partly, { ...repositoryName, run_id: id }, clock).next()).rejects.toThrow(
    "no",
  );
});
