import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job, WorkflowRun } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import { createTerminal, type Terminal } from "./terminal.ts";

// Real recordings, where this machine has them.
const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"] ?? "";
const folder = join(fixtures, "recordings/hub4j");
const skipped = fixtures === "" ? " (skipped: WORKFLOW_RUNS_FIXTURES is not set)" : "";

function bodies(pattern: string): unknown[] {
  const files = globSync(`*.body.*${pattern}`, { cwd: folder });
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown);
}

/** A terminal where GitHub responds with what was recorded. */
function recorded(responses: Record<string, unknown>): Terminal {
  return createTerminal({
    fetch: async (input) => {
      const { pathname } = new URL(new Request(input).url);
      const [, response] = Object.entries(responses).find(([end]) => pathname.endsWith(end)) ?? [];
      return response === undefined
        ? Response.json({ message: "Not Found" }, { status: 404 })
        : Response.json(response);
    },
  });
}

describe.skipIf(fixtures === "")(`recorded responses${skipped}`, () => {
  const lists = bodies("_runs.json") as { workflow_runs: WorkflowRun[] }[];
  // Recorded lists overlap; a server sends and counts each run once.
  const byId = new Map(
    lists.flatMap(({ workflow_runs: list }) => list.map((run) => [run.id, run])),
  );
  const runs = [...byId.values()];

  test("every recorded run has a line, with a state and an age", async () => {
    expect(runs.length).toBeGreaterThan(50);
    const terminal = recorded({
      "/actions/runs": { total_count: runs.length, workflow_runs: runs },
    });
    expect(await terminal.run("list", "--limit", "1000")).toBe(0);
    // Not a terminal: a table of tabs, without a header.
    const lines = terminal.stdout().trimEnd().split("\n");
    const ids = new Set(runs.map(({ id }) => id));
    expect(lines).toHaveLength(ids.size);
    for (const line of lines) expect(line).toMatch(/\t\d{4}-\d\d-\d\dT[\d:]+Z(?:\t|$)/);
  });

  test("a run of 2021, which has no attempt and no start, is shown and watched", async () => {
    const [jobList] = bodies("_719643947_jobs.json") as { jobs: Job[] }[];
    const run = runs.find(({ run_attempt }) => run_attempt === undefined);
    expect(run).toBeDefined();
    const terminal = recorded({
      [`/runs/${run?.id}`]: run,
      [`/runs/${run?.id}/jobs`]: jobList,
    });
    expect(await terminal.run("view", String(run?.id))).toBe(0);
    const text = terminal.stdout();
    expect(text).toContain(` · ${run?.conclusion} · attempt 1 · `);
    for (const { name } of jobList?.jobs ?? []) expect(text).toContain(name);
    expect(await terminal.run("watch", String(run?.id))).toBe(
      run?.conclusion === "success" ? 0 : 3,
    );
  });
});

describe.skipIf(fixtures === "")(`recorded webhooks${skipped}`, () => {
  const payloads = globSync("webhooks/*.json", { cwd: fixtures }).map(
    (file) =>
      JSON.parse(readFileSync(join(fixtures, file), "utf8")) as {
        workflow_run?: WorkflowRun;
        workflow_job?: Job;
      },
  );

  test("every run and every job that was ever sent can be shown", async () => {
    const runs = payloads.flatMap(({ workflow_run: run }) => (run ? [run] : []));
    // The payloads share ids, and a list holds each id once.
    const jobs = payloads
      .flatMap(({ workflow_job: job }) => (job ? [job] : []))
      .map((job, index) => Object.assign(job, { id: index + 1 }));
    expect([runs.length > 0, jobs.length > 0]).toEqual([true, true]);
    for (const run of runs) {
      const terminal = recorded({
        [`/runs/${run.id}`]: run,
        [`/runs/${run.id}/jobs`]: { total_count: jobs.length, jobs },
        "/pending_deployments": [],
      });
      expect(await terminal.run("view", String(run.id), "--steps")).toBe(0);
      const text = terminal.stdout();
      for (const { name } of jobs) expect(text).toContain(name);
      expect(text).not.toMatch(/undefined|NaN|null/);
    }
  });
});
