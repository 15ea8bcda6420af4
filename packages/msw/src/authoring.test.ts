import { describe, expect, expectTypeOf, test } from "vitest";
import { setUp, start } from "../test/set-up.ts";
import { createActionsFake, presets, type JobInit, type RunInit, type Snapshot } from "./index.ts";

describe("runs", () => {
  test("are the same for the same seed", () => {
    const made = (seed: number | string): unknown => {
      const { repository } = setUp({ seed });
      const run = repository.createRun(presets.flakyMatrix());
      return [run.data, run.jobs];
    };
    expect(made("a")).toEqual(made("a"));
    expect(made("a")).not.toEqual(made("b"));
  });

  test("keep their status until they are started", () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({ status: "queued" });
    fake.advance("1d");
    expect(run.data.status).toBe("queued");
    run.start();
    fake.advance("3s");
    expect(run.data.status).toBe("in_progress");
    run.complete();
    expect(run.data).toMatchObject({ status: "completed", conclusion: "success" });
    for (const status of ["requested", "pending", "in_progress"] as const) {
      expect(repository.createRun({ status }).data.status).toBe(status);
    }
  });

  test("complete with the conclusion of the call, and a job that failed", () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({ jobs: [{ name: "lint" }, { name: "build" }] });
    fake.advance("3s");
    run.complete("failure");
    expect(run.data.conclusion).toBe("failure");
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["lint", "success"],
      ["build", "failure"],
    ]);
    const stale = repository.createRun();
    stale.complete("stale");
    expect(stale.data.conclusion).toBe("stale");
  });

  test("that are over began long enough ago", () => {
    const { repository } = setUp();
    const { created_at, updated_at, status } = repository.createRun({ status: "completed" }).data;
    expect(status).toBe("completed");
    expect(Date.parse(updated_at)).toBe(start);
    expect(Date.parse(created_at)).toBeLessThan(start);
    const dated = repository.createRun({ status: "completed", created_at: start });
    expect(dated.data).toMatchObject({ status: "completed", created_at: "2026-11-01T10:00:00Z" });
  });

  test.for(Object.entries(presets))("preset %s is what it says", async ([name, preset]) => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(preset());
    fake.advance("1h");
    const expected: Record<keyof typeof presets, string | null> = {
      success: "success",
      failure: "failure",
      flakyMatrix: "failure",
      waitingForApproval: "action_required",
      waitingForDeployment: null,
      startupFailure: "startup_failure",
      cancelled: "cancelled",
      timedOut: "cancelled",
      lostRunner: "failure",
      waitingForApprovalOfBot: "action_required",
      stuckInQueue: null,
      awkwardNames: "failure",
      hugeLog: "success",
    };
    const { data } = await ask("getWorkflowRun", { run_id: run.id });
    expect(data.conclusion).toBe(expected[name as keyof typeof presets]);
    await ask("listJobsForWorkflowRun", { run_id: run.id });
    await ask("getWorkflowRunUsage", { run_id: run.id });
    await ask("getPendingDeploymentsForRun", { run_id: run.id });
  });

  test("that cannot be are refused with what is wrong", () => {
    const { fake, repository } = setUp();
    const circle: JobInit[] = [
      { name: "a", needs: "b" },
      { name: "b", needs: "a" },
    ];
    expect(() => repository.createRun({ jobs: circle })).toThrow(
      "jobs need each other in a circle: a → b → a",
    );
    expect(() => repository.createRun({ jobs: [{ name: "a", needs: "c" }] })).toThrow(
      'job "a" needs "c", but the run has "a"',
    );
    expect(() => repository.createRun({ created_at: "soon" })).toThrow(
      'created_at is "soon", not a date',
    );
    const many = Array.from({ length: 321 }, (_, index) => ({ name: String(index) }));
    expect(() => repository.createRun({ jobs: many })).toThrow("a run with 321 jobs: at most 320");
    expect(() => fake.repository("octo-repo")).toThrow(
      '"octo-repo" is not a repository: give "owner/name"',
    );
    expect(() => fake.advance("5 minutes" as never)).toThrow(
      'duration is "5 minutes", not a duration',
    );
  });

  test("are typed", () => {
    expectTypeOf<RunInit["status"]>().toEqualTypeOf<
      "requested" | "queued" | "pending" | "in_progress" | "completed" | undefined
    >();
    const { repository } = setUp();
    // @ts-expect-error a job's conclusion is one of GitHub's
    const create = () => repository.createRun({ jobs: [{ name: "build", conclusion: "broken" }] });
    expect(create).toThrow('jobs[0].conclusion is "broken", not "success", "failure", "neutral"');
  });
});

