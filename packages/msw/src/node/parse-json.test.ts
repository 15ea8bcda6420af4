import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson, syntaxErrorAt } from "./parse-json.ts";

describe("where a text stops being JSON", () => {
  test.each([
    ["", 0],
    ["{", 1],
    ['{"a": }', 6],
    ["{a: 1}", 1],
    ["[1, 2,]", 6],
    ["[1 2]", 3],
    ["[01]", 2],
    ["[TRUE]", 1],
    ['{"a": 1} x', 9],
    ['["a\nb"]', 1],
    ["{'a': 1}", 1],
    ["// seed\n{}", 0],
  ])("%j at %d", (text, at) => {
    expect(syntaxErrorAt(text)).toBe(at);
    expect(() => parseJson(text)).toThrow("not JSON: line ");
  });

  test("is its end when it is JSON, and never after the first wrong character", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, cut) => {
        expect(syntaxErrorAt(json)).toBe(json.length);
        expect(parseJson(json)).toEqual(JSON.parse(json));
        const wrapped = `[${json}`;
        const part = wrapped.slice(0, 1 + (cut % wrapped.length));
        expect(syntaxErrorAt(`${part}\u0000`)).toBeLessThanOrEqual(part.length);
      }),
    );
  });

  test("is counted in lines and columns, after a byte order mark too", () => {
    expect(() => parseJson('\uFEFF{\n "a": 1,\n}')).toThrow(
      'not JSON: line 3, column 1: there is "}" where JSON cannot go on so',
    );
    expect(() => parseJson("[1,")).toThrow("line 1, column 4: the text ends where JSON cannot");
    expect(parseJson("\uFEFF[1]")).toEqual([1]);
  });
});
