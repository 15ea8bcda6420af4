import { describe, expect, test } from "vitest";
import { asker } from "../test/ask.ts";
import { setUp, start } from "../test/set-up.ts";
import { presets } from "./index.ts";

function links(headers: Headers): Record<string, string> {
  const found = [...(headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="(\w+)"/g)];
  return Object.fromEntries(found.map(([, url, rel]) => [rel, url]));
}

describe("pages", () => {
  test("are newest first, 30 to a page, with links that lead on", async () => {
    const { fake, repository, ask } = setUp();
    repository.createRuns(65);
    const first = await ask("listWorkflowRunsForRepo");
    expect(first.data.total_count).toBe(65);
    expect(first.data.workflow_runs).toHaveLength(30);
    const ids = first.data.workflow_runs.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(links(first.headers)).toEqual({
      next: `https://api.github.com/repositories/${repository.id}/actions/runs?page=2`,
      last: `https://api.github.com/repositories/${repository.id}/actions/runs?page=3`,
    });
    const response = await fake.fetch(links(first.headers)["next"] as string);
    expect(response.status).toBe(200);
    expect(Object.keys(links(response.headers)).toSorted()).toEqual([
      "first",
      "last",
      "next",
      "prev",
    ]);
    const last = await ask("listWorkflowRunsForRepo", { page: 3 });
    expect(last.data.workflow_runs).toHaveLength(5);
    expect(Object.keys(links(last.headers)).toSorted()).toEqual(["first", "prev"]);
  });

  test("hold at most 100, and nothing past the end", async () => {
    const { repository, ask } = setUp();
    repository.createRuns(150);
    expect(
      (await ask("listWorkflowRunsForRepo", { per_page: 500 })).data.workflow_runs,
    ).toHaveLength(100);
    expect((await ask("listWorkflowRunsForRepo", { page: 9 })).data.workflow_runs).toEqual([]);
    expect(
      (await ask("listWorkflowRunsForRepo", { per_page: 100, page: 2 })).headers.has("link"),
    ).toBe(true);
    expect((await ask("listWorkflowRunsForRepo", { per_page: 0 })).data.workflow_runs).toHaveLength(
      30,
    );
  });

  test("of a filtered list end at 1,000 results without a word", async () => {
    const { repository, ask } = setUp();
    repository.createRuns(3256, { branch: "main" });
    const tenth = await ask("listWorkflowRunsForRepo", { branch: "main", per_page: 100, page: 10 });
    expect(tenth.data.workflow_runs).toHaveLength(100);
    expect(links(tenth.headers)["next"]).toBeUndefined();
    const eleventh = await ask("listWorkflowRunsForRepo", {
      branch: "main",
      per_page: 100,
      page: 11,
    });
    expect(eleventh.data.workflow_runs).toEqual([]);
    // Above 2,500 the count of a filtered list is a lower bound only.
    expect(tenth.data.total_count).toBe(2500);
    expect((await ask("listWorkflowRunsForRepo", { per_page: 1 })).data.total_count).toBe(3256);
  });

  test("of an unfiltered list end at 40,000 with an error", async () => {
    const { repository, ask } = setUp();
    repository.createRuns(40_050, {}, { every: 1000 });
    const last = await ask("listWorkflowRunsForRepo", { per_page: 100, page: 400 });
    expect(last.data.total_count).toBe(40_000);
    expect(last.data.workflow_runs).toHaveLength(100);
    expect(links(last.headers)["next"]).toBeUndefined();
    expect((await ask("listWorkflowRunsForRepo", { per_page: 100, page: 401 })).status).toBe(422);
  });

  test("of jobs have links too", async () => {
    const { fake, repository, ask } = setUp();
    const jobs = Array.from({ length: 7 }, (_, index) => ({ name: `job ${index}` }));
    const { id: run_id } = repository.createRun({ jobs });
    fake.advance("1h");
    const page = await ask("listJobsForWorkflowRun", { run_id, per_page: 3, page: 2 });
    expect(page.data.total_count).toBe(7);
    expect(page.data.jobs.map(({ name }) => name)).toEqual(["job 3", "job 4", "job 5"]);
    // As GitHub's have today, also of a later attempt.
    expect((await ask("reRunWorkflow", { run_id })).status).toBe(201);
    const all = await ask("listJobsForWorkflowRun", { run_id, filter: "all" });
    const ids = all.data.jobs.map(({ id }) => String(id));
    expect(new Set(ids).size).toBeGreaterThan(7);
    expect(ids.filter((id) => !/^\d{11}$/.test(id))).toEqual([]);
    expect(links(page.headers)["next"]).toMatch(/\/actions\/runs\/\d+\/jobs\?per_page=3&page=3$/);
  });
});

