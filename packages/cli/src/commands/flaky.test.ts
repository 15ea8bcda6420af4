import { expect, test } from "vitest";
import { createTerminal, startTime, type Terminal } from "../../test/terminal.ts";

const hour = 3_600_000;
const sha = "a123456789abcdef0123456789abcdef01234567";

/** A run of `main`, whose test fails, passes, or fails and passes when it is run again. */
function mainRun(
  { repository }: Terminal,
  age: number,
  conclusion: "success" | "failure",
  head_sha?: string,
) {
  return repository.createRun({
    status: "completed",
    created_at: startTime - age * hour,
    ...(head_sha !== undefined && { head_sha }),
    jobs: [{ name: "test", conclusion, steps: [{ name: "Run npm test", conclusion }] }],
  });
}

function failingTopic({ repository }: Terminal, step = "Run npm test"): number {
  return repository.createRun({
    status: "completed",
    branch: "topic",
    created_at: startTime - 600_000,
    jobs: [{ name: "test", conclusion: "failure", steps: [{ name: step, conclusion: "failure" }] }],
  }).id;
}

test("what failed and then passed on one commit, across runs", async () => {
  const terminal = createTerminal();
  mainRun(terminal, 9, "failure", sha);
  mainRun(terminal, 5, "success", sha);
  mainRun(terminal, 3, "failure");
  expect(await terminal.run("flaky")).toBe(0);
  expect(terminal.stdout()).toBe("test\tRun npm test\tCI\t1\t3\t16000000001\n");
  expect(await terminal.run("flaky", "--last", "2", "--json")).toBe(0);
  expect(terminal.json()).toEqual([]);
  expect(await terminal.run("flaky", "--last", "2")).toBe(0);
  expect(terminal.stderr()).toBe("Nothing in 2 runs failed and then passed on the same commit.\n");
});

test.each([
  [
    "mine",
    (terminal: Terminal) => void mainRun(terminal, 3, "success"),
    "It looks like your change.",
  ],
  [
    "flaky",
    (terminal: Terminal) => {
      mainRun(terminal, 5, "failure", sha);
      mainRun(terminal, 3, "success", sha);
    },
    "It looks flaky, not like your change.",
  ],
  [
    "broken",
    (terminal: Terminal) => void mainRun(terminal, 3, "failure"),
    "It is broken there too",
  ],
  [
    "seen",
    (terminal: Terminal) => {
      mainRun(terminal, 5, "failure");
      mainRun(terminal, 3, "success");
    },
    "It happened before",
  ],
  ["unknown", () => {}, "nothing to compare"],
])("is it me? %s", async (likely, createEarlier, words) => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  createEarlier(terminal);
  const id = String(failingTopic(terminal));
  expect(await terminal.run("flaky", id, "--branch", "main", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({
    branch: "main",
    suspects: [{ job: "test", step: "Run npm test", likely }],
  });
  expect(await terminal.run("flaky", id, "-b", "main")).toBe(0);
  const text = terminal.stdout();
  expect(text.replaceAll(/\n +/g, " ")).toContain(words);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("another step that fails is no excuse, and a run without failures has nothing to ask", async () => {
  const terminal = createTerminal();
  mainRun(terminal, 3, "failure");
  const id = failingTopic(terminal, "Run npm ci");
  expect(await terminal.run("flaky", String(id), "-b", "main")).toBe(0);
  expect(terminal.stdout()).toMatch(/^mine\t0\t1\t0\ttest\tRun npm ci\t\d+\n$/);
  const fine = mainRun(terminal, 1, "success");
  expect(await terminal.run("flaky", String(fine.id), "-b", "main")).toBe(0);
  expect(terminal.stderr()).toContain(`No job of run ${fine.id} failed.`);
});
