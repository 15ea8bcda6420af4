// Regenerating from GitHub's whole description (13 MB), from the built package, beside the tools it could be done with.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type PinnedPackage, packageFiles } from "@workflow-runs/codegen";
import { claim, measured, rounds } from "./claim.ts";

interface Usage {
  /** CPU time in seconds, user and system. */
  cpu: number;
  /** The most memory it had, resident. */
  megabytes: number;
}

const root = join(import.meta.dirname, "../..");
const configuration = join(root, "openapi/sources.json");
const sources = JSON.parse(readFileSync(configuration, "utf8")) as {
  source: PinnedPackage;
  targets: { github: string };
};
const folder = mkdtempSync(join(tmpdir(), "bench-codegen-"));
const spec = join(folder, "api.github.com.json");
const require = createRequire(import.meta.url);

try {
  await prepare();
  const ours: Usage[] = [];
  const least: Usage[] = [];
  for (let round = 0; round < rounds(5); round++) {
    ours.push(regenerate());
    least.push(inProcess());
  }
  show("@workflow-runs/codegen: two API versions, overlay, examples, diff", ours);
  show("@workflow-runs/codegen: reading, slicing, openapi-typescript, one API version", least);
  show("openapi-typescript on the whole description", [
    measure(bin("openapi-typescript", "bin/cli.js"), spec, "--output", join(folder, "whole.ts")),
  ]);
  show("@redocly/cli's filter: the slice alone", [redocly()]);
  const ratio = best(ours, "cpu") / best(least, "cpu");
  claim({
    what: "regenerate over read + slice + openapi-typescript, CPU time",
    value: ratio,
    atMost: 1.5,
  });
  claim({
    what: "regenerate, memory",
    value: Math.max(...ours.map(({ megabytes }) => megabytes)),
    unit: "MB",
    atMost: 300,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The description out of the cache or the registry, the built package, and a configuration for one target. */
async function prepare(): Promise<void> {
  const files = await packageFiles(sources.source, [sources.targets.github]);
  writeFileSync(spec, await files.read(sources.targets.github));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [
    compiler,
    "-p",
    join(root, "packages/codegen/tsconfig.build.json"),
  ]);
  const {
    source: _,
    releases: __,
    ...settings
  } = JSON.parse(readFileSync(configuration, "utf8")) as {
    [name: string]: unknown;
  };
  const one = {
    ...settings,
    overlay: join(root, "openapi/overlay.yaml"),
    targets: { github: spec },
    output: { fragments: "fragments", types: "types", minified: "minified" },
  };
  writeFileSync(join(folder, "sources.json"), JSON.stringify(one));
}

function regenerate(): Usage {
  for (const written of ["fragments", "types", "minified"]) {
    rmSync(join(folder, written), { recursive: true, force: true });
  }
  const command = join(root, "packages/codegen/dist/bin.js");
  return measure(command, "regenerate", "--config", join(folder, "sources.json"));
}

function inProcess(): Usage {
  const script = join(import.meta.dirname, "codegen/in-process.ts");
  const built = join(root, "packages/codegen/dist/slice.js");
  return measure(script, spec, join(folder, "least"), built);
}

function redocly(): Usage {
  const fragment = JSON.parse(readFileSync(join(folder, "least.json"), "utf8")) as {
    paths: { [path: string]: { [method: string]: { operationId?: string } } };
  };
  const ids = Object.values(fragment.paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  const filter = { property: "operationId", value: ids };
  const settings = { decorators: { "filter-in": filter, "remove-unused-components": "on" } };
  const config = join(folder, "redocly.yaml");
  writeFileSync(config, JSON.stringify(settings));
  const out = join(folder, "redocly.json");
  return measure(
    bin("@redocly/cli", "bin/cli.js"),
    "bundle",
    spec,
    "--config",
    config,
    "--output",
    out,
  );
}

function bin(name: string, path: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), path);
}

/** Runs a script in a process of its own and gives what it used. */
function measure(script: string, ...args: string[]): Usage {
  const usage = join(folder, "usage.json");
  const preload = join(import.meta.dirname, "codegen/process-usage.ts");
  const { status, stderr } = spawnSync(process.execPath, ["--import", preload, script, ...args], {
    encoding: "utf8",
    env: {
      ...process.env,
      BENCH_USAGE: usage,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    },
  });
  if (status !== 0) throw new Error(`${script} exited with ${status}: ${stderr}`);
  return JSON.parse(readFileSync(usage, "utf8")) as Usage;
}

/** The least of several runs: what the machine does besides only adds. */
function best(usages: readonly Usage[], of: keyof Usage): number {
  return Math.min(...usages.map((usage) => usage[of]));
}

function show(name: string, usages: readonly Usage[]): void {
  const [cpu, memory] = [best(usages, "cpu"), best(usages, "megabytes")];
  measured({
    contest: "GitHub's whole description, CPU time",
    contender: name,
    value: cpu,
    unit: "s",
  });
  measured({
    contest: "GitHub's whole description, memory",
    contender: name,
    value: memory,
    unit: "MB",
  });
}
