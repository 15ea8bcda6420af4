import type { WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { createTerminal, START } from "../../test/terminal.ts";

test("shows the runs as a table, newest first", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({
    display_title: "Older",
    conclusion: "failure",
    created_at: START - 7_200_000,
  });
  const newer = terminal.repository.createRun({
    display_title: "Newer",
    branch: "topic",
    event: "pull_request",
    created_at: START - 600_000,
  });
  expect(await terminal.run("list")).toBe(0);
  const [head, first, second, ...rest] = terminal.stdout().split("\n");
  expect(head).toMatch(/^ {3}TITLE +WORKFLOW +BRANCH +EVENT +ID +TOOK +AGE$/);
  expect(first).toMatch(/^✓ {2}Newer +CI +topic +pull_request +\d+ +\d+s +10m$/);
  expect(first).toContain(String(newer.id));
  expect(second).toMatch(/^✗ {2}Older +CI +main +push +\d+ +\d+s +2h$/);
  expect(rest).toEqual([""]);
  expect(terminal.stderr()).toBe("");
});

test("fits the terminal, and cuts nothing where there is none", async () => {
  const title =
    "A title that goes on and on until it is much too long for any terminal of eighty columns";
  const narrow = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  narrow.repository.createRun({ display_title: title, branch: "a-branch-with-a-long-name" });
  expect(await narrow.run("list")).toBe(0);
  const lines = narrow.stdout().trimEnd().split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  expect(lines[1]).toContain("…");

  const piped = createTerminal();
  piped.repository.createRun({ display_title: title });
  expect(await piped.run("list")).toBe(0);
  expect(piped.stdout()).toContain(title);
});

test("--json gives GitHub's own objects", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("list", "--json")).toBe(0);
  const runs = terminal.json() as WorkflowRun[];
  expect(runs).toEqual([terminal.repository.run(id)?.data]);
});

test("--json of nothing is an empty list", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("list", "--json")).toBe(0);
  expect(terminal.json()).toEqual([]);
});

test("says when there is no run, on standard error", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stdout()).toBe("");
  expect(terminal.stderr()).toBe("octo-org/octo-repo has no such run.\n");
});

test("filters are GitHub's own parameters", async () => {
  const terminal = createTerminal();
  const filters = ["-b", "topic", "-e", "push", "-s", "failure", "-u", "octocat"];
  const times = ["--created", ">=2026-01-01", "-c", "0123456789012345678901234567890123456789"];
  expect(await terminal.run("list", ...filters, ...times, "-L", "5")).toBe(0);
  const { pathname, searchParams } = new URL(terminal.requests[0]?.url ?? "");
  expect(pathname).toBe("/repos/octo-org/octo-repo/actions/runs");
  expect(Object.fromEntries(searchParams)).toMatchObject({
    branch: "topic",
    event: "push",
    status: "failure",
    actor: "octocat",
    head_sha: "0123456789012345678901234567890123456789",
  });
});

test.each([
  "2026-10-01",
  ">=2026-10-01",
  "2026-10-01..*",
  "*..2026-10-01",
  "2026-10-01..2026-10-01",
  "2026-10-01T12:00:00Z..2026-10-01",
  "2026-10-01T12:00:00..2026-10-01T12:00:00Z",
  "2026-10-02T01:00:00+02:00..2026-10-01T23:00:00",
])("--created %s is a range", async (created) => {
  const terminal = createTerminal();
  expect(await terminal.run("list", "--created", created)).toBe(0);
});

test("--workflow lists the runs of one workflow", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ workflow: "ci.yml", display_title: "in ci" });
  terminal.repository.createRun({ workflow: "nightly.yml", display_title: "in nightly" });
  expect(await terminal.run("list", "-w", "nightly.yml")).toBe(0);
  const text = terminal.stdout();
  expect(text).toContain("in nightly");
  expect(text).not.toContain("in ci");
});

test("--limit goes over pages", async () => {
  const terminal = createTerminal();
  terminal.repository.createRuns(150);
  expect(await terminal.run("list", "-L", "130", "--json")).toBe(0);
  const ids = (terminal.json() as WorkflowRun[]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(130);
});

test("a run without display_title, as older servers send it, goes by its commit", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const list = (await (await terminal.fake.fetch(input, init)).json()) as {
        workflow_runs: Partial<WorkflowRun>[];
      };
      for (const run of list.workflow_runs) delete run.display_title;
      return Response.json(list);
    },
  });
  const { id } = terminal.repository.createRun({ display_title: "gone" });
  const message = terminal.repository.run(id)?.data.head_commit?.message.split("\n")[0];
  expect(message).toBeTruthy();
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stdout()).toContain(message);
});

test("on a terminal it says how far it is, and takes that away", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80 });
  terminal.repository.createRuns(250);
  expect(await terminal.run("list", "-L", "250", "--json")).toBe(0);
  const drawn = terminal.stderr();
  expect(drawn).toContain("/250");
  expect(drawn.endsWith("\r\u001B[2K")).toBe(true);
});

test("a title cannot move the cursor or colour the rest", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 120, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ display_title: "bad\u001B[2J\u001B[31m title\r\nsecond\u0007" });
  expect(await terminal.run("list")).toBe(0);
  const text = terminal.stdout();
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
  expect(text).toContain("bad title second");
});
