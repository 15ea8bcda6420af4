import { expect, test } from "vitest";
import { neverSent } from "./never-sent.ts";

test("knows a connection that was never made, however deep the platform hides it", () => {
  const error = new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
  });
  expect(neverSent(error)).toBe(true);
  expect(neverSent(new Error("outer", { cause: error }))).toBe(true);
  expect(neverSent(Object.assign(new Error("x"), { code: "ECONNRESET" }))).toBe(false);
  expect(neverSent(undefined)).toBe(false);
});
