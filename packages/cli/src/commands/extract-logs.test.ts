import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";
import { Interrupted } from "../stop-reasons.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-cli-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("--output writes the archive's files", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    status: "completed",
    jobs: [{ name: "build", steps: [{ name: "Run make", log: "made it" }] }],
  });
  const target = join(folder, "logs");
  expect(await terminal.run("logs", "latest", "-o", target)).toBe(0);
  expect(terminal.stdout()).toMatch(
    new RegExp(`^The logs of run ${id} are in .*: \\d+ files\\.\n$`),
  );
  const files = await readdir(target);
  expect(files).toContain("0_build.txt");
  expect(await readFile(join(target, "0_build.txt"), "utf8")).toContain("made it");
});

test("--json lists the files", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("logs", "latest", "-o", join(folder, "logs"), "--json")).toBe(0);
  const { files } = terminal.json() as { files: string[] };
  expect(files.length).toBeGreaterThan(0);
});

test("Ctrl-C in the middle leaves nothing behind: exit code 130", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const response = await terminal.fake.fetch(input, init);
      if (response.headers.get("content-type") !== "application/zip") return response;
      terminal.stop.abort(new Interrupted("SIGINT"));
      return response;
    },
  });
  terminal.repository.createRun({ status: "completed", jobs: [{ name: "build" }] });
  expect(await terminal.run("logs", "latest", "-o", join(folder, "logs"))).toBe(130);
  expect(await readdir(folder)).toEqual([]);
});

test("a damaged archive is an error, and leaves nothing behind", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const response = await terminal.fake.fetch(input, init);
      if (response.headers.get("content-type") !== "application/zip") return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      return new Response(bytes.slice(0, bytes.length / 2), response);
    },
  });
  terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("logs", "latest", "-o", join(folder, "logs"))).toBe(1);
  expect(terminal.stderr()).toMatch(/^error: ./);
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that cannot be written is named", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed", jobs: [{ name: "build" }] });
  await writeFile(join(folder, "file"), "");
  const target = join(folder, "file", "logs");
  expect(await terminal.run("logs", "latest", "-o", target)).toBe(2);
  expect(terminal.stderr()).toContain(`error: --output cannot write ${target}: `);
});
