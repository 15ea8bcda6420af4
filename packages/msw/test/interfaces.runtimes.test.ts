import { cp, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { succeed } from "../../../examples/consumer/test/command.ts";
import { node } from "../../../examples/consumer/test/runtimes.ts";
import { temporaryFolder } from "../../../examples/consumer/test/temporary-folder.ts";

const root = resolve(import.meta.dirname, "../../..");
let tarballs: string[];

beforeAll(async () => {
  const folder = await temporaryFolder("msw-packed-");
  const filter = ["--filter", "@workflow-runs/openapi-types", "--filter", "@workflow-runs/msw"];
  await succeed("pnpm", ["--recursive", ...filter, "pack", "--pack-destination", folder], root);
  tarballs = (await readdir(folder)).map((file) => join(folder, file));
});

/** An npm project with the packed package in it, and these test files. */
async function project(dependencies: readonly string[], ...files: string[]): Promise<string> {
  const folder = await temporaryFolder("msw-interface-");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await succeed(
    "npm",
    ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...dependencies, ...tarballs],
    folder,
  );
  for (const file of files)
    await cp(join(import.meta.dirname, file), join(folder, file.replace(/^.*\//, "")));
  return folder;
}

describe("the scenario passes on the installed package", () => {
  test.for([
    ["^2.15.0", 20],
    ["2.11.0", 20],
    ["^2.15.0", 24],
    ["^3.0.5", 22],
    ["^3.0.5", 24],
  ] as const)("under MSW %s on Node %s", async ([version, major]) => {
    const folder = await project([`msw@${version}`], "interfaces/scenario.test.mjs");
    const output = await succeed(
      await node(major),
      ["--test", "--test-reporter=tap", "scenario.test.mjs"],
      folder,
    );
    expect(output).toMatch(/^# pass 10$/m);
    expect(output).toMatch(/^# fail 0$/m);
  });
});

describe("MSW 3 on Node 20", () => {
  test("is an error that says what to install", async () => {
    const folder = await project(["msw@^3.0.5"]);
    const program = `
      import { createActionsFake, UnsupportedNodeError } from "@workflow-runs/msw";
      import "msw/node";
      try {
        createActionsFake().handlers();
      } catch (error) {
        console.log(error instanceof UnsupportedNodeError, error.message);
      }`;
    await writeFile(join(folder, "program.mjs"), program);
    const said = await succeed(await node(20), ["program.mjs"], folder);
    expect(said).toMatch(/^true .*npm install --save-dev msw@2/m);
  });
});

describe("the options for what no handler answers", () => {
  test.for(["^2.11.0", "^3.0.5"])("are typed in MSW %s, without a cast", async (version) => {
    const folder = await project([`msw@${version}`, "typescript@~5.9.3"], "recipes/unhandled.ts");
    await writeFile(
      join(folder, "listen.ts"),
      `import { createActionsFake } from "@workflow-runs/msw";
      import { setupServer } from "msw/node";
      import { unhandled } from "./unhandled.js";
      setupServer(...createActionsFake().handlers()).listen(unhandled);`,
    );
    const strict = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"];
    const target = ["--target", "es2022", "--lib", "esnext,dom"];
    const tsc = ["node_modules/typescript/bin/tsc", ...strict, ...target, "listen.ts"];
    expect(await succeed(process.execPath, tsc, folder)).toBe("");
  });
});

describe("without MSW", () => {
  test("fake and server work, because only handlers() needs it", async () => {
    const folder = await project([]);
    const program = `
      import { createActionsFake, presets } from "@workflow-runs/msw/fake";
      import { listen } from "@workflow-runs/msw/node";
      const fake = createActionsFake();
      fake.repository("o/r").createRun(presets.failure());
      const server = await listen(fake);
      const answer = await fetch(server.url + "/repos/o/r/actions/runs");
      console.log((await answer.json()).total_count);
      await server.close();`;
    await writeFile(join(folder, "program.mjs"), program);
    expect(await succeed(await node(20), ["program.mjs"], folder)).toContain("1");
    const help = await succeed(
      await node(20),
      ["node_modules/.bin/workflow-runs-mock", "--help"],
      folder,
    );
    expect(help).toContain("--seed FILE");
  });
});

describe("in a document made in Node", () => {
  test.for([
    ["^2.15.0", "jsdom"],
    ["^3.0.5", "jsdom"],
    ["^2.15.0", "happy-dom"],
    ["^3.0.5", "happy-dom"],
  ] as const)("lists and downloads work under MSW %s and Vitest's %s", async ([version, name]) => {
    const packages = [`msw@${version}`, "vitest@^4.1.12", name];
    const folder = await project(packages, "interfaces/document.test.mjs");
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--globals", "--environment", name];
    expect(await succeed(await node(24), vitest, folder)).toMatch(/Tests +3 passed/);
  });

  test("and under Jest's jsdom, fixed", async () => {
    const packages = ["msw@^2.15.0", "jest@^30.0.0", "jest-environment-jsdom@^30.0.0"];
    const folder = await project([...packages, "jest-fixed-jsdom"], "interfaces/document.test.mjs");
    const jest = ["--experimental-vm-modules", "node_modules/jest/bin/jest.js"];
    const options = ["--env", "jest-fixed-jsdom", "--testMatch", "**/*.test.mjs"];
    expect(await succeed(await node(24), [...jest, ...options], folder)).toContain("3 passed");
  });
});

describe("the README's recipes", () => {
  test("Jest 30", async () => {
    const folder = await project(["msw@^2.15.0", "jest@^30.0.0"], "recipes/jest.test.mjs");
    const jest = [
      "--experimental-vm-modules",
      "node_modules/jest/bin/jest.js",
      "--testMatch",
      "**/*.test.mjs",
    ];
    expect(await succeed(await node(22), jest, folder)).toContain("1 passed");
  });
});
