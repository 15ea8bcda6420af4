import { type FailingStep, each, packageJson, range } from "./case.ts";

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

/** Test runners of JavaScript. */
export const testRunnerCases: readonly FailingStep[] = [
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
];
