import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzProperties } from "./fuzz-properties.ts";

test.each(fuzzProperties)("$name", async ({ property }) => {
  const { failed, numRuns, counterexample, errorInstance } = await fc.check(property, {
    numRuns: 250,
    seed: 7,
  });
  expect({ failed, counterexample, error: errorInstance }).toEqual({
    failed: false,
    counterexample: null,
    error: null,
  });
  expect(numRuns).toBe(250);
});
