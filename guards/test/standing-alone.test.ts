import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter(
    (path) =>
      /\.(?:ts|mts|mjs|cjs|json|yaml|sh)$/.test(path) &&
      !/\.gen\.ts$|^openapi\/.*\.json$|lock/.test(path),
  );
const texts = files.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** The lines of all files that match, with where they are. */
const found = (pattern: RegExp, except: RegExp = /^$/) =>
  texts
    .filter(({ path }) => !except.test(path))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? `${path}:${index + 1}: ${line.trim()}` : [],
        ),
    );

/** The paths in a file's text that lead out of the repository: `"../.."` from too high up, or to the folder beside it. */
function leavingPaths(path: string, text: string): string[] {
  const depth = path.split("/").length - 1;
  const literals = [
    ...text.matchAll(/["'`](?:\$\{[^}]*\}\/)?((?:\.\.\/)+|\.\.(?:\/\.\.)*)([^"'`\s]*)["'`]/g),
  ];
  const leaving = literals.filter(([, up = ""]) => (up.match(/\.\./g) ?? []).length > depth);
  const beside = [...text.matchAll(/\.\.(?:\/|["'`],\s*["'`])shared(?![\w.-])[^"'`\s]*/g)];
  return [...leaving, ...beside].map(([found]) => found);
}

test("no path leads out of the repository, or to a folder beside it", () => {
  const leaving = texts
    .filter(({ path }) => path !== "guards/test/standing-alone.test.ts")
    .flatMap(({ path, text }) => leavingPaths(path, text).map((found) => `${path}: ${found}`));
  expect(leaving).toEqual([]);
});

test.each([
  ["packages/a/test/b.ts", 'new URL("../../../../shared/fixtures", import.meta.url)'],
  ["packages/a/test/b.ts", 'join(root, "../shared")'],
  ["packages/a/test/b.ts", 'resolve(root, "..", "shared", "cases")'],
  ["packages/a/test/b.ts", 'readFileSync("../../../../elsewhere/x.json")'],
  ["vitest.config.ts", 'resolve("..")'],
])("in %s the path of %s is found", (path, text) => {
  expect(leavingPaths(path, text)).not.toEqual([]);
});

test("a path that stays within is none", () => {
  const text =
    'import "../../../guards/x.ts"; new URL("../shared.ts", import.meta.url); resolve("../..")';
  expect(leavingPaths("packages/a/test/b.ts", text)).toEqual([]);
});

test("real fixtures are found through WORKFLOW_RUNS_FIXTURES only", () => {
  expect(found(/shared\/fixtures/, /^guards\/test\//)).toEqual([]);
});

test("the libraries that have ended are pinned exactly", () => {
  expect(found(/"?openapi-(?:fetch|typescript)"?: *"?[\^~>]/)).toEqual([]);
});

test("no test is left out or alone by mistake", () => {
  expect(found(/\b(?:test|describe|it)\.(?:only|todo)\(/, /^guards\/test\//)).toEqual([]);
});
