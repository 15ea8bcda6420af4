import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isLogFile } from "./log-files.ts";
import { createTerminal, type Terminal } from "../../test/terminal.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-files-"));
});
afterEach(async () => rm(folder, { recursive: true }));

function failingRun(terminal: Terminal): number {
  return terminal.repository.createRun({
    status: "completed",
    jobs: [
      {
        name: "test",
        conclusion: "failure",
        steps: [
          {
            name: "Run npm test",
            conclusion: "failure",
            log: "AssertionError: boom\n##[error]Process completed with exit code 1.",
          },
        ],
      },
    ],
  }).id;
}

/** Downloads what the API has at a path, with the redirect. */
async function download({ fake }: Terminal, path: string): Promise<Uint8Array> {
  const response = await fake.fetch(
    `https://api.github.com/repos/octo-org/octo-repo/actions/${path}`,
    {
      headers: { authorization: "Bearer a-token" },
    },
  );
  return new Uint8Array(await response.arrayBuffer());
}

test("an archive on the disk is read without a repository and a request", async () => {
  const terminal = createTerminal({ env: { GH_REPO: undefined } });
  const id = failingRun(terminal);
  const file = join(folder, "run.zip");
  await writeFile(file, await download(terminal, `runs/${id}/logs`));
  expect(await terminal.run("logs", file, "--grep", "boom")).toBe(0);
  expect(terminal.stdout()).toContain("AssertionError: boom\n");
  expect(await terminal.run("explain", file)).toBe(0);
  expect(terminal.stdout()).toContain("AssertionError: boom");
  expect(await terminal.run("logs", file, "--failed", "--jq", ".job")).toBe(0);
  expect(terminal.stdout()).toBe("test\n");
  expect(terminal.requests).toEqual([]);
});

test.each([
  ["saved by PowerShell", "UTF-16"],
  ["without times", "none"],
  ["copied from the page", "page"],
])("so is the log of a job, %s", async (_, form) => {
  const terminal = createTerminal({ env: { GH_REPO: undefined } });
  const file = join(folder, "build.log");
  const lines = ["AssertionError: boom", "##[error]Process completed with exit code 1.", ""];
  if (form === "UTF-16") {
    const dump = lines.map((line) => line && `build\tTest\t2026-01-01T00:00:00.0000000Z ${line}`);
    await writeFile(file, `\ufeff${dump.join("\r\n")}`, "utf16le");
  } else {
    const text = lines.join("\n");
    await writeFile(file, form === "page" ? text.replace("##[error]", "Error: ") : text);
  }
  expect(await terminal.run("explain", file, "--jq", ".reason")).toBe(0);
  expect(terminal.stdout()).toBe("AssertionError: boom\n");
  expect(await terminal.run("logs", file, "--failed")).toBe(0);
  expect(terminal.stdout()).toContain("AssertionError: boom");
});

test("so is what `gh run view --log` printed of several jobs", async () => {
  const terminal = createTerminal({ env: { GH_REPO: undefined } });
  const file = join(folder, "all.log");
  const line = (job: string, step: string, at: number, text: string) =>
    `${job}\t${step}\t2026-05-01T10:00:0${at}.0000000Z ${text}\n`;
  await writeFile(
    file,
    [
      line("lint", "Set up job", 0, "Current runner version: '2.336.0'"),
      line("lint", "Run eslint", 1, "all is well"),
      line("test", "Set up job", 0, "Current runner version: '2.336.0'"),
      line("test", "Run npm test", 2, "AssertionError: boom"),
      line("test", "Run npm test", 3, "##[error]Process completed with exit code 1."),
    ].join(""),
  );
  expect(await terminal.run("logs", file)).toBe(0);
  expect(terminal.stdout()).toMatch(/all is well[^]*AssertionError: boom/);
  expect(await terminal.run("logs", file, "--job", "lint")).toBe(0);
  expect(terminal.stdout()).toContain("all is well");
  expect(terminal.stdout()).not.toContain("boom");
  expect(await terminal.run("explain", file)).toBe(0);
  expect(terminal.stdout()).toContain("AssertionError: boom");
  expect(terminal.requests).toEqual([]);
});

test("so is the text of one job", async () => {
  const terminal = createTerminal({ env: { GH_REPO: undefined } });
  const id = failingRun(terminal);
  const file = join(folder, "job.txt");
  const job = terminal.repository.run(id)?.jobs[0]?.id;
  await writeFile(file, await download(terminal, `jobs/${job}/logs`));
  expect(await terminal.run("logs", file, "--tail", "1", "--jq", ".text")).toBe(0);
  expect(terminal.stdout()).toBe("Cleaning up orphan processes\n");
  expect(await terminal.run("explain", file)).toBe(0);
  expect(terminal.stdout()).toContain("AssertionError: boom");
});

test("a file that is not there is a usage error", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("logs", join(folder, "none.zip"))).toBe(2);
  expect(terminal.stderr()).toContain("cannot be read: ");
});

test.each([
  ["C:\\logs\\run.zip", true],
  ["\\\\server\\share\\job.TXT", true],
  [".\\job.log", true],
  ["https://github.com/cli/cli/actions/runs/1", false],
  ["https://example.com/run.zip", false],
  ["30433642", false],
])("%s is a file: %s", (text, is) => {
  expect(isLogFile(text)).toBe(is);
});
