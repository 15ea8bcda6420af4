import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, succeed } from "./command.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { bun } from "./runtimes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const root = resolve(import.meta.dirname, "../../..");
const names = [
  "openapi-types",
  "codegen",
  "core",
  "pagination",
  "watch",
  "logs",
  "msw",
  "cli",
] as const;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

let registry: Registry | undefined;

beforeAll(async () => {
  const started = await startRegistry();
  registry = started;
  // As the release does it, in a clone that has nothing but what is committed.
  const clone = join(await temporaryFolder("workflow-runs-release-"), "workflow-runs");
  await succeed("git", ["clone", "--quiet", "--no-hardlinks", root, clone], root);
  const pnpm = ["-y", "pnpm@12"];
  await succeed("npx", [...pnpm, "install", "--frozen-lockfile", "--prefer-offline"], clone);
  await succeed("npx", [...pnpm, "exec", "changeset", "version"], clone);
  await succeed("npx", [...pnpm, "run", "build"], clone);
  const packed = await temporaryFolder("workflow-runs-tarballs-");
  await succeed(
    "npx",
    [...pnpm, "--recursive", "--filter", "./packages/*", "pack", "--pack-destination", packed],
    clone,
  );
  for (const tarball of await readdir(packed))
    await succeed(
      "npm",
      ["publish", join(packed, tarball), "--access", "public", "--userconfig", started.npmrc],
      packed,
    );
});

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
});

/** An empty project whose registry is ours. */
async function project(): Promise<string> {
  const folder = await temporaryFolder("workflow-runs-stranger-");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await writeFile(join(folder, ".npmrc"), `registry=${registry!.url}/\n`);
  await writeFile(join(folder, "bunfig.toml"), `[install]\nregistry = "${registry!.url}/"\n`);
  await writeFile(
    join(folder, ".yarnrc.yml"),
    [
      `npmRegistryServer: "${registry!.url}"`,
      `unsafeHttpWhitelist: ["127.0.0.1"]`,
      "nodeLinker: node-modules",
      "enableTelemetry: false",
      "enableGlobalCache: false",
      "enableImmutableInstalls: false",
      "npmMinimalAgeGate: 0",
      // A busy machine is slow, not broken.
      "httpRetry: 10",
      "networkConcurrency: 4",
      "",
    ].join("\n"),
  );
  await writeFile(join(folder, "yarn.lock"), "");
  return folder;
}

const manifestOf = async (folder: string, name: string): Promise<Manifest> =>
  JSON.parse(
    await readFile(join(folder, "node_modules/@workflow-runs", name, "package.json"), "utf8"),
  ) as Manifest;

/** What each package needs beside it to be of use. */
const beside: Readonly<Record<string, readonly string[]>> = {
  pagination: ["@workflow-runs/core"],
  watch: ["@workflow-runs/core"],
  logs: ["@workflow-runs/core"],
  msw: ["msw", "@workflow-runs/core"],
};

describe.each(names)("@workflow-runs/%s, installed alone with npm", (name) => {
  let folder: string;
  let manifest: Manifest;

  beforeAll(async () => {
    folder = await project();
    await succeed(
      "npm",
      ["install", "--no-audit", "--no-fund", `@workflow-runs/${name}`, ...(beside[name] ?? [])],
      folder,
    );
    manifest = await manifestOf(folder, name);
  });

  test("has a version, and ranges that a registry understands", () => {
    expect(manifest.version).not.toBe("0.0.0");
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect(ranges.filter((range) => /workspace:|catalog:|file:|link:/.test(range))).toEqual([]);
  });

  test("pins the libraries that have ended to their last version", () => {
    const { dependencies = {} } = manifest;
    for (const [library, version] of [
      ["openapi-fetch", "0.17.0"],
      ["openapi-typescript", "7.13.0"],
    ] as const)
      expect([undefined, version]).toContain(dependencies[library]);
  });

  test("can be imported at each of its entry points", async () => {
    const entries = Object.entries(manifest.exports ?? {}).filter(
      ([entry, target]) => typeof target === "object" && !entry.includes("*"),
    );
    const needsFastCheck = entries.some(([entry]) => entry === "./fast-check");
    if (needsFastCheck)
      await succeed("npm", ["install", "--no-audit", "--no-fund", "fast-check"], folder);
    const program = entries
      .map(([entry]) => `await import("${manifest.name}${entry.slice(1)}");`)
      .join("\n");
    await writeFile(join(folder, "imports.mjs"), program);
    expect(await run("node", ["imports.mjs"], folder)).toEqual({ status: 0, output: "" });
  });

  test("has source maps that lead to shipped source", async () => {
    const dist = join(folder, "node_modules/@workflow-runs", name, "dist");
    const maps = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith(".map"));
    // The types are generated: their source is the description, which is shipped as a fragment.
    expect(maps.length > 0).toBe(name !== "openapi-types");
    for (const map of maps) {
      const { sources } = JSON.parse(await readFile(join(dist, map), "utf8")) as {
        sources: readonly string[];
      };
      for (const source of sources)
        await expect(readFile(resolve(dist, map, "..", source), "utf8")).resolves.toBeTypeOf(
          "string",
        );
    }
  });
});

