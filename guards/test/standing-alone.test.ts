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

test("no path leads to a folder beside the repository", () => {
  const up = /\.\.\/shared\//;
  expect(found(up, /^guards\/test\//)).toEqual([]);
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
