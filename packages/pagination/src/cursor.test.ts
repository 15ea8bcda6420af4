import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, fingerprint, type ReadState } from "./cursor.ts";
import { CursorError } from "./index.ts";

const list = fingerprint("actions/list-workflow-runs-for-repo", { owner: "o", repo: "r" });
const count = fc.nat();
const id = fc.nat({ max: 2 ** 45 });
const second = fc.integer({ min: -(2 ** 33), max: 2 ** 33 });
const maybe = fc.option(id, { nil: undefined });
const state: fc.Arbitrary<ReadState> = fc.oneof(
  fc.constant({ at: "start" } as const),
  fc.record({ at: fc.constant("end" as const), count }),
  fc.record({ at: fc.constant("time" as const), count, second, id: maybe, below: maybe }),
  fc.record({
    at: fc.constant("position" as const),
    count,
    position: fc.nat(),
    id,
    sorted: fc.boolean(),
  }),
);

test("a state is read back as it was written, from letters, digits, dots and dashes alone", () => {
  fc.assert(
    fc.property(state, (state) => {
      const cursor = encodeCursor(list, state);
      expect(cursor).toMatch(/^[\w.-]+$/);
      expect(decodeCursor(list, cursor)).toEqual(state);
    }),
  );
});

test("a usual cursor is about 40 characters", () => {
  const second = Date.UTC(2026, 0, 31) / 1000;
  const at = { at: "time", second, id: 19_000_000_000, count: 12_300 } as const;
  expect(encodeCursor(list, at).length).toBeLessThanOrEqual(40);
});

test.each([
  ["no cursor", "hello", "is not a cursor"],
  ["another version", `wr9.${list}.s`, "another version"],
  ["another list", "wr2.0000000000.s", "other parameters"],
  ["an unknown place", `wr2.${list}.x.1`, "damaged"],
  ["too few fields", `wr2.${list}.t.1`, "damaged"],
  ["letters that are no number", `wr2.${list}.t.1.*.2.`, "damaged"],
  ["a number that is missing", `wr2.${list}.p.1..2.1..`, "damaged"],
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
