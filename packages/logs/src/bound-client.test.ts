import { type Client, createClient, type RepositoryClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { expect, expectTypeOf, test } from "vitest";
import {
  type BoundJobReference,
  type BoundRunReference,
  type JobReference,
  type JobReferenceOf,
  openJobLog,
  openRunLogs,
  type RunReference,
  type RunReferenceOf,
} from "./index.ts";
import { openRunLogs as openRunLogsOrFile } from "./node/index.ts";

function completedRun() {
  const fake = createActionsFake();
  const run = fake.repository("octo-org/octo-repo").createRun({
    jobs: [
      { name: "lint", conclusion: ["failure", "success"] },
      { name: "test", conclusion: "success" },
    ],
  });
  run.complete();
  const client = createClient({ fetch: fake.fetch, auth: "secret", retry: false });
  return { run, client, github: client.repository("octo-org/octo-repo") };
}

test("a client bound to its repository needs the run or the job alone", async () => {
  const { run, client, github } = completedRun();
  const where = { owner: "octo-org", repo: "octo-repo" };
  const lint = { job_id: run.jobs[0]?.id as number };
  const text = await (await openJobLog(client, { ...where, ...lint })).text();
  expect(text).toContain("lint");
  expect(await (await openJobLog(github, lint)).text()).toBe(text);
  for (const open of [openRunLogs, openRunLogsOrFile]) {
    const { jobs } = await open(github, { run_id: run.id });
    expect(jobs.map(({ name }) => name)).toEqual(["lint", "test"]);
    expect(await jobs[0]?.text()).toBe(text);
  }
});

test("earlier attempts, and jobs whose logs are their own, are found with a bound client too", async () => {
  const { run, github } = completedRun();
  const run_id = run.id;
  await github.reRunWorkflowFailedJobs({ run_id });
  run.complete("success");
  for (const attempts of ["latest", "all"] as const) {
    const { jobs } = await openRunLogs(github, { run_id }, { attempts });
    expect(jobs.map(({ name, origin }) => [name, origin])).toEqual([
      ["lint", "archive"],
      ["test", attempts === "all" ? "archive" : "job-log"],
    ]);
    expect(await jobs[1]?.text()).toContain("test");
  }
  const first = await openRunLogs(github, { run_id, attempt_number: 1 });
  expect(first.jobs.map(({ attempt }) => attempt)).toEqual([1, 1]);
});

test("types: owner and repo may be left out with a bound client only", () => {
  expectTypeOf<RunReferenceOf<RepositoryClient>>().toEqualTypeOf<BoundRunReference>();
  expectTypeOf<RunReferenceOf<Client>>().toEqualTypeOf<RunReference>();
  expectTypeOf<RunReferenceOf<Client | RepositoryClient>>().toEqualTypeOf<RunReference>();
  expectTypeOf<JobReferenceOf<RepositoryClient>>().toEqualTypeOf<BoundJobReference>();
  expectTypeOf<JobReferenceOf<Client>>().toEqualTypeOf<JobReference>();
  const wrong = () => {
    const { client, github } = completedRun();
    // @ts-expect-error owner and repo are missing
    void openRunLogs(client, { run_id: 1 });
    // @ts-expect-error owner and repo are missing
    void openRunLogsOrFile(client, { run_id: 1 });
    // @ts-expect-error owner and repo are missing
    void openJobLog(client, { job_id: 1 });
    // @ts-expect-error run_id is missing
    void openRunLogs(github, { attempt_number: 1 });
    // @ts-expect-error a job has another id than its run
    void openJobLog(github, { run_id: 1 });
  };
  expect(wrong).toBeTypeOf("function");
});
