import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check, flag, object, required, text, type Fields } from "./check.ts";
import { nearest } from "./nearest.ts";

interface Sample {
  name: string;
  always?: boolean;
}

test("a table of checks is in step with its interface", () => {
  const fields: Fields<Sample> = { name: required(text), always: flag };
  const sample = object<Sample>(fields);
  expect(() => check(sample, { always: true }, "sample")).toThrow("sample: name is missing");
  // @ts-expect-error each property has a check
  const short: Fields<Sample> = { name: required(text) };
  // @ts-expect-error a property that the interface requires is required
  const loose: Fields<Sample> = { name: text, always: flag };
  // @ts-expect-error and one that it does not is not
  const strict: Fields<Sample> = { name: required(text), always: required(flag) };
  // @ts-expect-error nor are there others
  const long: Fields<Sample> = { name: required(text), always: flag, nmae: text };
  // @ts-expect-error nor does a check allow what the type does not
  const wide: Fields<Sample> = { name: required(flag), always: flag };
  expect([short, loose, strict, long, wide]).toHaveLength(5);
});

test("one wrong letter is a name that is known", () => {
  const names = ["workflow", "display_title", "run_number", "conclusion"];
  const slip = fc.record({ name: fc.constantFrom(...names), at: fc.nat(7), letter: fc.string() });
  fc.assert(
    fc.property(slip, ({ name, at, letter }) => {
      const other = letter.slice(0, 1);
      expect(nearest(name.slice(0, at) + other + name.slice(at + 1), names)).toBe(name);
      expect(nearest(name.slice(0, at) + other + name.slice(at), names)).toBe(name);
    }),
  );
  expect(nearest("x", names)).toBeUndefined();
  expect(nearest("w".repeat(1_000_000), names)).toBeUndefined();
});
