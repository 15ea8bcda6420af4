import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

async function completed(...words: string[]): Promise<string[]> {
  const terminal = createTerminal();
  terminal.repository.createRun({ display_title: "Fix it" });
  expect(await terminal.run("complete", "--", ...words)).toBe(0);
  expect(terminal.stderr()).toBe("");
  return terminal.stdout().trimEnd().split("\n");
}

const values = (lines: readonly string[]) => lines.map((line) => line.split("\t")[0]);

test("commands, with what they do, and without the hidden one", async () => {
  expect(await completed("wa")).toEqual([
    "watch\tWatch a run to its end; exit code 3 when it does not succeed",
    ":4",
  ]);
  expect(values(await completed(""))).not.toContain("complete");
});

test("options of the command and of all", async () => {
  expect(values(await completed("list", "--js"))).toEqual(["--json", ":4"]);
  expect(values(await completed("logs", "--t"))).toEqual(["--tail", "--timestamps", ":4"]);
});

test("values of an option that has a choice", async () => {
  expect(values(await completed("list", "--status", "start"))).toEqual(["startup_failure", ":4"]);
  expect(values(await completed("stats", "--by", ""))).toContain("branch");
});

test("recent runs where RUN stands, with their titles", async () => {
  const lines = await completed("-R", "octo-org/octo-repo", "view", "");
  expect(values(lines)).toEqual(["HEAD", "latest", "failed", "16000000001", ":4"]);
  expect(lines[3]).toContain("Fix it (main, by octocat)");
  expect(values(await completed("rerun", "1600"))).toEqual(["16000000001", ":4"]);
  expect((await completed("logs", "run.")).at(-1)).toBe(":0");
});

test("workflows by their files, with their names", async () => {
  expect(await completed("list", "-w", "")).toEqual(["ci.yml\tCI", ":4"]);
  expect(await completed("run", "c")).toEqual(["ci.yml\tCI", ":4"]);
});

test("without a network there is only what is known here", async () => {
  const terminal = createTerminal({
    fetch: async () => Promise.reject(new TypeError("fetch failed")),
  });
  expect(await terminal.run("complete", "--", "view", "l")).toBe(0);
  expect(terminal.stdout()).toBe("latest\tthe newest run\n:4\n");
  expect(terminal.stderr()).toBe("");
});

test.each(["bash", "zsh", "fish", "powershell"])(
  "completion %s prints the shell's script",
  async (shell) => {
    const terminal = createTerminal();
    expect(await terminal.run("completion", shell)).toBe(0);
    expect(terminal.stdout()).toMatch(/workflow-runs complete '?--/);
    expect(terminal.requests).toEqual([]);
  },
);

test("another shell is a usage error", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("completion", "tcsh")).toBe(2);
  expect(terminal.stderr()).toContain("Allowed choices are bash, zsh, fish, powershell");
});