describe("filters", () => {
  test("find runs by branch, event, actor, commit, check suite, status and conclusion", async () => {
    const { fake, repository, ask } = setUp();
    const release = repository.createRun({
      branch: "release",
      event: "workflow_dispatch",
      actor: "Mona",
    });
    const red = repository.createRun({ conclusion: "failure" });
    fake.advance("1h");
    const going = repository.createRun({ status: "in_progress" });
    const found = async (query: Record<string, unknown>): Promise<number[]> =>
      (await ask("listWorkflowRunsForRepo", query)).data.workflow_runs.map(({ id }) => id);
    expect(await found({ branch: "release" })).toEqual([release.id]);
    expect(await found({ event: "workflow_dispatch" })).toEqual([release.id]);
    expect(await found({ actor: "mona" })).toEqual([release.id]);
    expect(await found({ head_sha: red.data.head_sha })).toEqual([red.id]);
    expect(await found({ check_suite_id: red.data.check_suite_id })).toEqual([red.id]);
    expect(await found({ status: "failure" })).toEqual([red.id]);
    expect(new Set(await found({ status: "completed" }))).toEqual(new Set([release.id, red.id]));
    expect(await found({ status: "in_progress" })).toEqual([going.id]);
    expect(await found({ branch: "main", status: "success" })).toEqual([]);
  });

  test("take ranges of created", async () => {
    const { repository, ask } = setUp();
    const hours = Array.from({ length: 5 }, (_, index) =>
      repository.createRun({ created_at: start - index * 3_600_000, status: "completed" }),
    ).map(({ id }) => id);
    const found = async (created: string): Promise<number[]> =>
      (await ask("listWorkflowRunsForRepo", { created })).data.workflow_runs.map(({ id }) => id);
    expect(await found(">=2026-11-01T09:00:00Z")).toEqual(hours.slice(0, 2));
    expect(await found(">2026-11-01T09:00:00Z")).toEqual(hours.slice(0, 1));
    expect(await found("<2026-11-01T08:00:00+00:00")).toEqual(hours.slice(3));
    expect(await found("2026-11-01T07:00:00Z..2026-11-01T08:00:00Z")).toEqual(hours.slice(2, 4));
    expect(await found("*..2026-11-01T06:00:00Z")).toEqual(hours.slice(4));
    expect(await found("2026-11-01")).toEqual(hours);
    expect(await found("2026-10-31")).toEqual([]);
  });

  test("of created that cannot be read find nothing, and say why", async () => {
    const problems: string[] = [];
    const { fake, repository } = setUp({ onInvalidRequest: (problem) => problems.push(problem) });
    repository.createRun({ status: "completed" });
    const runs = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs?created=`;
    const response = await fake.fetch(`${runs}yesterday`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ total_count: 0, workflow_runs: [] });
    expect(problems).toEqual([
      expect.stringMatching(/created=yesterday is no date or range of dates/),
    ]);
    // A + that was not escaped arrives as a space: it is read with an operator, and in a range it is not.
    for (const offset of ["+00:00", "%2B00:00", "%2000:00"]) {
      for (const operator of ["", ">=", ">", "<=", "<"]) {
        const created = `${operator}2026-11-01T00:00:00${offset}`;
        await fake.fetch(runs + created);
        expect(problems, created).toHaveLength(1);
      }
      const found = await fake.fetch(`${runs}>=2026-11-01T00:00:00${offset}`);
      expect(await found.json(), offset).toMatchObject({ total_count: 1 });
    }
    for (const range of ["2026-11-01T00:00:00+00:00..*", "*..2026-11-02T00:00:00+00:00"]) {
      const spaced = await fake.fetch(runs + range);
      expect(spaced.status, range).toBe(200);
      expect(await spaced.json(), range).toEqual({ total_count: 0, workflow_runs: [] });
      expect(problems.at(-1), range).toMatch("a + before an offset has to be sent as %2B");
      const escaped = await fake.fetch(runs + range.replace("+", "%2B"));
      expect(await escaped.json(), range).toMatchObject({ total_count: 1 });
    }
    expect(problems).toHaveLength(3);
  });

  test("know the status of a run that could not start, which the description does not", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun(presets.startupFailure());
    const runs = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs?status=startup_failure`;
    expect(await (await fake.fetch(runs)).json()).toMatchObject({
      workflow_runs: [{ id: run.id }],
    });
  });

  test("keep seconds in order, and within one none from request to request", async () => {
    const { repository, ask } = setUp();
    for (const second of [0, 1]) {
      for (let count = 0; count < 12; count += 1) {
        repository.createRun({ status: "completed", created_at: start + second * 1000 + count });
      }
    }
    const ids = async (filter: Record<string, string>): Promise<number[]> =>
      (await ask("listWorkflowRunsForRepo", filter)).data.workflow_runs.map(({ id }) => id);
    const stable = await ids({});
    expect(stable).toEqual(stable.toSorted((a, b) => b - a));
    expect(await ids({})).toEqual(stable);
    const [first, second] = [await ids({ branch: "main" }), await ids({ branch: "main" })];
    expect(first).not.toEqual(second);
    for (const one of [first, second]) {
      expect(new Set(one.slice(0, 12))).toEqual(new Set(stable.slice(0, 12)));
      expect(new Set(one)).toEqual(new Set(stable));
    }
  });

  test("leave pull requests out with exclude_pull_requests", async () => {
    const { repository, ask } = setUp();
    const run = repository.createRun({ pull_requests: [7], event: "pull_request" });
    const pulls = async (query: Record<string, unknown>): Promise<number | undefined> =>
      (await ask("listWorkflowRunsForRepo", query)).data.workflow_runs[0]?.pull_requests?.length;
    expect(await pulls({})).toBe(1);
    expect(await pulls({ exclude_pull_requests: true })).toBe(0);
    const one = await ask("getWorkflowRun", { run_id: run.id, exclude_pull_requests: true });
    expect(one.data.pull_requests).toEqual([]);
  });
});

