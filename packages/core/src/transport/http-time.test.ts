import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRetryAfter } from "./http-time.ts";

const now = Date.UTC(2026, 0, 1);

describe("Retry-After", () => {
  test.each([
    ["3", undefined, 3000],
    ["0", undefined, 0],
    ["1.5", undefined, 1500],
    ["+2", undefined, 2000],
    ["-3", undefined, 0],
    [" 4 ", undefined, 4000],
    ["Thu, 01 Jan 2026 00:00:05 GMT", undefined, 5000],
    // The clock here is wrong by an hour; GitHub's own date is what counts.
    ["Thu, 01 Jan 2026 01:00:05 GMT", "Thu, 01 Jan 2026 01:00:00 GMT", 5000],
    ["Thu, 01 Jan 2026 00:00:05 GMT", "yesterday", 5000],
    ["Thu, 01 Jan 2020 00:00:00 GMT", undefined, 0],
    ["soon", undefined, undefined],
    ["", undefined, undefined],
    ["99999999999999999999", undefined, undefined],
    ["1e3", undefined, undefined],
    ["Infinity", undefined, undefined],
    ["3, 3", undefined, undefined],
    [undefined, undefined, undefined],
  ])("%j (Date: %s) is %s ms", (retryAfter, date, expected) => {
    const headers = new Headers({
      ...(retryAfter !== undefined && { "retry-after": retryAfter }),
      ...(date && { date }),
    });
    expect(readRetryAfter(headers, now)).toBe(expected);
  });

  test("whatever it says, the wait makes a date or is absent", () => {
    const visible = fc.stringMatching(/^[\x20-\x7e]*$/);
    fc.assert(
      fc.property(fc.oneof(visible, fc.double().map(String)), (value) => {
        const wait = readRetryAfter(new Headers({ "retry-after": value }), now) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(new Date(now + wait).getTime()).not.toBeNaN();
      }),
    );
  });
});
