import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

test("goes through list, view, logs, rerun and usage without a request to the outside", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  expect(await terminal.run("demo")).toBe(0);
  const text = terminal.stdout();
  expect(terminal.requests).toEqual([]);
  expect(text).toContain("octo-org/fake-rocket is a fake private repository");
  expect(text.match(/^\$ workflow-runs .*/gm)).toEqual([
    "$ workflow-runs list",
    "$ workflow-runs view failed",
    "$ workflow-runs explain failed",
    expect.stringMatching(/^\$ workflow-runs rerun \d+ --failed --watch$/),
    expect.stringMatching(/^\$ workflow-runs usage \d+$/),
  ]);
  expect(text).toContain("1. test › 4. Run npm test");
  expect(text).toContain("reconnects after the link is lost");
  expect(text).toMatch(/✓ Run \d+, attempt 2: success/);
  expect(text).toMatch(/^UBUNTU +2 jobs +2m 0s$/m);
  expect(text).toContain("The run took ");
});

test("is readable in eighty columns, on a terminal and in a pipe", async () => {
  const on = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  const piped = createTerminal();
  for (const terminal of [on, piped]) {
    expect(await terminal.run("demo")).toBe(0);
    const long = terminal
      .stdout()
      .split("\n")
      .filter((line) => line.length > 80);
    expect(long).toEqual([]);
  }
});

test("colours come and go with the terminal and NO_COLOR", async () => {
  const coloured = createTerminal({ isTTY: true, columns: 80 });
  expect(await coloured.run("demo")).toBe(0);
  expect(coloured.stdout()).toContain("\u001B[31m");
  for (const args of [
    ["demo", "--no-color"],
    ["--no-color", "demo"],
  ]) {
    const plain = createTerminal({ isTTY: true, columns: 80 });
    expect(await plain.run(...args)).toBe(0);
    expect(plain.stdout()).not.toContain("\u001B");
  }
});

test("the environment of the person at the terminal does not lead it elsewhere", async () => {
  const terminal = createTerminal({
    env: {
      GH_HOST: "github.example.com",
      GITHUB_API_URL: "https://github.example.com/api/v3",
      GITHUB_SERVER_URL: "https://github.example.com",
      GH_REPO: "someone/else",
    },
  });
  expect(await terminal.run("demo")).toBe(0);
  expect(terminal.requests).toEqual([]);
});

test("--json keeps standard output to JSON", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("demo", "--json")).toBe(0);
  const text = terminal.stdout();
  expect(text.startsWith("[\n")).toBe(true);
  expect(text).not.toContain("$ workflow-runs");
  expect(terminal.stderr()).toContain("$ workflow-runs list");
});