describe("names", () => {
  test("of a workflow may be its file or its id", async () => {
    const { repository, ask } = setUp();
    const build = repository.createRun({ workflow: "build.yml" });
    repository.createRun({ workflow: "deploy.yml" });
    for (const workflow_id of ["build.yml", build.data.workflow_id]) {
      const { data } = await ask("listWorkflowRuns", { workflow_id });
      expect(data.workflow_runs.map(({ id }) => id)).toEqual([build.id]);
      expect(data.total_count).toBe(1);
    }
    expect((await ask("listWorkflowRuns", { workflow_id: "other.yml" })).status).toBe(404);
  });

  test("of a repository are not case-sensitive, and old ones redirect", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun();
    const shouting = await asker(fake, "OCTO-ORG/Octo-Repo")("getWorkflowRun", { run_id: run.id });
    expect(shouting.data.repository.full_name).toBe("octo-org/octo-repo");
    repository.rename("octo-org/new-name");
    const moved = await asker(fake, "octo-org/octo-repo")("getWorkflowRun", { run_id: run.id });
    expect(moved.status).toBe(301);
    const location = moved.headers.get("location") ?? "";
    expect(location).toBe(
      `https://api.github.com/repositories/${repository.id}/actions/runs/${run.id}`,
    );
    expect((await fake.fetch(location)).status).toBe(200);
    const old = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs/${run.id}`;
    const followed = await fake.fetch(old);
    expect(await followed.json()).toMatchObject({ repository: { full_name: "octo-org/new-name" } });
    const cancelled = await fake.fetch(
      `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs/${run.id}/cancel`,
      { method: "POST" },
    );
    expect(cancelled.status).toBe(202);
  });

  test("that do not exist are 404", async () => {
    const { fake, ask } = setUp();
    expect((await ask("getWorkflowRun", { run_id: 1 })).status).toBe(404);
    expect((await ask("getJobForWorkflowRun", { job_id: 1 })).status).toBe(404);
    expect((await asker(fake, "nobody/nothing")("listWorkflowRunsForRepo")).data).toMatchObject({
      message: "Not Found",
    });
  });
});