const snippets = ["core", "pagination", "watch", "logs", "msw"] as const;

test.each(snippets)("the first snippet of %s's README runs as it stands", async (name) => {
  const folder = await project();
  const packages = [...new Set(["core", "msw", name])].map((each) => `@workflow-runs/${each}`);
  await succeed(
    "npm",
    ["install", "--no-audit", "--no-fund", ...packages, "msw", "vitest"],
    folder,
  );
  const readme = await readFile(
    join(folder, "node_modules/@workflow-runs", name, "README.md"),
    "utf8",
  );
  const snippet = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1];
  expect(snippet).toBeDefined();
  await writeFile(join(folder, "snippet.ts"), snippet!);
  await cp(join(import.meta.dirname, "fake-github.mjs"), join(folder, "fake-github.mjs"));
  const node24 = process.execPath;
  const isTest = /from "vitest"/.test(snippet!);
  const { status, output } = isTest
    ? await run("npx", ["vitest", "run", "--root", folder, "--dir", folder, "snippet.ts"], folder)
    : await run(node24, ["--import", "./fake-github.mjs", "snippet.ts"], folder);
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output.trim(), "it prints something").not.toBe("");
});

test("the first program of the site's start page runs as it stands", async () => {
  const folder = await project();
  const page = await readFile(join(root, "docs/start.md"), "utf8");
  const [, packages = ""] = /^npm install (.*)$/m.exec(page) ?? [];
  await succeed("npm", ["install", "--no-audit", "--no-fund", ...packages.split(" ")], folder);
  await writeFile(join(folder, "start.mjs"), /^```ts\n(.*?)^```$/ms.exec(page)?.[1] ?? "");
  expect(await succeed("node", ["start.mjs"], folder)).toContain("error TS2322");
});

/** How each package manager adds packages, in a folder with its own settings. */
const managers: Readonly<
  Record<string, (folder: string, packages: readonly string[]) => Promise<string>>
> = {
  npm: (folder, packages) =>
    succeed("npm", ["install", "--no-audit", "--no-fund", ...packages], folder),
  pnpm: (folder, packages) => succeed("npx", ["-y", "pnpm@12", "add", ...packages], folder),
  yarn: (folder, packages) =>
    succeed("npx", ["-y", "-p", "@yarnpkg/cli-dist@^4", "yarn", "add", ...packages], folder),
  bun: async (folder, packages) => succeed(await bun(), ["add", ...packages], folder),
};

describe.each(Object.keys(managers))("%s", (manager) => {
  test("installs single packages that work together", async () => {
    const folder = await project();
    await managers[manager]!(folder, [
      "@workflow-runs/core",
      "@workflow-runs/pagination",
      "@workflow-runs/msw",
    ]);
    await writeFile(
      join(folder, "program.mjs"),
      `import { createClient } from "@workflow-runs/core";
       import { createActionsFake } from "@workflow-runs/msw/fake";
       import { paginate } from "@workflow-runs/pagination";
       const fake = createActionsFake();
       fake.repository("octo-org/octo-repo").createRuns(250);
       const github = createClient({ fetch: fake.fetch });
       const where = { owner: "octo-org", repo: "octo-repo" };
       console.log((await paginate(github, "listWorkflowRunsForRepo", where).toArray()).length);`,
    );
    expect(await succeed("node", ["program.mjs"], folder)).toBe("250\n");
  });
});
