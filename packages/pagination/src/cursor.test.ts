import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, type Place } from "./cursor.ts";
import { fingerprint } from "./fingerprint.ts";
import { CursorError } from "./index.ts";

const list = fingerprint("actions/list-workflow-runs-for-repo", { owner: "o", repo: "r" });
const count = fc.nat();
const ids = fc.uniqueArray(fc.nat({ max: 2 ** 45 }), { maxLength: 50 });
const bySecond = fc
  .record({
    second: fc.nat({ max: 2 ** 33 }),
    ids,
    below: fc.array(fc.nat({ max: 40 }), { minLength: 50, maxLength: 50 }),
    count,
  })
  .map(({ second, ids, below, count }) => ({
    at: "second" as const,
    second,
    given: ids.map((id, index) => ({ id, second: second - (below[index] ?? 0) })),
    count,
  }));
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.constant({ at: "start" } as const),
  fc.record({ at: fc.constant("end" as const), count }),
  bySecond,
  fc.record({ at: fc.constant("position" as const), position: fc.nat(), ids, count }),
);

test("a place is read back as it was written, from letters, digits, dots and dashes alone", () => {
  fc.assert(
    fc.property(place, (place) => {
      const cursor = encodeCursor(list, place);
      expect(cursor).toMatch(/^[\w.-]+$/);
      const read = decodeCursor(list, cursor);
      const sorted = (from: Place): Place => {
        if ("ids" in from) return { ...from, ids: from.ids.toSorted((a, b) => a - b) };
        if ("given" in from) return { ...from, given: from.given.toSorted((a, b) => a.id - b.id) };
        return from;
      };
      expect(sorted(read)).toEqual(sorted(place));
    }),
  );
});

test("a usual cursor is about 40 characters", () => {
  const second = Date.UTC(2026, 0, 31) / 1000;
  const cursor = encodeCursor(list, {
    at: "second",
    second,
    given: [{ id: 19_000_000_000, second }],
    count: 12_300,
  });
  expect(cursor.length).toBeLessThanOrEqual(40);
});

test.each([
  ["no cursor", "hello", "is not a cursor"],
  ["another version", `wr9.${list}.s`, "another version"],
  ["another list", "wr1.0000000000.s", "other parameters"],
  ["an unknown place", `wr1.${list}.x.1`, "damaged"],
  ["too few fields", `wr1.${list}.t.1`, "damaged"],
  ["letters that are no number", `wr1.${list}.t.1.*.2`, "damaged"],
  ["ids that are no numbers", `wr1.${list}.t.1.1.0-2--3`, "damaged"],
])("%s is refused", (_, cursor, message) => {
  expect(() => decodeCursor(list, cursor)).toThrow(CursorError);
  expect(() => decodeCursor(list, cursor)).toThrow(message);
});

test("a list is known by its operation and parameters, whatever their order and the page size", () => {
  const id = "actions/list-workflow-runs-for-repo";
  expect(fingerprint(id, { repo: "r", owner: "o", per_page: 10, status: undefined })).toBe(list);
  expect(fingerprint(id, { owner: "o", repo: "r", status: "failure" })).not.toBe(list);
  expect(fingerprint("actions/list-workflow-runs", { owner: "o", repo: "r" })).not.toBe(list);
  expect(fingerprint(id, { owner: "o", repo: "r2" })).not.toBe(list);
});
