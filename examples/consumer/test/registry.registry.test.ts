import { spawn } from "node:child_process";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
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
  readonly bin?: Readonly<Record<string, string>>;
  readonly repository?: { readonly url?: string; readonly directory?: string };
  readonly license?: string;
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
      // Ours from our registry, and the rest from this machine's: yarn waits for ever for what verdaccio passes on.
      `npmRegistryServer: "${registry!.upstream.replace(/\/$/, "")}"`,
      "npmScopes:",
      "  workflow-runs:",
      `    npmRegistryServer: "${registry!.url}"`,
      "    npmMinimalAgeGate: 0",
      `unsafeHttpWhitelist: ["*"]`,
      "nodeLinker: node-modules",
      "enableTelemetry: false",
      "enableGlobalCache: false",
      "enableImmutableInstalls: false",
      "npmMinimalAgeGate: 0",
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

/** What can be imported of a package: its entry points that are programs. */
const entriesOf = ({ name, exports = {} }: Manifest): string[] =>
  Object.entries(exports)
    .filter(([entry, target]) => typeof target === "object" && !entry.includes("*"))
    .map(([entry]) => `${name}${entry.slice(1)}`);

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

  test("says where it comes from, as provenance requires, and under which licence", () => {
    expect(manifest).toMatchObject({
      license: "MIT",
      repository: {
        url: "git+https://github.com/workflow-runs/workflow-runs.git",
        directory: `packages/${name}`,
      },
    });
  });

  test("ships what it names, its README and its licence, and nothing else", async () => {
    const installed = join(folder, "node_modules/@workflow-runs", name);
    const files = (await readdir(installed, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(installed, join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith("node_modules/"));
    const shipped =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|(?:dist|src)\/.*|fragments\/[\w.-]+\.json)$/;
    expect(files.filter((file) => !shipped.test(file))).toEqual([]);
    expect(files.filter((file) => /\.test|\.tsbuildinfo$|snap$/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    const targets = [...Object.values(manifest.exports ?? {}), ...Object.values(manifest.bin ?? {})]
      .flatMap((target) => (typeof target === "string" ? target : Object.values(target as object)))
      .filter((target): target is string => typeof target === "string" && !target.includes("*"));
    const missing = targets.filter((target) => !files.includes(target.replace(/^\.\//, "")));
    expect(missing).toEqual([]);
  });

  test.each(["~5.9.3", "^7.0.0"])(
    "has types that TypeScript %s takes as they are",
    async (version) => {
      const compiler = await project();
      await succeed(
        "npm",
        ["install", "--no-audit", "--no-fund", `typescript@${version}`, "@types/node@^24"],
        compiler,
      );
      if (manifest.peerDependencies?.["fast-check"] !== undefined)
        await succeed("npm", ["install", "--no-audit", "--no-fund", "fast-check"], folder);
      const entries = entriesOf(manifest);
      const program = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
      const used = entries.map((_, index) => `entry${index}`).join(", ");
      await writeFile(
        join(folder, "types.ts"),
        `${program.join("\n")}\nexport const all: readonly object[] = [${used}];\n`,
      );
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: "es2022",
        lib: ["es2023", "dom", "dom.iterable"],
        module: "nodenext",
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        typeRoots: [join(compiler, "node_modules/@types")],
        types: ["node"],
      };
      await writeFile(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions, files: ["types.ts"] }),
      );
      const tsc = join(compiler, "node_modules/typescript/bin/tsc");
      const { output } = await run(process.execPath, [tsc, "-p", folder], folder);
      // What is wrong in the types of others is theirs.
      const ours = output.split("\n").filter((line) => /^types\.ts|@workflow-runs/.test(line));
      expect(ours).toEqual([]);
    },
  );

  test("pins the libraries that have ended to their last version", () => {
    const { dependencies = {} } = manifest;
    for (const [library, version] of [
      ["openapi-fetch", "0.17.0"],
      ["openapi-typescript", "7.13.0"],
    ] as const)
      expect([undefined, version]).toContain(dependencies[library]);
  });

  test("can be imported at each of its entry points", async () => {
    if (manifest.peerDependencies?.["fast-check"] !== undefined)
      await succeed("npm", ["install", "--no-audit", "--no-fund", "fast-check"], folder);
    const program = entriesOf(manifest)
      .map((entry) => `await import("${entry}");`)
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

const snippets = ["openapi-types", "core", "pagination", "watch", "logs", "msw"] as const;

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

/** The commands of a README's `sh` blocks, without their comments. */
async function commandsOf(folder: string, name: string): Promise<string[]> {
  const path = join(folder, "node_modules/@workflow-runs", name, "README.md");
  const blocks = [...(await readFile(path, "utf8")).matchAll(/^```sh\n(.*?)^```$/gms)];
  return blocks.flatMap(([, block = ""]) =>
    block
      .split("\n")
      .map((line) => line.replace(/(?:^|\s+)#.*$/, ""))
      .filter(Boolean),
  );
}

test("the first commands of cli's README run as they stand, in a clone of what mock serves", async () => {
  const folder = await project();
  await succeed("npm", ["install", "--no-audit", "--no-fund", "@workflow-runs/cli"], folder);
  const bin = join(folder, "node_modules/.bin");
  const commands = (await commandsOf(folder, "cli")).slice(0, 9);
  expect(commands.slice(0, 3)).toEqual([
    "npx @workflow-runs/cli demo",
    "npm install --global @workflow-runs/cli",
    "cd some/clone",
  ]);
  expect(await succeed("npx", ["@workflow-runs/cli", "demo"], folder)).toContain("Run npm test");
  const clone = join(folder, "clone");
  await succeed("git", ["init", "--quiet", "--initial-branch", "main", clone], folder);
  const remote = "https://github.com/octo-org/fake-rocket.git";
  await succeed("git", ["remote", "add", "origin", remote], clone);
  const author = ["-c", "user.name=Octocat", "-c", "user.email=octocat@example.com"];
  await succeed("git", [...author, "commit", "--quiet", "--allow-empty", "-m", "Start"], clone);
  const mock = spawn(join(bin, "workflow-runs"), ["mock", "--port", "0"], { cwd: folder });
  try {
    let printed = "";
    for await (const chunk of mock.stdout) {
      printed += String(chunk);
      if (/http:\/\/127\.0\.0\.1:\d+/.test(printed)) break;
    }
    const [api = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
    const statuses: Record<string, number> = {};
    for (const command of commands.slice(3)) {
      // Nothing can be pushed to a fake, and nobody is here to say yes.
      const line = command.replace("git push && ", "").replace("rerun ", "rerun --yes ");
      const env = `PATH='${bin}':"$PATH" GITHUB_API_URL=${api} GITHUB_TOKEN=token`;
      const { status, output } = await run("bash", ["-c", `export ${env}; ${line}`], clone);
      expect(output.trim(), line).not.toBe("");
      statuses[line] = status;
    }
    expect(statuses).toEqual({
      "workflow-runs list -s failure": 0,
      // No run of HEAD appears.
      "workflow-runs watch": 5,
      "workflow-runs explain": 0,
      "workflow-runs rerun --yes --failed --watch": 0,
      // What had failed has succeeded since.
      "workflow-runs flaky failed": 5,
      "workflow-runs stats --since 30d --html stats.html": 0,
    });
  } finally {
    mock.kill();
  }
});

test("the first commands of codegen's README run as they stand", async () => {
  const folder = await project();
  const packages = ["@workflow-runs/codegen", "@workflow-runs/openapi-types"];
  await succeed("npm", ["install", "--no-audit", "--no-fund", ...packages], folder);
  const fragment = join(folder, "node_modules/@workflow-runs/openapi-types/fragments/github.json");
  const description = await readFile(fragment, "utf8");
  await writeFile(join(folder, "api.github.com.json"), description);
  const newer = JSON.parse(description) as {
    components: { schemas: Record<string, { properties: Record<string, object> }> };
  };
  newer.components.schemas["workflow-run"]!.properties["new_field"] = { type: "string" };
  await writeFile(join(folder, "newer.json"), JSON.stringify(newer));
  const commands = (await commandsOf(folder, "codegen")).slice(1, 5);
  expect(commands).toHaveLength(4);
  let printed = "";
  for (const command of commands) printed = await succeed("bash", ["-c", command], folder);
  expect(printed).toContain("Bump:");
  expect(await readFile(join(folder, "github.ts"), "utf8")).toContain("export interface paths");
});

test("the lowest versions of what msw needs beside it are enough", async () => {
  const folder = await project();
  await succeed("npm", ["install", "--no-audit", "--no-fund", "@workflow-runs/msw"], folder);
  const { peerDependencies = {} } = await manifestOf(folder, "msw");
  const lowest = Object.entries(peerDependencies).map(
    ([peer, range]) => `${peer}@${/\d+\.\d+\.\d+/.exec(range)?.[0]}`,
  );
  expect(lowest).toEqual(["fast-check@4.0.0", "msw@2.11.0"]);
  await succeed("npm", ["install", "--no-audit", "--no-fund", ...lowest], folder);
  await writeFile(
    join(folder, "program.mjs"),
    `import fc from "fast-check";
     import { setupServer } from "msw/node";
     import { createActionsFake } from "@workflow-runs/msw";
     import { runs } from "@workflow-runs/msw/fast-check";
     const fake = createActionsFake();
     const repository = fake.repository("octo-org/octo-repo");
     for (const init of fc.sample(runs(), 5)) repository.createRun(init);
     setupServer(...fake.handlers()).listen();
     const response = await fetch("https://api.github.com/repos/octo-org/octo-repo/actions/runs");
     console.log((await response.json()).total_count);
     process.exit();`,
  );
  expect(await succeed("node", ["program.mjs"], folder)).toBe("5\n");
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
