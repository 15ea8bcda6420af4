import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFailure, readRetryAfter, retryDelay } from "./retry-decision.ts";

const limits = { limit: 3, maxDelay: 10_000 };
const half = 0.5;
const now = Date.UTC(2026, 0, 1);

function answered(status: number, retryAfter?: number): Response {
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return new Response(null, { status, headers });
}

describe("when to try again", () => {
  test("waits twice as long each time, with full jitter, up to maxDelay", () => {
    const delay = (tries: number, random: number): number | undefined =>
      retryDelay({ method: "GET", tries }, { limit: 9, maxDelay: 3000 }, random, now);
    expect([1, 2, 3, 4, 5].map((tries) => delay(tries, half))).toEqual([
      250, 500, 1000, 1500, 1500,
    ]);
    expect(delay(3, 0)).toBe(0);
  });

  test("GET and DELETE on 5xx, 408 and no answer; a POST only when it was never sent or GitHub says so", () => {
    const decide = (method: string, response?: Response, neverSent = false): boolean =>
      (response === undefined || isFailure(response.status)) &&
      retryDelay({ method, tries: 1, headers: response?.headers, neverSent }, limits, half, now) !==
        undefined;
    for (const response of [
      ...[500, 502, 503, 504, 408].map((status) => answered(status)),
      undefined,
    ])
      expect(["GET", "DELETE", "POST"].map((method) => decide(method, response))).toEqual([
        true,
        true,
        false,
      ]);
    for (const status of [200, 304, 400, 401, 403, 404, 409, 410, 422])
      expect(decide("GET", new Response(null, { status }))).toBe(false);
    expect(decide("POST", undefined, true)).toBe(true);
    expect(decide("POST", answered(503, 0))).toBe(true);
  });

  test("never sooner than Retry-After asks, and never beyond the limits", () => {
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.option(fc.nat(20), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, seconds, random) => {
          const retryAfter = seconds && seconds * 1000;
          const response = answered(503, seconds);
          const failed = { method: "GET", tries, headers: response.headers };
          const delay = retryDelay(failed, limits, random, now);
          const refused = tries > limits.limit || (retryAfter ?? 0) > limits.maxDelay;
          expect(delay === undefined).toBe(refused);
          expect(delay ?? 0).toBeLessThanOrEqual(limits.maxDelay);
          expect(delay ?? Infinity).toBeGreaterThanOrEqual(retryAfter ?? 0);
        },
      ),
    );
  });
});

describe("Retry-After", () => {
  test.each([
    ["3", undefined, 3000],
    ["0", undefined, 0],
    ["Thu, 01 Jan 2026 00:00:05 GMT", undefined, 5000],
    // The clock here is wrong by an hour; GitHub's own date is what counts.
    ["Thu, 01 Jan 2026 01:00:05 GMT", "Thu, 01 Jan 2026 01:00:00 GMT", 5000],
    ["Thu, 01 Jan 2020 00:00:00 GMT", undefined, 0],
    ["soon", undefined, undefined],
    [undefined, undefined, undefined],
  ])("%s (Date: %s) is %s ms", (retryAfter, date, expected) => {
    const headers = new Headers({
      ...(retryAfter && { "retry-after": retryAfter }),
      ...(date && { date }),
    });
    expect(readRetryAfter(headers, now)).toBe(expected);
  });
});
