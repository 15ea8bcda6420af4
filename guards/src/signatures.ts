// Whether what our packages depend on is what their publishers signed: `npm audit signatures` on a project of their
// production dependencies, outside the workspace. Needs a registry that has the keys, as npm's own has.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { productionDependencies } from "./dependencies.ts";

const folder = mkdtempSync(join(tmpdir(), "workflow-runs-signatures-"));
try {
  // By aliases, because one name may stand for several versions.
  const dependencies = Object.fromEntries(
    productionDependencies().map(({ name, version }, index) => [
      `dependency-${index}`,
      `npm:${name}@${version}`,
    ]),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  for (const args of [
    ["install", "--ignore-scripts", "--no-fund"],
    ["audit", "signatures"],
  ]) {
    const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