describe("many runs", () => {
  test("are made only when somebody looks at them", async () => {
    const { repository, ask } = setUp();
    const made: number[] = [];
    repository.createRuns(12_345, (index) => {
      made.push(index);
      return { branch: index % 2 === 0 ? "main" : "next" };
    });
    made.length = 0;
    const { data } = await ask("listWorkflowRunsForRepo", { per_page: 5 });
    expect(data.total_count).toBe(12_345);
    expect(made).toEqual([12_344, 12_343, 12_342, 12_341, 12_340]);
    expect(data.workflow_runs.map(({ run_number }) => run_number)).toEqual([
      12_345, 12_344, 12_343, 12_342, 12_341,
    ]);
  });

  test("may be none", async () => {
    const { repository, ask } = setUp();
    repository.createRuns(0, () => expect.unreachable("there is no run to make"));
    expect((await ask("listWorkflowRunsForRepo")).data.total_count).toBe(0);
  });

  test("can be changed one by one, and lie between others", async () => {
    const { repository, ask } = setUp();
    repository.createRuns(5, { conclusion: "failure" }, { newest: start - 1000, every: 60_000 });
    const newest = repository.createRun();
    const between = repository.createRun({ created_at: start - 90_000 });
    const list = async (): Promise<number[]> =>
      (await ask("listWorkflowRunsForRepo")).data.workflow_runs.map(({ id }) => id);
    const ids = await list();
    expect(ids).toHaveLength(7);
    expect([ids.indexOf(newest.id), ids.indexOf(between.id)]).toEqual([0, 3]);
    const third = ids[4] as number;
    expect((await ask("reRunWorkflow", { run_id: third })).status).toBe(201);
    expect((await ask("getWorkflowRun", { run_id: third })).data.run_attempt).toBe(2);
    expect((await ask("deleteWorkflowRun", { run_id: ids[5] })).status).toBe(204);
    expect((await ask("getWorkflowRun", { run_id: ids[5] })).status).toBe(404);
    expect(await list()).toEqual(ids.filter((_, index) => index !== 5));
  });
});

describe("the fake's memory", () => {
  test("can be kept and gone back to, through JSON and by another fake", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      jobs: [{ name: "build", conclusion: ["failure", "success"] }],
    });
    repository.createRuns(3, (index) => ({ branch: `b${index}` }));
    fake.advance("1h");
    const before = run.data;
    const snapshot = JSON.parse(JSON.stringify(fake.snapshot())) as Snapshot;
    await ask("reRunWorkflow", { run_id: run.id });
    fake.advance("1h");
    expect(run.data.run_attempt).toBe(2);
    fake.restore(snapshot);
    expect(run.data).toEqual(before);
    const other = createActionsFake({ clock: () => start });
    other.restore(snapshot);
    expect(other.repository("octo-org/octo-repo").run(run.id)?.data).toEqual(before);
    const { total_count } = (await (
      await other.fetch(`${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs`)
    ).json()) as { total_count: number };
    expect(total_count).toBe(4);
  });

  test("takes what is said of a repository later on", async () => {
    const { fake, ask } = setUp({ tokens: {} });
    expect((await ask("listWorkflowRunsForRepo")).status).toBe(200);
    fake.repository("octo-org/octo-repo", { private: true });
    expect((await ask("listWorkflowRunsForRepo")).status).toBe(404);
  });

  test("can do without the requests", async () => {
    const { fake, ask } = setUp({ recordRequests: false });
    await ask("listWorkflowRunsForRepo");
    expect(fake.requests).toEqual([]);
  });

  test("can be emptied", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun();
    fake.fail("*", { status: 500 });
    fake.reset();
    expect(fake.requests).toEqual([]);
    expect((await ask("getWorkflowRun", { run_id: run.id })).status).toBe(404);
    expect(() => run.data).toThrow(`run ${run.id} is deleted`);
    expect(() => repository.createRun()).toThrow("it was reset or restored");
    expect(fake.repository("octo-org/octo-repo").createRun().id).toBe(run.id);
  });
});

describe("recordings", () => {
  test("are served as they were, and go on from there", async () => {
    const source = setUp({ seed: "elsewhere" });
    const recorded = source.repository.createRun({
      ...presets.failure(),
      display_title: "Recorded",
    });
    const { fake, ask } = setUp();
    const jobs = recorded.jobs.map((job) => ({ ...job, id: (job.id % 1_000_000) + 7 }));
    const [id] = fake.load({ workflow_runs: [recorded.data], jobs });
    expect(id).toBe(recorded.id);
    expect((await ask("getWorkflowRun", { run_id: id })).data).toEqual(recorded.data);
    expect((await ask("listJobsForWorkflowRun", { run_id: id })).data.jobs).toEqual(jobs);
    expect((await ask("getJobForWorkflowRun", { job_id: jobs[0]?.id })).data).toEqual(jobs[0]);
    expect((await ask("cancelWorkflowRun", { run_id: id })).status).toBe(409);
    expect((await ask("reRunWorkflowFailedJobs", { run_id: id })).status).toBe(201);
    fake.advance("1h");
    expect((await ask("getWorkflowRun", { run_id: id })).data).toMatchObject({
      run_attempt: 2,
      display_title: "Recorded",
    });
  });

  test("need to say whose they are", () => {
    const { fake } = setUp();
    const { repository: _, url: __, ...nameless } = setUp().repository.createRun().data;
    expect(() => fake.load({ workflow_runs: [nameless] })).toThrow("names no repository");
  });
});
