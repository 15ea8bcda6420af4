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
    select: { subcategories: ["workflow-runs"], operations: [] },
    defaultApiVersion: "2022-11-28",
    targets: [
      { name: "mine", spec: "/repo/openapi/mine.json", isInPackage: false },
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
  expect(readSources({ ...minimal, source, targets }, "/repo/s.json").targets).toEqual([
    { name: "a", spec: "generated/a.json", isInPackage: true },
    { name: "b", spec: "/repo/b.json", isInPackage: false },
  ]);
});

test("a configuration may name its JSON Schema for an editor", () => {
  expect(() =>
    readSources({ $schema: "https://example.com/s.json", ...minimal }, "s"),
  ).not.toThrow();
});

test.each<[Json, string]>([
  [[], "s.json: not an object"],
  [{ ...minimal, select: 1 }, "s.json: `select` is not an object"],
  [
    { ...minimal, select: { subcategories: "x" } },
    "s.json: select: `subcategories` is not a list of texts",
  ],
  [
    { ...minimal, name: { Job: "job" } },
    "s.json: there is no field `name` (did you mean names?); there are source, select, overlay, defaultApiVersion, targets, names, badExamples, output, releases",
  ],
  [
    { ...minimal, select: { operation: ["x"] } },
    "s.json: select: there is no field `operation` (did you mean operations?); there are category, subcategories, operations",
  ],
  [
    { ...minimal, output: { fragments: "x", types: "x", folder: "x" } },
    "s.json: output: there is no field `folder`; there are fragments, types, minified, packageJson, changesets",
  ],
  [{ ...minimal, targets: {} }, "s.json: `targets` is empty"],
  [{ ...minimal, targets: { a: 1 } }, "s.json: targets: `a` is not a text"],
  [{ ...minimal, source: { package: "p" } }, "s.json: source: `version` is missing"],
  [{ ...minimal, output: { fragments: "x" } }, "s.json: output: `types` is missing"],
  [{ ...minimal, releases: { p: "x" } }, "s.json: releases: `p` is not a list of texts"],
])("%j is refused", (document, message) => {
  expect(() => readSources(document, "s.json")).toThrow(message);
});
