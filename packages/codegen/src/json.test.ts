import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame, type Json, location, pointer, sortKeys, valueAt, withValueAt } from "./json.ts";

const json = fc.jsonValue() as fc.Arbitrary<Json>;

test("a pointer and a location say the same, whatever the names", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      expect(location(pointer(parts))).toEqual(parts);
    }),
  );
});

describe("withValueAt", () => {
  const root: Json = { a: [1, { b: 2 }, 3], c: { d: 4 } };

  test("changes one location and shares the rest", () => {
    const changed = withValueAt(root, ["a", 1, "b"], () => 5) as typeof root;
    expect(changed).toEqual({ a: [1, { b: 5 }, 3], c: { d: 4 } });
    expect(changed["c"]).toBe(root["c"]);
    expect(root).toEqual({ a: [1, { b: 2 }, 3], c: { d: 4 } });
  });

  test("takes a key or an item away", () => {
    expect(withValueAt(root, ["c", "d"], () => undefined)).toEqual({ a: root["a"]!, c: {} });
    expect(withValueAt(root, ["a", 0], () => undefined)).toEqual({ a: [{ b: 2 }, 3], c: { d: 4 } });
  });

  test("puts a value where there was none", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), json, (path, value) => {
        expect(
          valueAt(
            withValueAt({}, path, () => value),
            path,
          ),
        ).toEqual(value);
      }),
    );
  });
});

test("sorted keys are the same value, and the same bytes whatever the order before", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).reverse());
      expect(isSame(sortKeys(object), object)).toBe(true);
      expect(JSON.stringify(sortKeys(reversed))).toBe(JSON.stringify(sortKeys(object)));
    }),
  );
});

test("a value is the same as its copy, and no longer once a leaf is another", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), fc.string(), (object, key) => {
      const other = { ...structuredClone(object), [key]: { changed: object[key] ?? null } };
      expect(isSame(object, structuredClone(object))).toBe(true);
      expect(isSame(object, other)).toBe(false);
    }),
  );
});
