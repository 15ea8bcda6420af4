import { expect, expectTypeOf, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import type { DescriptionOptions } from "./read-document.ts";
import { regenerate, type RegenerateOptions } from "./regenerate/regenerate.ts";
import type { PackageFilesOptions } from "./registry/package-files.ts";
import { type Selection, slice } from "./slice.ts";

test.each<[object, string]>([
  [
    { operation: ["things/get"] },
    'the selection: Unknown option "operation". Did you mean "operations"? Valid options: category, subcategories, operations.',
  ],
  [
    { operations: "things/get" },
    'the selection: operations is "things/get", not a list of strings.',
  ],
  [{ subcategories: [1] }, "the selection: subcategories is [1], not a list of strings."],
  [{ category: "", operations: ["things/get"] }, 'the selection: category is "", not a string.'],
])("slice refuses %j", (selection, message) => {
  expect(() => slice(smallDescription(), selection as Selection)).toThrow(
    expect.objectContaining({ name: "InputError", message }),
  );
});

test.each<[object, string]>([
  [
    { chek: true },
    'regenerate: Unknown option "chek". Did you mean "check"? Valid options: config, check, changeset, update, acceptRemoval, acceptExamples, cache, now, fetch, stdin, signal, onMessage.',
  ],
  [{ check: "yes" }, 'regenerate: check is "yes", not true or false.'],
  [{ acceptRemoval: "x" }, 'regenerate: acceptRemoval is "x", not a list of strings.'],
  [{ signal: {} }, "regenerate: signal is {}, not an AbortSignal."],
  [{ fetch: "x".repeat(99) }, `regenerate: fetch is "${"x".repeat(59)}…, not a function.`],
])("regenerate refuses %j before it reads anything", async (options, message) => {
  await expect(regenerate({ config: "nowhere.json", ...options })).rejects.toMatchObject({
    name: "InputError",
    message,
  });
});

test("what is undefined counts as left out", () => {
  const selection: Selection = { category: undefined, operations: ["things/get"] };
  expect(slice(smallDescription(), selection).paths).toBeDefined();
});

test("every option takes undefined, by its type too", () => {
  type Loose<Options> = { [name in keyof Options]: Options[name] | undefined };
  expectTypeOf<Loose<RegenerateOptions>>().toEqualTypeOf<RegenerateOptions>();
  expectTypeOf<Loose<Selection>>().toEqualTypeOf<Selection>();
  expectTypeOf<Loose<DescriptionOptions>>().toEqualTypeOf<DescriptionOptions>();
  expectTypeOf<Loose<PackageFilesOptions>>().toEqualTypeOf<PackageFilesOptions>();
});
