/** A step that fails, made by running the real tool. */
export interface FailingStep {
  /** Name of the case, and of its recorded log. */
  readonly name: string;
  /** Files of the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** The step's script, run by bash. Undefined: the output below is written by us, in the form of a tool that needs more than a machine alone. */
  readonly run?: string;
  /** The output, where no tool is run. */
  readonly output?: string;
  /** What says why, by hand: each must be part of a line of the excerpt. */
  readonly reason: readonly string[];
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const each = (count: number, text: (index: number) => string) => range(count).map(text).join("\n");

const packageJson = (scripts: Readonly<Record<string, string>>, type = "module") =>
  JSON.stringify({ name: "demo", version: "1.0.0", private: true, type, scripts }, undefined, 2);

const vitestSuite = (failing: string) => ({
  "package.json": packageJson({ test: "vitest run" }),
  "src/sum.js": "export const sum = (a, b) => a + b;\n",
  ...Object.fromEntries(
    range(12).map((suite) => [
      `src/part${suite}.test.js`,
      `import { expect, test } from "vitest";\nimport { sum } from "./sum.js";\n${each(8, (index) => `test("adds ${suite}.${index}", () => expect(sum(${index}, 1)).toBe(${index + 1}));`)}\n`,
    ]),
  ),
  "src/total.test.js": failing,
});

const commonSuite = (failing: string) => ({
  "package.json": packageJson({ test: "jest", mocha: "mocha" }, "commonjs"),
  ...Object.fromEntries(
    range(6).map((suite) => [
      `test/part${suite}.test.js`,
      each(
        6,
        (index) =>
          `test("adds ${suite}.${index}", () => { console.log("adding", ${index}); expect(${index} + 1).toBe(${index + 1}); });`,
      ),
    ]),
  ),
  "test/total.test.js": failing,
});

/** What a job's services wrote, printed by a step that cleans up when it fails. */
const serviceLog = each(
  120,
  (index) =>
    `db-1  | 2026-11-20 10:00:${String(index % 60).padStart(2, "0")}.000 UTC [${index}] LOG:  checkpoint complete: wrote ${index} buffers`,
);

export const failingSteps: readonly FailingStep[] = [
  {
    name: "vitest-assertion",
    files: vitestSuite(
      'import { expect, test } from "vitest";\nimport { sum } from "./sum.js";\n\ntest("sums a list", () => {\n  const list = [1, 2, 3];\n  expect(list.reduce(sum)).toBe(7);\n});\n',
    ),
    run: "npm test",
    reason: ["sums a list", "expected 6 to be 7"],
  },
  {
    name: "vitest-colour",
    files: vitestSuite(
      'import { expect, test } from "vitest";\n\ntest("reads the settings", () => {\n  expect({ a: 1, b: [1, 2] }).toEqual({ a: 1, b: [1, 3] });\n});\n',
    ),
    run: "FORCE_COLOR=1 npm test",
    reason: ["reads the settings", "to deeply equal"],
  },
  {
    name: "vitest-import",
    files: vitestSuite(
      'import { total } from "./missing.js";\nimport { test } from "vitest";\ntest("a", () => total());\n',
    ),
    run: "npx vitest run --reporter=verbose",
    reason: ["./missing.js"],
  },
  {
    name: "vitest-time-out",
    files: vitestSuite(
      'import { test } from "vitest";\ntest("waits for the queue", () => new Promise(() => {}), 300);\n',
    ),
    run: "npm test",
    reason: ["Test timed out in 300ms"],
  },
  {
    name: "vitest-many",
    files: vitestSuite(
      `import { expect, test } from "vitest";\n${each(40, (index) => `test("row ${index}", () => expect(${index}).toBe(0));`)}\n`,
    ),
    run: "npm test",
    reason: ["row 1", "to be +0"],
  },
  {
    name: "jest-assertion",
    files: commonSuite('test("multiplies", () => {\n  expect(2 * 3).toBe(7);\n});\n'),
    run: "npx jest --ci",
    reason: ["● multiplies", "Expected: 7"],
  },
  {
    name: "jest-syntax",
    files: commonSuite('test("parses", () => {\n  const a = ;\n});\n'),
    run: "npx jest --ci",
    reason: ["SyntaxError", "Unexpected token"],
  },
  {
    name: "jest-coverage",
    files: {
      ...commonSuite(
        'const { sum } = require("../sum.js");\ntest("sums", () => expect(sum(1, 2)).toBe(3));\n',
      ),
      "sum.js":
        "exports.sum = (a, b) => a + b;\nexports.other = (a) => { if (a) { return 1; } else { return 2; } };\n",
      "jest.config.js":
        "module.exports = { collectCoverage: true, coverageThreshold: { global: { branches: 90 } } };\n",
    },
    run: "npx jest --ci",
    reason: ["Coverage for branches (0%) does not meet"],
  },
  {
    name: "mocha",
    files: {
      "package.json": packageJson({}, "commonjs"),
      "test/list.js": `const assert = require("node:assert");\ndescribe("list", () => {\n${each(40, (index) => `  it("keeps ${index}", () => assert.equal(${index}, ${index}));`)}\n  it("drops the last", () => { assert.deepStrictEqual([1, 2].slice(0, -1), [1, 2]); });\n});\n`,
    },
    run: "npx mocha",
    reason: ["drops the last", "Expected values to be strictly deep-equal"],
  },
  {
    name: "node-test-spec",
    files: {
      "package.json": packageJson({}),
      "test/clock.test.js": `import assert from "node:assert/strict";\nimport { test } from "node:test";\n${each(30, (index) => `test("tick ${index}", () => {});`)}\ntest("reads the clock", () => { assert.equal(1 + 1, 3, "clock is slow"); });\n`,
    },
    run: "node --test --test-reporter=spec",
    reason: ["reads the clock", "clock is slow"],
  },
  {
    name: "node-test-tap",
    files: {
      "package.json": packageJson({}),
      "test/clock.test.js": `import assert from "node:assert/strict";\nimport { test } from "node:test";\n${each(30, (index) => `test("tick ${index}", () => {});`)}\ntest("reads the clock", () => { assert.equal(1 + 1, 3); });\ntest("after", () => {});\n`,
    },
    run: "node --test --test-reporter=tap",
    reason: ["not ok 31 - reads the clock", "Expected values to be strictly equal"],
  },
  {
    name: "ava",
    files: {
      "package.json": packageJson({}),
      "test/a.test.js": `import test from "ava";\n${each(20, (index) => `test("works ${index}", (t) => t.pass());`)}\ntest("is even", (t) => t.is(3 % 2, 0));\n`,
    },
    run: "npx ava",
    reason: ["is even", "Difference"],
  },
  {
    name: "jasmine",
    files: {
      "package.json": packageJson({}),
      "spec/a.spec.js": `describe("cart", () => {\n${each(20, (index) => `  it("adds ${index}", () => expect(${index}).toBe(${index}));`)}\n  it("takes away", () => expect(3 - 1).toBe(1));\n});\n`,
      "spec/support/jasmine.json": '{ "spec_dir": "spec", "spec_files": ["**/*.spec.js"] }',
    },
    run: "npx jasmine",
    reason: ["cart takes away", "Expected 2 to be 1"],
  },
  {
    name: "playwright",
    files: {
      "package.json": packageJson({}),
      "playwright.config.js":
        'export default { testDir: "e2e", timeout: 20000, expect: { timeout: 500 }, reporter: "list", projects: [{ name: "chromium", use: { launchOptions: { executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] } } }] };\n',
      "e2e/page.spec.js":
        'import { expect, test } from "@playwright/test";\ntest("shows the title", async ({ page }) => {\n  await page.setContent("<h1>Hello</h1>");\n  await expect(page.locator("h1")).toHaveText("Goodbye");\n});\ntest("is there", async ({ page }) => {\n  await page.setContent("<p>ok</p>");\n  await expect(page.locator("p")).toBeVisible();\n});\n',
    },
    run: "npx playwright test",
    reason: ["shows the title", "toHaveText", "Goodbye"],
  },
  {
    name: "playwright-web-server",
    files: {
      "package.json": packageJson({}),
      "playwright.config.js":
        'export default { testDir: "e2e", reporter: "list", webServer: { command: "node server.js", port: 4999, timeout: 4000 } };\n',
      "server.js": 'console.log("starting");\nthrow new Error("DATABASE_URL is not set");\n',
      "e2e/page.spec.js": 'import { test } from "@playwright/test";\ntest("a", () => {});\n',
    },
    run: "npx playwright test",
    reason: ["DATABASE_URL is not set"],
  },
  {
    name: "tsc",
    files: {
      "package.json": packageJson({ build: "tsc -p ." }),
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [], "skipLibCheck": true } }',
      "src/a.ts": "export const a: number = 1;\n",
      "src/b.ts":
        'import { a } from "./a";\nexport const b: string = a;\nexport const c = missing(a);\n',
    },
    run: "npm run build",
    reason: ["src/b.ts(2,14): error TS2322", "error TS2304"],
  },
  {
    name: "tsc-pretty",
    files: {
      "package.json": packageJson({ build: "tsc -p . --pretty" }),
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [], "skipLibCheck": true } }',
      "src/b.ts": "export function f(a: { b?: { c: number } }) {\n  return a.b.c;\n}\n",
    },
    run: "npm run build",
    reason: ["'a.b' is possibly 'undefined'"],
  },
  {
    name: "eslint",
    files: {
      "package.json": packageJson({ lint: "eslint ." }),
      "eslint.config.js":
        'import js from "@eslint/js";\nexport default [js.configs.recommended, { rules: { "no-console": "warn" }, languageOptions: { globals: { console: "readonly" } } }];\n',
      ...Object.fromEntries(
        range(25).map((index) => [`src/w${index}.js`, 'console.log("x");\nconsole.log("y");\n']),
      ),
      "src/x.js": "const unused = 1;\nif (a == 1) { b(); }\n",
    },
    run: "npm run lint",
    reason: ["'unused' is assigned a value but never used", "src/x.js"],
  },
  {
    name: "oxlint",
    files: {
      "package.json": packageJson({ lint: "oxlint --deny-warnings" }),
      "src/x.js": "debugger;\nexport const a = 1;\n",
    },
    run: "npx oxlint --deny-warnings src",
    reason: ["`debugger` statement is not allowed"],
  },
  {
    name: "oxlint-github",
    files: { "src/x.js": "debugger;\nexport const a = 1;\n" },
    run: "npx oxlint --deny-warnings --format=github src",
    reason: ["`debugger` statement is not allowed"],
  },
  {
    name: "prettier",
    files: {
      "package.json": packageJson({}),
      "a.js": "export const a = 1;\n",
      "b.js": "export   const b = 1\n",
    },
    run: "npx prettier --check .",
    reason: ["[warn] b.js"],
  },
  {
    name: "biome",
    files: { "package.json": packageJson({}), "a.js": "if (a == 1) { debugger; }\n" },
    run: "npx biome ci .",
    reason: ["debugger"],
  },
  {
    name: "stylelint",
    files: {
      "package.json": packageJson({}),
      ".stylelintrc.json": '{ "rules": { "color-no-invalid-hex": true } }',
      "a.css": "a { color: #ggg; }\n",
    },
    run: "npx stylelint '**/*.css'",
    reason: ["color-no-invalid-hex"],
  },
  {
    name: "markdownlint",
    files: { "package.json": packageJson({}), "README.md": "# A\n\n# B\n\ntext\n" },
    run: "npx markdownlint-cli2 '**/*.md' '#node_modules'",
    reason: ["MD025"],
  },
  {
    name: "cspell",
    files: { "package.json": packageJson({}), "README.md": "This is a sentense about tools.\n" },
    run: "npx cspell --no-progress README.md",
    reason: ["sentense"],
  },
  {
    name: "commitlint",
    files: {
      "package.json": packageJson({}),
      "commitlint.config.js": 'export default { extends: ["@commitlint/config-conventional"] };\n',
    },
    run: 'echo "Fixed the thing." | npx commitlint',
    reason: ["type may not be empty"],
  },
  {
    name: "knip",
    files: {
      "package.json": packageJson({}),
      "index.js": 'import "./used.js";\n',
      "used.js": "export const used = 1;\n",
      "orphan.js": "export const orphan = 1;\n",
    },
    run: "npx knip",
    reason: ["orphan.js"],
  },
  {
    name: "npm-missing-script",
    files: { "package.json": packageJson({ test: "true" }) },
    run: "npm run build",
    reason: ['Missing script: "build"'],
  },
  {
    name: "npm-ci-out-of-sync",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "package-lock.json":
        '{ "name": "demo", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "demo", "version": "1.0.0" } } }',
    },
    run: "npm ci",
    reason: ["Missing: left-pad@1.3.0 from lock file"],
  },
  {
    name: "npm-peer",
    output: `npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: demo@1.0.0
npm error Found: b@1.0.0
npm error node_modules/b
npm error   b@"1.0.0" from the root project
npm error
npm error Could not resolve dependency:
npm error peer b@"^2" from a@1.0.0
npm error node_modules/a
npm error   a@"1.0.0" from the root project
npm error
npm error Fix the upstream dependency conflict, or retry
npm error this command with --force or --legacy-peer-deps
npm error to accept an incorrect (and potentially broken) dependency resolution.
npm error
npm error A complete log of this run can be found in: /home/runner/.npm/_logs/debug-0.log`,
    reason: ["unable to resolve dependency tree", 'peer b@"^2" from a@1.0.0'],
  },
  {
    name: "npm-engine",
    files: {
      "package.json": '{ "name": "demo", "version": "1.0.0", "engines": { "node": ">=99" } }',
      ".npmrc": "engine-strict=true\n",
    },
    run: "npm install",
    reason: ["EBADENGINE"],
  },
  {
    name: "npm-lifecycle",
    files: {
      "package.json": packageJson({ prepare: "node scripts/prepare.js", test: "true" }),
      "scripts/prepare.js":
        'import { readFileSync } from "node:fs";\nreadFileSync("schema.graphql");\n',
    },
    run: "npm install",
    reason: ["no such file or directory, open 'schema.graphql'"],
  },
  {
    name: "pnpm-outdated-lockfile",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "pnpm-lock.yaml":
        "lockfileVersion: '9.0'\nsettings:\n  autoInstallPeers: true\n  excludeLinksFromLockfile: false\nimporters:\n  .: {}\n",
    },
    run: "npx pnpm install --frozen-lockfile",
    reason: ["ERR_PNPM_OUTDATED_LOCKFILE"],
  },
  {
    name: "pnpm-recursive",
    files: {
      "package.json": '{ "name": "demo", "private": true }',
      "pnpm-workspace.yaml": "packages: ['packages/*']\n",
      ...Object.fromEntries(
        range(5).map((index) => [
          `packages/p${index}/package.json`,
          `{ "name": "p${index}", "version": "1.0.0", "scripts": { "test": "node test.js" } }`,
        ]),
      ),
      ...Object.fromEntries(
        range(5).map((index) => [
          `packages/p${index}/test.js`,
          index === 3
            ? 'console.log("checking");\nthrow new TypeError("config.port must be a number");\n'
            : 'for (let i = 0; i < 30; i++) console.log("fine", i);\n',
        ]),
      ),
    },
    run: "npx pnpm -r test",
    reason: ["config.port must be a number"],
  },
  {
    name: "turbo",
    files: {
      "package.json":
        '{ "name": "demo", "private": true, "packageManager": "npm@10.8.2", "workspaces": ["packages/*"] }',
      "turbo.json": '{ "tasks": { "test": {} } }',
      "package-lock.json": '{ "name": "demo", "lockfileVersion": 3, "packages": {} }',
      ...Object.fromEntries(
        range(4).flatMap((index) => [
          [
            `packages/p${index}/package.json`,
            `{ "name": "p${index}", "version": "1.0.0", "scripts": { "test": "node test.js" } }`,
          ],
          [
            `packages/p${index}/test.js`,
            index === 2
              ? 'console.error("error: cannot open the port 8080");\nprocess.exit(3);\n'
              : 'for (let i = 0; i < 40; i++) console.log("fine", i);\n',
          ],
        ]),
      ),
    },
    run: "npx turbo run test --no-daemon --cache=local:",
    reason: ["cannot open the port 8080"],
  },
  {
    name: "concurrently",
    files: {
      "package.json": packageJson({}),
      "b.js": 'setTimeout(() => { throw new RangeError("too many workers"); }, 300);\n',
      "a.js": 'let i = 0; setInterval(() => console.log("tick", i++), 20);\n',
    },
    run: 'npx concurrently --kill-others-on-fail "node a.js" "node b.js"',
    reason: ["RangeError: too many workers"],
  },
  {
    name: "yarn",
    files: {
      "package.json":
        '{ "name": "demo", "version": "1.0.0", "dependencies": { "left-pad": "1.3.0" } }',
      "yarn.lock": "# yarn lockfile v1\n\n",
    },
    run: "npx yarn install --frozen-lockfile",
    reason: ["Your lockfile needs to be updated"],
  },
  {
    name: "esbuild",
    files: {
      "package.json": packageJson({}),
      "src/index.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx esbuild src/index.js --bundle --outfile=out.js",
    reason: ['Could not resolve "./missing.js"'],
  },
  {
    name: "webpack",
    files: {
      "package.json": packageJson({}),
      "src/index.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx webpack --mode production",
    reason: ["Can't resolve './missing.js'"],
  },
  {
    name: "vite",
    files: {
      "package.json": packageJson({}),
      "index.html": '<script type="module" src="/src/main.js"></script>',
      "src/main.js": 'import { a } from "./missing.js";\nconsole.log(a);\n',
    },
    run: "npx vite build",
    reason: ["./missing.js"],
  },
  {
    name: "node-module-not-found",
    files: { "package.json": packageJson({}), "index.js": 'import "express";\n' },
    run: "node index.js",
    reason: ["Cannot find package 'express'"],
  },
  {
    name: "node-unhandled",
    files: {
      "package.json": packageJson({}),
      "index.js": `for (let i = 0; i < 200; i++) console.log("row", i);\nasync function load() { throw new Error("rates.json has no EUR"); }\nload();\n`,
    },
    run: "node index.js",
    reason: ["rates.json has no EUR"],
  },
  {
    name: "node-heap",
    files: {
      "package.json": packageJson({}),
      "index.js": "const a = [];\nfor (;;) a.push(new Array(1000).fill(1.5));\n",
    },
    run: "node --max-old-space-size=20 index.js",
    reason: ["heap out of memory"],
  },
  {
    name: "pytest",
    files: {
      ...Object.fromEntries(
        range(8).map((suite) => [
          `tests/test_part${suite}.py`,
          each(
            10,
            (index) => `def test_adds_${index}():\n    assert ${index} + 1 == ${index + 1}\n`,
          ),
        ]),
      ),
      "tests/test_total.py":
        'def total(items):\n    return sum(item["price"] for item in items)\n\n\ndef test_total():\n    items = [{"price": 2}, {"price": 3}]\n    assert total(items) == 6\n\n\ndef test_keys():\n    total([{"cost": 1}])\n',
    },
    run: "python3 -m pytest -v",
    reason: ["assert 5 == 6", "KeyError: 'price'"],
  },
  {
    name: "pytest-collect",
    files: { "tests/test_a.py": "import numpy_typo\n\n\ndef test_a():\n    assert True\n" },
    run: "python3 -m pytest",
    reason: ["No module named 'numpy_typo'"],
  },
  {
    name: "unittest",
    files: {
      "test_shop.py":
        'import unittest\n\n\nclass Shop(unittest.TestCase):\n    def test_stock(self):\n        self.assertEqual({"a": 1}, {"a": 2})\n\n    def test_fine(self):\n        pass\n',
    },
    run: "python3 -m unittest -v",
    reason: ["test_stock", "AssertionError: {'a': 1} != {'a': 2}"],
  },
  {
    name: "python-traceback",
    files: {
      "report.py":
        'import json\n\nfor row in range(300):\n    print("row", row)\nprint(json.loads("{broken"))\n',
    },
    run: "python3 report.py",
    reason: ["json.decoder.JSONDecodeError"],
  },
  {
    name: "mypy",
    files: { "a.py": 'def f(a: int) -> str:\n    return a\n\n\nf("x")\n' },
    run: "mypy --strict a.py",
    reason: ["Incompatible return value type"],
  },
  {
    name: "flake8",
    files: { "a.py": "import os\nimport sys\n\n\ndef f():\n  return sys.path\n" },
    run: "flake8 a.py",
    reason: ["F401 'os' imported but unused"],
  },
  {
    name: "pylint",
    files: { "a.py": '"""A."""\n\n\ndef compute():\n    """B."""\n    return undefined_thing\n' },
    run: "pylint a.py",
    reason: ["undefined-variable"],
  },
  {
    name: "black",
    files: { "a.py": "x = {  'a':1 }\n", "b.py": "x = 1\n" },
    run: "black --check --diff .",
    reason: ["would reformat"],
  },
  {
    name: "yamllint",
    files: { "config.yml": "---\na: 1\na: 2\n" },
    run: "yamllint .",
    reason: ["duplication of key"],
  },
  {
    name: "gcc",
    files: {
      "main.c":
        '#include <stdio.h>\n#include "sum.h"\n\nint main(void) {\n  printf("%d\\n", sum(1, 2))\n  return 0;\n}\n',
      "sum.h": "int sum(int a, int b);\n",
    },
    run: "gcc -Wall -c main.c",
    reason: ["before ‘return’"],
  },
  {
    name: "gcc-werror",
    files: { "main.c": "int main(void) {\n  int unused = 1;\n  return 0;\n}\n" },
    run: "gcc -Wall -Wextra -Werror -c main.c -o main.o",
    reason: ["[-Werror=unused-variable]"],
  },
  {
    name: "link",
    files: { "main.c": "int sum(int, int);\nint main(void) { return sum(1, 2); }\n" },
    run: "gcc main.c -o main",
    reason: ["undefined reference to `sum'"],
  },
  {
    name: "g++",
    files: {
      "main.cc":
        '#include <map>\n#include <string>\n\nint main() {\n  std::map<std::string, int> m;\n  m.push_back(3);\n  return m["a"].size();\n}\n',
    },
    run: "g++ -std=c++17 -c main.cc",
    reason: ["has no member named ‘push_back’"],
  },
  {
    name: "make",
    files: {
      Makefile: `all: ${range(30)
        .map((index) => `t${index}`)
        .join(
          " ",
        )} final\n${each(30, (index) => `t${index}:\n\t@echo building ${index}`)}\nfinal: missing.h\n\t@echo never\n`,
    },
    run: "make all",
    reason: ["No rule to make target 'missing.h'"],
  },
  {
    name: "make-recipe",
    files: {
      Makefile: `all: parts\n\t./tools/generate --out gen\nparts:\n${each(20, (index) => `\t@echo part ${index}`)}\n`,
    },
    run: "make",
    reason: ["./tools/generate: No such file or directory"],
  },
  {
    name: "cmake-configure",
    files: {
      "CMakeLists.txt":
        "cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nfind_package(Nope REQUIRED)\n",
    },
    run: "cmake -B build",
    reason: ['package configuration file provided by "Nope"'],
  },
  {
    name: "cmake-ninja",
    files: {
      "CMakeLists.txt": `cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nadd_library(demo ${range(
        12,
      )
        .map((index) => `p${index}.c`)
        .join(" ")} bad.c)\n`,
      ...Object.fromEntries(
        range(12).map((index) => [`p${index}.c`, `int p${index}(void) { return ${index}; }\n`]),
      ),
      "bad.c": "int bad(void) { return nope; }\n",
    },
    run: "cmake -G Ninja -B build && cmake --build build",
    reason: ["‘nope’ undeclared"],
  },
  {
    name: "ctest",
    files: {
      "CMakeLists.txt": `cmake_minimum_required(VERSION 3.16)\nproject(demo C)\nenable_testing()\n${each(15, (index) => `add_test(NAME fine${index} COMMAND true)`)}\nadd_test(NAME parses COMMAND sh -c "echo bad header at byte 12; exit 1")\n`,
    },
    run: "cmake -B build >/dev/null && ctest --test-dir build --output-on-failure",
    reason: ["parses", "bad header at byte 12"],
  },
  {
    name: "cargo-build",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/main.rs": 'fn main() {\n    let x: i32 = "a";\n    println!("{}", x + y);\n}\n',
    },
    run: "cargo build --offline",
    reason: ["error[E0308]: mismatched types", "src/main.rs:2:18"],
  },
  {
    name: "cargo-test",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": `pub fn sum(a: i32, b: i32) -> i32 { a + b }\n#[cfg(test)]\nmod tests {\n    use super::*;\n${each(30, (index) => `    #[test]\n    fn adds_${index}() { assert_eq!(sum(${index}, 1), ${index + 1}); }`)}\n    #[test]\n    fn wrong() { assert_eq!(sum(1, 2), 4, "sum is off"); }\n}\n`,
    },
    run: "cargo test --offline",
    reason: ["tests::wrong", "sum is off"],
  },
  {
    name: "clippy",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": "pub fn f(a: Vec<i32>) -> bool {\n    return a.len() == 0;\n}\n",
    },
    run: "cargo clippy --offline -- -D warnings",
    reason: ["length comparison to zero"],
  },
  {
    name: "rustfmt",
    files: {
      "Cargo.toml": '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": 'pub fn f( ) {println!("a")}\n',
    },
    run: "cargo fmt --check",
    reason: ["Diff in"],
  },
  {
    name: "cargo-no-package",
    files: {
      "Cargo.toml":
        '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nother = { path = "../other" }\n',
      "src/lib.rs": "\n",
    },
    run: "cargo build --offline",
    reason: ["failed to get `other` as a dependency"],
  },
  {
    name: "go-build",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go":
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tx := 1\n\tfmt.Println(total)\n}\n',
    },
    run: "go build ./...",
    reason: ["undefined: total"],
  },
  {
    name: "go-test",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "sum.go": "package demo\n\nfunc Sum(a, b int) int { return a + b }\n",
      "sum_test.go": `package demo\n\nimport "testing"\n\n${each(25, (index) => `func TestAdds${index}(t *testing.T) {\n\tt.Log("adding")\n}\n`)}\nfunc TestTotal(t *testing.T) {\n\tif got := Sum(1, 2); got != 4 {\n\t\tt.Errorf("Sum = %d, want 4", got)\n\t}\n}\n`,
    },
    run: "go test -v ./...",
    reason: ["--- FAIL: TestTotal", "Sum = 3, want 4"],
  },
  {
    name: "go-panic",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go":
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tvar m map[string]int\n\tfor i := 0; i < 100; i++ {\n\t\tfmt.Println("row", i)\n\t}\n\tm["a"] = 1\n}\n',
    },
    run: "go run .",
    reason: ["assignment to entry in nil map"],
  },
  {
    name: "go-vet",
    files: {
      "go.mod": "module example.com/demo\n\ngo 1.19\n",
      "main.go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Printf("%d\\n", "a")\n}\n',
    },
    run: "go vet ./...",
    reason: ['has arg "a" of wrong type string'],
  },
  {
    name: "gofmt",
    files: { "a.go": "package a\n\nfunc  F( ) {}\n" },
    run: 'out=$(gofmt -l .)\nif [ -n "$out" ]; then\n  echo "$out"\n  exit 1\nfi',
    reason: ["a.go"],
  },
  {
    name: "javac",
    files: {
      "Sum.java":
        "class Sum {\n  int sum(int a, int b) {\n    String s = a + b;\n    return total\n  }\n}\n",
    },
    run: "javac Sum.java",
    reason: ["Sum.java:4: error: ';' expected"],
  },
  {
    name: "java-exception",
    files: {
      "App.java":
        'public class App {\n  public static void main(String[] args) {\n    for (int i = 0; i < 100; i++) System.out.println("row " + i);\n    try { Integer.parseInt("x1"); } catch (RuntimeException e) { throw new IllegalStateException("no port in the settings", e); }\n  }\n}\n',
    },
    run: "javac App.java\njava App",
    reason: ["IllegalStateException: no port in the settings"],
  },
  {
    name: "maven-pom",
    files: {
      "pom.xml":
        "<project>\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>demo</groupId>\n  <artifactId>demo</artifactId>\n</project>\n",
    },
    run: "mvn -B -o verify",
    reason: ["'version' is missing"],
  },
  {
    name: "shellcheck",
    files: { "run.sh": "#!/bin/bash\nfor f in $(ls *.txt); do\n  echo $f\ndone\n" },
    run: "shellcheck run.sh",
    reason: ["SC2045"],
  },
  {
    name: "bash-not-found",
    run: 'echo "Deploying"\nkustomizee build . > out.yaml\necho "done"',
    reason: ["kustomizee: command not found"],
  },
  {
    name: "bash-unbound",
    run: 'set -u\necho "Publishing"\necho "to ${REGISTRY_URL}"',
    reason: ["REGISTRY_URL: unbound variable"],
  },
  {
    name: "bash-xtrace",
    run: 'set -x\nfor i in $(seq 1 60); do\n  test -n "$i"\ndone\ntest -f dist/index.js\necho done',
    reason: ["+ test -f dist/index.js"],
  },
  {
    name: "bash-trap",
    files: { "services.log": serviceLog },
    run: 'trap \'echo "--- service logs"; cat services.log; echo "cleaning up"; for i in $(seq 1 80); do echo "removing volume $i"; done\' EXIT\necho "running the migrations"\nfor i in $(seq 1 40); do echo "migration $i ok"; done\necho "migration 41: column total already exists" >&2\nexit 1',
    reason: ["column total already exists"],
  },
  {
    name: "bash-permission",
    files: { "deploy.sh": "#!/bin/sh\necho hi\n" },
    run: "chmod -x deploy.sh\n./deploy.sh",
    reason: ["Permission denied"],
  },
  {
    name: "bash-syntax",
    files: { "deploy.sh": 'if [ -f a ]; then\n  echo "a"\n' },
    run: "bash deploy.sh",
    reason: ["syntax error: unexpected end of file"],
  },
  {
    name: "bash-segfault",
    files: { "main.c": "int main(void) { int *p = 0; *p = 1; return 0; }\n" },
    run: "gcc -o main main.c\necho start\n./main",
    reason: ["Segmentation fault"],
  },
  {
    name: "jq",
    files: { "a.json": '{ "version": }' },
    run: "jq -r .version a.json",
    reason: ["parse error"],
  },
  {
    name: "tar",
    run: "tar czf out.tgz dist/",
    reason: ["dist: Cannot stat: No such file or directory"],
  },
  {
    name: "git-diff",
    files: { "gen.txt": "one\ntwo\n" },
    run: 'git init -q . && git add gen.txt && git -c user.name=a -c user.email=a@b.c commit -qm one\nprintf "one\\nthree\\n" > gen.txt\ngit diff --exit-code',
    reason: ["+three"],
  },
  {
    name: "git-ref",
    run: "git init -q .\ngit checkout release-9",
    reason: ["pathspec 'release-9' did not match"],
  },
  {
    name: "git-conflict",
    files: { "a.txt": "one\n" },
    run: 'g() { git -c user.name=a -c user.email=a@b.c "$@"; }\ng init -q -b main . && g add a.txt && g commit -qm one\ng checkout -q -b topic && echo topic > a.txt && g commit -qam topic\ng checkout -q main && echo main > a.txt && g commit -qam main\ng merge topic',
    reason: ["CONFLICT (content): Merge conflict in a.txt"],
  },
  {
    name: "git-remote",
    run: "git clone --depth 1 file:///nowhere/repo.git out",
    reason: ["'/nowhere/repo.git' does not appear to be a git repository"],
  },
  {
    name: "curl",
    run: "curl -fsSL http://127.0.0.1:9/install.sh | bash",
    reason: ["curl: (7)"],
  },
  {
    name: "ruby",
    files: {
      "report.rb":
        'def total(rows) = rows.sum { |row| row.fetch(:price) }\n100.times { |i| puts "row #{i}" }\nputs total([{ cost: 1 }])\n',
    },
    run: "ruby report.rb",
    reason: ["key not found: :price"],
  },
  {
    name: "minitest",
    files: {
      "test_sum.rb": `require "minitest/autorun"\nclass TestSum < Minitest::Test\n${each(20, (index) => `  def test_adds_${index} = assert_equal(${index}, ${index})`)}\n  def test_total = assert_equal(4, 1 + 2)\nend\n`,
    },
    run: "ruby test_sum.rb",
    reason: ["test_total", "Expected: 4"],
  },
  {
    name: "rspec",
    files: {
      "spec/sum_spec.rb": `RSpec.describe "sum" do\n${each(20, (index) => `  it("adds ${index}") { expect(${index}).to eq(${index}) }`)}\n  it("totals") { expect(1 + 2).to eq(4) }\nend\n`,
    },
    run: "rspec -fd",
    reason: ["sum totals", "expected: 4"],
  },
  {
    name: "php",
    files: {
      "a.php":
        '<?php\nfunction total(int ...$n): int { return array_sum($n); }\necho total(1, 2), "\\n";\necho totl(3);\n',
    },
    run: "php a.php",
    reason: ["Call to undefined function totl()"],
  },
  {
    name: "terraform-validate",
    files: { "main.tf": 'variable "name" {}\n\noutput "x" {\n  value = var.nmae\n}\n' },
    run: "terraform init -input=false && terraform validate",
    reason: ['An input variable with the name "nmae" has not been declared'],
  },
  {
    name: "terraform-fmt",
    files: { "main.tf": 'variable   "name"   {}\n' },
    run: "terraform fmt -check -diff",
    reason: ["main.tf"],
  },
  {
    name: "psql",
    run: "psql -h 127.0.0.1 -p 9 -U app -c 'select 1'",
    reason: ["Connection refused"],
  },
  {
    name: "docker-build",
    output: `${each(12, (index) => `#${index} [internal] load layer ${index}\n#${index} DONE 0.${index}s`)}
#14 [build 4/6] RUN npm ci
#14 0.612 npm warn deprecated inflight@1.0.6: This module is not supported
#14 9.871 npm error code EUSAGE
#14 9.873 npm error
#14 9.873 npm error \`npm ci\` can only install packages when your package.json and package-lock.json are in sync.
#14 9.874 npm error Missing: left-pad@1.3.0 from lock file
#14 9.881 npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
#14 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
 > [build 4/6] RUN npm ci:
9.873 npm error Missing: left-pad@1.3.0 from lock file
9.881 npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log
------
Dockerfile:9
--------------------
   7 |     WORKDIR /app
   8 |     COPY package*.json ./
   9 | >>> RUN npm ci
  10 |     COPY . .
--------------------
ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1`,
    reason: ["Missing: left-pad@1.3.0 from lock file"],
  },
  {
    name: "docker-copy",
    output: `${each(20, (index) => `#${index} [stage ${index}/21] RUN echo ${index}\n#${index} CACHED`)}
#21 [stage 21/21] COPY dist/ /srv/
#21 ERROR: failed to calculate checksum of ref abc::def: "/dist": not found
------
 > [stage 21/21] COPY dist/ /srv/:
------
ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/dist": not found`,
    reason: ['"/dist": not found'],
  },
  {
    name: "docker-pull",
    output: `Unable to find image 'ghcr.io/acme/tool:v9' locally\ndocker: Error response from daemon: manifest unknown.\n\nRun 'docker run --help' for more information`,
    reason: ["manifest unknown"],
  },
  {
    name: "terraform-plan",
    output: `${each(80, (index) => `aws_instance.web[${index}]: Refreshing state... [id=i-0${index}]`)}
╷
│ Error: creating S3 Bucket (acme-logs): BucketAlreadyExists
│ 
│   with aws_s3_bucket.logs,
│   on main.tf line 12, in resource "aws_s3_bucket" "logs":
│   12: resource "aws_s3_bucket" "logs" {
│ 
╵
Releasing state lock. This may take a few moments...`,
    reason: ["BucketAlreadyExists"],
  },
  {
    name: "gradle",
    output: `${each(60, (index) => `> Task :lib${index}:compileJava UP-TO-DATE`)}
> Task :app:compileKotlin FAILED
e: file:///home/runner/work/demo/demo/app/src/main/kotlin/App.kt:12:9 Unresolved reference 'totl'.

FAILURE: Build failed with an exception.

* What went wrong:
Execution failed for task ':app:compileKotlin'.
> A failure occurred while executing org.jetbrains.kotlin.compilerRunner.GradleCompilerRunnerWithWorkers$GradleKotlinCompilerWorkAction
   > Compilation error. See log for more details

* Try:
> Run with --stacktrace option to get the stack trace.
> Run with --info or --debug option to get more log output.

BUILD FAILED in 41s
61 actionable tasks: 1 executed, 60 up-to-date`,
    reason: ["Unresolved reference 'totl'"],
  },
  {
    name: "dotnet-build",
    output: `  Determining projects to restore...
${each(30, (index) => `  Lib${index} -> /home/runner/work/demo/demo/Lib${index}/bin/Release/net9.0/Lib${index}.dll`)}
/home/runner/work/demo/demo/App/Program.cs(7,13): error CS0103: The name 'totl' does not exist in the current context [/home/runner/work/demo/demo/App/App.csproj]

Build FAILED.

/home/runner/work/demo/demo/App/Program.cs(7,13): error CS0103: The name 'totl' does not exist in the current context [/home/runner/work/demo/demo/App/App.csproj]
    0 Warning(s)
    1 Error(s)

Time Elapsed 00:00:12.31`,
    reason: ["error CS0103: The name 'totl' does not exist"],
  },
  {
    name: "flutter-analyze",
    output: `Resolving dependencies...
${each(90, (index) => `  package_${index} 1.0.${index} (2.0.0 available)`)}
Got dependencies!
Analyzing demo...

   info • Use 'const' with the constructor to improve performance • lib/a.dart:3:5 • prefer_const_constructors
  error • Undefined name 'totl' • lib/sum.dart:12:10 • undefined_identifier

2 issues found. (ran in 4.1s)`,
    reason: ["Undefined name 'totl'"],
  },
  {
    name: "helm",
    output: `${each(30, (index) => `client.go:${index}: [debug] checking ${index} resources for changes`)}
Error: UPGRADE FAILED: context deadline exceeded
helm.go:84: [debug] context deadline exceeded
UPGRADE FAILED`,
    reason: ["Error: UPGRADE FAILED: context deadline exceeded"],
  },
  {
    name: "kubectl-rollout",
    output: `deployment.apps/web configured
${each(40, (index) => `Waiting for deployment "web" rollout to finish: ${index % 3} of 3 updated replicas are available...`)}
error: deployment "web" exceeded its progress deadline`,
    reason: ["exceeded its progress deadline"],
  },
  {
    name: "ruff",
    output: `F401 [*] \`os\` imported but unused
 --> src/app.py:1:8
  |
1 | import os
  |        ^^
  |
help: Remove unused import: \`os\`

Found 1 error.
[*] 1 fixable with the \`--fix\` option.`,
    reason: ["`os` imported but unused", "src/app.py:1:8"],
  },
  {
    name: "spring-context",
    output: `${each(150, (index) => `2026-11-20 10:00:01.${String(index).padStart(3, "0")}  INFO 1 --- [main] com.acme.App : bean ${index} ready`)}
2026-11-20 10:00:02.000 ERROR 1 --- [main] o.s.b.SpringApplication : Application run failed

org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'mailer'
	at org.springframework.beans.factory.support.A.create(A.java:1)
	at org.springframework.beans.factory.support.A.get(A.java:2)
Caused by: java.lang.IllegalArgumentException: mail.host must not be empty
	at com.acme.Mailer.<init>(Mailer.java:14)
	... 24 more
${each(60, (index) => `2026-11-20 10:00:03.${String(index).padStart(3, "0")}  INFO 1 --- [main] com.acme.App : closing ${index}`)}`,
    reason: ["mail.host must not be empty"],
  },
];
