import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isManifestSeen, missingChangesets, missingSince } from "../src/missing-changesets.ts";

const changeset = (...names: string[]) =>
  `---\n${names.map((name) => `"@workflow-runs/${name}": minor\n`).join("")}---\n\nText.\n`;

test("a changed source or API report needs a changeset of its package", () => {
  const changed = ["packages/core/src/index.ts", "guards/api/logs-node.api.md"];
  expect(missingChangesets(changed, [])).toEqual(["@workflow-runs/core", "@workflow-runs/logs"]);
  expect(missingChangesets(changed, [changeset("core")])).toEqual(["@workflow-runs/logs"]);
  expect(missingChangesets(changed, [changeset("core", "logs")])).toEqual([]);
});

test("each API report belongs to a package", () => {
  const reports = readdirSync(join(import.meta.dirname, "../api"));
  const packages = readdirSync(join(import.meta.dirname, "../../packages"));
  expect(reports.length).toBeGreaterThan(packages.length);
  for (const report of reports) {
    const [name = "", ...others] = missingChangesets([`guards/api/${report}`], []);
    expect([report, others]).toEqual([report, []]);
    expect(packages).toContain(name.replace("@workflow-runs/", ""));
  }
});

test("what users do not see needs none", () => {
  const changed = [
    "packages/core/src/index.test.ts",
    "packages/core/test/faults.test.ts",
    "README.md",
    "decisions/001-x.md",
  ];
  expect(missingChangesets(changed, [])).toEqual([]);
});

test("a manifest's change is seen where it is published, and a release's version is none", () => {
  const manifest = { version: "1.0.0", engines: { node: ">=20" }, scripts: { build: "tsc" } };
  const before = JSON.stringify(manifest);
  const having = (change: object) => JSON.stringify({ ...manifest, ...change });
  expect(isManifestSeen(before, having({ version: "1.1.0" }))).toBe(false);
  expect(isManifestSeen(before, having({ scripts: {}, devDependencies: { a: "1" } }))).toBe(false);
  expect(isManifestSeen(before, having({ engines: { node: ">=22" } }))).toBe(true);
  expect(isManifestSeen(before, having({ dependencies: { valibot: "^2" } }))).toBe(true);
  expect(isManifestSeen(undefined, before)).toBe(true);
});

test("a changed public type without a changeset fails, in a real repository", () => {
  const folder = mkdtempSync(join(tmpdir(), "workflow-runs-guard-"));
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@x", ...args], { cwd: folder });
    const write = (path: string, text: string) => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
      git("add", "--all");
      git("commit", "--quiet", "--message", path);
    };
    git("init", "--quiet", "--initial-branch", "main");
    write("packages/core/src/index.ts", "export type A = string;\n");
    git("switch", "--quiet", "--create", "change");
    write("packages/core/src/index.ts", "export type A = number;\n");
    expect(missingSince(folder, "main")).toEqual(["@workflow-runs/core"]);
    write(".changeset/brave-cats.md", changeset("core"));
    expect(missingSince(folder, "main")).toEqual([]);
    write("packages/logs/package.json", '{"engines":{"node":">=22"}}');
    expect(missingSince(folder, "main")).toEqual(["@workflow-runs/logs"]);
    git("switch", "--quiet", "--create", "release");
    write("packages/logs/package.json", '{"version":"2.0.0","engines":{"node":">=22"}}');
    expect(missingSince(folder, "change")).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
