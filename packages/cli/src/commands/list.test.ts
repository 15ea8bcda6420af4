import type { WorkflowRun } from "@workflow-runs/core";
import { presets } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { createTerminal, startTime } from "../../test/terminal.ts";
import { textWidth } from "../terminal/text-width.ts";

const person = { isTTY: true, env: { NO_COLOR: "1" } };

test("shows the runs as a table, newest first", async () => {
  const terminal = createTerminal(person);
  terminal.repository.createRun({
    display_title: "Older",
    conclusion: "failure",
    created_at: startTime - 7_200_000,
  });
  const newer = terminal.repository.createRun({
    display_title: "Newer",
    branch: "topic",
    event: "pull_request",
    created_at: startTime - 600_000,
  });
  expect(await terminal.run("list")).toBe(0);
  const [head, first, second, ...rest] = terminal.stdout().split("\n");
  expect(head).toMatch(/^STATE +TITLE +WORKFLOW +BRANCH +ACTOR +EVENT +ID +AGE$/);
  expect(first).toMatch(/^✓ success +Newer +CI +topic +octocat +pull_request +\d+ +10m$/);
  expect(first).toContain(String(newer.id));
  expect(second).toMatch(/^✗ failure +Older +CI +main +octocat +push +\d+ +2h$/);
  expect(rest).toEqual([""]);
});

test("in a pipe it is tab-separated: words, ISO times, no headings, nothing cut", async () => {
  const terminal = createTerminal();
  const title = `A title with a tab\t${"and much more ".repeat(20)}`;
  const { id } = terminal.repository.createRun({
    display_title: title,
    status: "in_progress",
    created_at: startTime - 600_000,
  });
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stdout().trimEnd().split("\t")).toEqual([
    "in_progress",
    title.replace("\t", " ").trim(),
    "CI",
    "main",
    "octocat",
    "push",
    String(id),
    "2026-01-10T11:50:00Z",
  ]);
});

test.each([40, 80, 120])(
  "at %i columns every line fits, and says state, title and id",
  async (columns) => {
    const terminal = createTerminal({ ...person, columns });
    const states = [
      { status: "in_progress" },
      { status: "completed", conclusion: "failure" },
      { ...presets.startupFailure(), status: "completed" },
    ] as const;
    for (const state of states) {
      terminal.repository.createRun({
        ...state,
        display_title:
          "発射台へようこそ Merge pull request #12345 from octo-org/dependabot/npm_and_yarn",
        branch: "dependabot/npm_and_yarn/some-package-with-a-long-name-1.2.3",
        workflow: "build-and-test-on-every-platform.yml",
      });
    }
    expect(await terminal.run("list")).toBe(0);
    const [head = "", ...lines] = terminal.stdout().trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of [head, ...lines]) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    for (const line of lines) expect(line).toMatch(/^[✗●○] \S+ +発射.*16000\d+/);
    expect(head.includes("BRANCH")).toBe(columns === 120);
    expect(head).not.toContain("EVENT");
  },
);

test.each([
  [100, "STATE TITLE WORKFLOW BRANCH ID AGE"],
  [120, "STATE TITLE WORKFLOW BRANCH ACTOR ID AGE"],
])(
  "at %i columns what matters less is left out before a branch is cut",
  async (columns, titles) => {
    const terminal = createTerminal({ ...person, columns });
    terminal.repository.createRun({
      status: "completed",
      display_title: "Merge pull request #12345 from octo-org/dependabot/npm_and_yarn",
      branch: "dependabot/npm/vitest-5",
      event: "pull_request",
    });
    expect(await terminal.run("list")).toBe(0);
    const [head = "", line = ""] = terminal.stdout().split("\n");
    expect(head.split(/ +/).join(" ")).toBe(titles);
    expect(line).toContain(" dependabot/npm/vitest-5 ");
    expect(textWidth(line)).toBeLessThanOrEqual(columns);
  },
);

test("a width of 0 is not known, and cuts nothing", async () => {
  const terminal = createTerminal({ ...person, columns: 0 });
  const title = "long ".repeat(60).trim();
  terminal.repository.createRun({ display_title: title });
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stdout()).toContain(title);
});

test("where the locale has no UTF-8 a terminal gets ASCII, and a pipe what is there", async () => {
  const env = { NO_COLOR: "1", LC_ALL: "C" };
  const terminal = createTerminal({ isTTY: true, columns: 60, env });
  terminal.repository.createRun({ status: "completed", display_title: `発射 ${"x".repeat(60)}` });
  expect(await terminal.run("list")).toBe(0);
  const text = terminal.stdout();
  expect(text).toMatch(/^\+ success +\?\?\?\? x+~ /m);
  expect(text).not.toMatch(/[^\u0020-\u007E\n]/);
  const pipe = createTerminal({ env });
  pipe.repository.createRun({ display_title: "発射" });
  expect(await pipe.run("list")).toBe(0);
  expect(pipe.stdout()).toContain("発射");
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

test("a title cannot move the cursor, colour the rest, or read as another", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 120, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ display_title: "bad\u001B[2J\u001B[31m title\r\nsecond\u0007" });
  terminal.repository.createRun({ display_title: "safe \u202Etxt.exe" });
  expect(await terminal.run("list")).toBe(0);
  const text = terminal.stdout();
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E]/u);
  expect(text).toContain("bad^[[2J^[[31m title second^G");
  expect(text).toContain("safe <U+202E>txt.exe");
});

test.each([40, 80])("a state is never cut, on a terminal of %i columns", async (columns) => {
  const terminal = createTerminal({ isTTY: true, columns, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({
    display_title: "A title that is longer than there is room",
    branch: "a-branch-with-a-long-name",
    conclusion: "startup_failure",
    status: "completed",
  });
  expect(await terminal.run("list")).toBe(0);
  const [head = "", row = ""] = terminal.stdout().split("\n");
  expect(row).toMatch(/^\S startup_failure {2}A title/);
  expect(Math.max(head.length, row.length)).toBeLessThanOrEqual(columns);
});

test.each(["--branch", "--actor", "--event", "--workflow", "--commit"])(
  "%s that is empty, as an unset variable is, is no filter and refused",
  async (option) => {
    const terminal = createTerminal();
    expect(await terminal.run("list", option, "")).toBe(2);
    expect(terminal.stderr()).toContain("It is empty; give a name, or leave the option out.");
    expect(terminal.requests).toHaveLength(0);
  },
);
