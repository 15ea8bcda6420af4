import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run, succeed } from "./command.ts";
import { compileProgram, createProject, packAll, printed, tsc } from "./project.ts";
import { node } from "./runtimes.ts";

const bin = resolve(import.meta.dirname, "../../../node_modules/.bin");
let tarballs: string[];
let project: string;
let program: string;

beforeAll(async () => {
  tarballs = await packAll();
  project = await createProject(tarballs, {
    "@types/node": "^20.19.0",
    msw: "^2.15.0",
    typescript: "^7.0.2",
    "typescript-5": "npm:typescript@~5.9.3",
  });
  program = await compileProgram(project);
});

test("a tarball has what its manifest promises, types for every way to resolve them, and nothing of the tests", async () => {
  expect(tarballs).toHaveLength(8);
  for (const tarball of tarballs) {
    expect(await run(join(bin, "publint"), [tarball, "--strict"], project)).toMatchObject({
      status: 0,
    });
    // ESM only, so CommonJS callers go through import().
    const attw = [tarball, "--profile", "esm-only", "--no-color"];
    expect(await run(join(bin, "attw"), attw, project)).toMatchObject({ status: 0 });
    const files = await succeed("tar", ["-tzf", tarball], project);
    expect(files, basename(tarball)).toMatch(/package\/README\.md/);
    expect(files, basename(tarball)).toMatch(/package\/LICENSE/);
    expect(files, basename(tarball)).not.toMatch(/\.test\.|fixtures|tsconfig/);
  }
});

describe("a program on the installed packages", () => {
  const dom = ["es2023", "dom", "dom.iterable", "dom.asynciterable"];
  const environments = {
    Node: { lib: ["es2023"], types: ["node"], exclude: ["src/*-dom.ts"] },
    "a browser": { lib: dom, types: [], exclude: ["src/*-node.ts"] },
    both: { lib: dom, types: ["node"], exclude: [] },
  };
  const compilers = { "TypeScript 5.9": "typescript-5", "TypeScript 7": "typescript" };
  for (const [name, compiler] of Object.entries(compilers)) {
    for (const resolution of ["nodenext", "bundler"] as const) {
      for (const [environment, { lib, types, exclude }] of Object.entries(environments)) {
        test(`type-checks under ${name}, ${resolution}, with the types of ${environment}`, async () => {
          const compilerOptions = {
            target: "es2023",
            module: resolution === "bundler" ? "esnext" : "nodenext",
            moduleResolution: resolution,
            types,
            lib,
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: false,
            noEmit: true,
          };
          const file = join(
            project,
            `tsconfig.${compiler}.${resolution}.${lib.length}.${types.length}.json`,
          );
          await writeFile(file, JSON.stringify({ compilerOptions, include: ["src"], exclude }));
          const bin = join(project, "node_modules", compiler, "bin/tsc");
          const checked = await run(
            process.execPath,
            [bin, "-p", file, "--pretty", "false"],
            project,
          );
          expect(checked.output).toBe("");
        });
      }
    }
  }

  test("refuses a wrong call at compile time", async () => {
    const source = await readFile(join(project, "src/program.ts"), "utf8");
    const wrong = source.replace(
      "run_id: run.id });\nconst waiting",
      "runId: run.id });\nconst waiting",
    );
    expect(wrong).not.toBe(source);
    await writeFile(join(project, "wrong.ts"), wrong);
    const { status, output } = await tsc(project, "--noEmit", "wrong.ts");
    expect(status).not.toBe(0);
    expect(output).toMatch(/wrong\.ts.*runId/);
  });

  for (const major of [20, 22, 24]) {
    test(`runs on Node ${major}`, async () => {
      const output = await succeed(await node(major), [program], project);
      expect(JSON.parse(output)).toEqual(printed);
    });
  }

  test("has a command whose demo runs to its end on Node 20, with no token", async () => {
    const demo = [join(project, "node_modules", commands["workflow-runs"]), "demo"];
    const output = await succeed(await node(20), demo, project);
    expect(output).toMatch(/attempt 2: success/);
  });

  test("installs commands that print --help on Node 20", async () => {
    const executable = await node(20);
    for (const [command, file] of Object.entries(commands)) {
      const { status, output } = await run(
        executable,
        [join(project, "node_modules", file), "--help"],
        project,
      );
      expect({ command, status, output }).toMatchObject({
        status: 0,
        output: expect.stringContaining(command),
      });
    }
  });
});

const commands = {
  "workflow-runs": "@workflow-runs/cli/dist/bin.js",
  "workflow-runs-codegen": "@workflow-runs/codegen/dist/bin.js",
  "workflow-runs-mock": "@workflow-runs/msw/dist/node/bin.js",
};
