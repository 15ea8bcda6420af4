import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const knip = join(root, "guards/node_modules/.bin/knip");

/** What knip finds in a folder: files, exports and dependencies that nobody uses, and dependencies that nobody declares. */
function findings(folder: string): Promise<{ status: number; output: string }> {
  const args = [
    "--no-progress",
    "--no-config-hints",
    "--include",
    "files,dependencies,unlisted,unresolved,exports,types",
  ];
  return new Promise((done) => {
    execFile(knip, args, { cwd: folder }, (error, stdout, stderr) => {
      done({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

test("every file, export and dependency is used, and every used one is declared", async () => {
  expect(await findings(root)).toEqual({ status: 0, output: "" });
});

test("a dependency that nobody uses is found", async () => {
  const folder = mkdtempSync(join(tmpdir(), "workflow-runs-unused-"));
  try {
    mkdirSync(join(folder, "src"));
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({
        name: "x",
        type: "module",
        main: "src/index.js",
        dependencies: { leftpad: "1" },
      }),
    );
    writeFileSync(join(folder, "src/index.js"), "export const x = 1;\n");
    expect(await findings(folder)).toMatchObject({
      status: 1,
      output: expect.stringContaining("leftpad") as string,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
