import { expect, test } from "vitest";
import { productionDependencies } from "../src/dependencies.ts";

// Each lets an MIT package be used, changed and sold with what depends on it.
const permissive = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "0BSD",
  "CC0-1.0",
  "(MIT OR CC0-1.0)",
  // Data and a parser that npm's own libraries bring: attribution is all they want.
  "CC-BY-3.0",
  "Python-2.0",
]);

test("what is installed with our packages has a licence that lets it be used with them", () => {
  const dependencies = productionDependencies();
  expect(dependencies.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["openapi-fetch", "openapi-typescript", "valibot"]),
  );
  const others = dependencies.filter(({ license = "none" }) => !permissive.has(license));
  expect(others).toEqual([]);
});
