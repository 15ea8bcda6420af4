// Weight: in a browser's bundle, on disk, at import, and for the type checker.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
import { claim, measured, rounds } from "./claim.ts";
import { installedSize } from "./installed-size.ts";
import { published } from "./published.ts";

const here = import.meta.dirname;

/** gzip size of what a browser loads first, and of what it loads when it is used. */
async function bundled(
  contents: string,
  options: BuildOptions = {},
): Promise<{ first: number; later: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    outdir: "out",
    logLevel: "error",
    ...options,
    write: false,
    metafile: true,
  });
  const first = new Set<string>();
  const follow = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? [])
      if (kind === "import-statement") follow(next);
  };
  follow(Object.keys(metafile.outputs).find((path) => path.endsWith("stdin.js")) ?? "");
  const size = (wanted: boolean): number =>
    outputFiles
      .filter(({ path }) => [...first].some((name) => path.endsWith(name)) === wanted)
      .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { first: size(true), later: size(false) };
}

const ours = 'export { createClient } from "@workflow-runs/core"';
const bundles = {
  "@workflow-runs/core": ours,
  "openapi-fetch": 'export { default } from "openapi-fetch"',
  "@octokit/core": 'export { Octokit } from "@octokit/core"',
  "@octokit/rest + paginate + retry + throttling":
    'import { Octokit } from "@octokit/rest"; import { retry } from "@octokit/plugin-retry"; import { throttling } from "@octokit/plugin-throttling"; export default Octokit.plugin(retry, throttling)',
  octokit: 'export { Octokit } from "octokit"',
};
for (const [name, contents] of Object.entries(bundles)) {
  const { first, later } = await bundled(contents);
  if (later > 0) throw new Error(`${name} loads ${later} bytes more when it is first used`);
  measured({
    contest: "one minified file, gzip",
    contender: name,
    value: first / 1000,
    unit: "kB",
  });
}
claim({
  what: "gzip size of all of the client in one file",
  value: (await bundled(ours)).first / 1000,
  unit: "kB",
  atMost: 18.8,
});

const installed = installedSize("@workflow-runs/core");
for (const [name, { bytes, packages }] of [
  ["@workflow-runs/core", installed],
  ["@octokit/rest", installedSize("@octokit/rest")],
  ["octokit", installedSize("octokit")],
] as const) {
  measured({ contest: "installed size", contender: name, value: bytes / 1e6, unit: "MB" });
  measured({ contest: "installed packages", contender: name, value: packages, unit: "packages" });
}
claim({ what: "installed size", value: installed.bytes / 1e6, unit: "MB", atMost: 1.5 });
claim({ what: "installed packages", value: installed.packages, unit: "packages", atMost: 4 });

// The published form (JavaScript), not the sources with their types to strip.
const importing = {
  "@workflow-runs/core": `file://${join(published("core"), "dist/index.js")}`,
  "@octokit/core": "@octokit/core",
  "@octokit/rest": "@octokit/rest",
  octokit: "octokit",
};
const importTimes = new Map<string, number>();
for (const [name, specifier] of Object.entries(importing)) {
  const code = `const start = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - start)`;
  const samples = Array.from({ length: rounds(7) }, () =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", code], {
        cwd: here,
        encoding: "utf8",
      }),
    ),
  );
  const value = Math.min(...samples);
  importTimes.set(name, value);
  measured({ contest: "import", contender: name, value, unit: "ms" });
}
claim({
  what: "import, over @octokit/core's",
  value:
    (importTimes.get("@workflow-runs/core") ?? Infinity) / (importTimes.get("@octokit/core") ?? 1),
  atMost: 1,
});
const programs = {
  "@workflow-runs/core": `import { createClient } from "@workflow-runs/core"; const run = await createClient().getWorkflowRun({ owner: "o", repo: "r", run_id: 1 }); export const id: number = run.id;`,
  "@octokit/rest": `import { Octokit } from "@octokit/rest"; const { data } = await new Octokit().rest.actions.getWorkflowRun({ owner: "o", repo: "r", run_id: 1 }); export const id: number = data.id;`,
  octokit: `import { Octokit } from "octokit"; const { data } = await new Octokit().rest.actions.getWorkflowRun({ owner: "o", repo: "r", run_id: 1 }); export const id: number = data.id;`,
};
const checks = new Map<string, number>();
const folder = mkdtempSync(join(here, "check-"));
try {
  for (const [name, program] of Object.entries(programs)) {
    const file = join(folder, "program.ts");
    writeFileSync(file, program);
    const flags =
      "--ignoreConfig --noEmit --strict --skipLibCheck --target es2023 --lib es2023,es2024.string,dom,dom.iterable,dom.asynciterable,esnext.disposable --module nodenext --types node --allowImportingTsExtensions --extendedDiagnostics";
    const tsc = join(here, "../../node_modules/.bin/tsc");
    const output = execFileSync(tsc, [...flags.split(" "), file], { encoding: "utf8", cwd: here });
    const read = (label: string): number =>
      Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(output)?.[1]);
    checks.set(name, read("Memory used"));
    const contest = "type-check of a consumer";
    measured({
      contest: `${contest}, time`,
      contender: name,
      value: read("Total time"),
      unit: "s",
    });
    measured({
      contest: `${contest}, memory`,
      contender: name,
      value: read("Memory used") / 1000,
      unit: "MB",
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}
claim({
  what: "memory of a type-check of a consumer, over @octokit/rest's",
  value: (checks.get("@workflow-runs/core") ?? Infinity) / (checks.get("@octokit/rest") ?? 1),
  atMost: 1,
});
