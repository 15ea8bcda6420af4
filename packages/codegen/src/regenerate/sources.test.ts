import { expect, test } from "vitest";
import type { Json, JsonObject } from "../json.ts";
import { readSources } from "./sources.ts";

const minimal: JsonObject = {
  select: { subcategories: ["workflow-runs"] },
  targets: { mine: "./mine.json", hosted: "https://example.com/api.yaml" },
  output: { fragments: "out", types: "out" },
};

test("paths are relative to the configuration, URLs are left alone, and what is missing has its default", () => {
  expect(readSources(minimal, "/repo/openapi/sources.json")).toMatchObject({
    select: { subcategories: ["workflow-runs"] },
    targets: [
      { name: "mine", spec: "/repo/openapi/mine.json", isInPackage: false, onUpdate: false },
      { name: "hosted", spec: "https://example.com/api.yaml", isInPackage: false },
    ],
    output: { fragments: "/repo/openapi/out", changesets: "/repo/.changeset" },
    badExamples: {},
    releases: {},
  });
});

test("with a source package, a bare path is one in the package", () => {
  const source = { package: "p", version: "1.0.0", integrity: "sha512-x" };
  const targets = { a: "generated/a.json", b: "./b.json" };
  expect(readSources({ ...minimal, source, targets }, "/repo/s.json").targets).toMatchObject([
    { name: "a", spec: "generated/a.json", isInPackage: true },
    { name: "b", spec: "/repo/b.json", isInPackage: false },
  ]);
});

test("a target may say more than where its description is", () => {
  const select = { operations: ["actions/get-workflow"] };
  const target = { description: "./a.json", supportedUntil: "2026-12-09", select, onUpdate: true };
  expect(
    readSources({ ...minimal, targets: { main: "./m.json", a: target } }, "/repo/s.json")
      .targets[1],
  ).toEqual({
    name: "a",
    spec: "/repo/a.json",
    isInPackage: false,
    supportedUntil: "2026-12-09",
    select,
    onUpdate: true,
  });
});

test("a configuration may name its JSON Schema for an editor", () => {
  expect(() =>
    readSources({ $schema: "https://example.com/s.json", ...minimal }, "s"),
  ).not.toThrow();
});

test.each<[Json, string]>([
  [[], "s.json: not an object"],
  [{ ...minimal, select: 1 }, "s.json: select is 1, not an object"],
  [
    { ...minimal, select: { subcategories: "x" } },
    's.json: select: subcategories is "x", not a list of strings',
  ],
  [
    { ...minimal, name: { Job: "job" } },
    's.json: Unknown field "name". Did you mean "names"? Valid fields: source, select, overlay, defaultApiVersion, targets, names, badExamples, output, releases.',
  ],
  [
    { ...minimal, select: { operation: ["x"] } },
    's.json: select: Unknown field "operation". Did you mean "operations"? Valid fields: category, subcategories, operations.',
  ],
  [
    { ...minimal, output: { fragments: "x", types: "x", folder: "x" } },
    's.json: output: Unknown field "folder". Valid fields: fragments, types, minified, packageJson, requests, readme, changesets.',
  ],
  [
    { ...minimal, targets: { a: { description: "./a.json", until: "2026" } } },
    's.json: targets: a: Unknown field "until". Valid fields: description, select, supportedUntil, onUpdate, group.',
  ],
  [
    { ...minimal, targets: { a: { description: "./a.json", supportedUntil: "soon" } } },
    's.json: targets: a: supportedUntil is "soon", not a date like 2026-12-09',
  ],
  [
    { ...minimal, targets: { a: { description: "./a.json", onUpdate: true } } },
    "s.json: targets: a is the main target, from which the operations table is made; onUpdate is for the others",
  ],
  [{ ...minimal, targets: {} }, "s.json: targets is empty"],
  ...["../a", "a/b", "", ".a", "-a", "a b"].map((name): [Json, string] => [
    { ...minimal, targets: { [name]: "./a.json" } },
    `s.json: targets: "${name}" is no name for a file: letters, digits, "_", "." and "-" can be in it`,
  ]),
  ...["operations", "a.operations"].map((name): [Json, string] => [
    { ...minimal, targets: { [name]: "./a.json" } },
    `s.json: targets: ${name} is taken: ${name}.gen.ts is an operations table; give the target another name`,
  ]),
  [{ ...minimal, targets: { a: 1 } }, "s.json: targets: a is 1, not an object"],
  [{ ...minimal, source: { package: "p" } }, "s.json: source: version is missing"],
  [{ ...minimal, output: { fragments: "x" } }, "s.json: output: types is missing"],
  [{ ...minimal, releases: { p: "x" } }, 's.json: releases: p is "x", not a list of strings'],
  [{ ...minimal, releases: { p: [1] } }, "s.json: releases: p is [1], not a list of strings"],
])("%j is refused", (document, message) => {
  expect(() => readSources(document, "s.json")).toThrow(message);
});
