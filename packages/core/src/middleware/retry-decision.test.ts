import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFailure, retryDelay } from "./retry-decision.ts";

const limits = { limit: 3, maxDelay: 10_000 };
const half = 0.5;
const now = Date.UTC(2026, 0, 1);

function withStatus(status: number, retryAfter?: number): Response {
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

  test("all but a POST on 5xx, 408 and no response; a POST only when it was never sent or GitHub says so", () => {
    const decide = (method: string, response?: Response, neverSent = false): boolean =>
      (response === undefined || isFailure(response.status)) &&
      retryDelay({ method, tries: 1, headers: response?.headers, neverSent }, limits, half, now) !==
        undefined;
    for (const response of [
      ...[500, 502, 503, 504, 408].map((status) => withStatus(status)),
      undefined,
    ])
      expect(
        ["GET", "DELETE", "PUT", "PATCH", "HEAD", "POST"].map((method) => decide(method, response)),
      ).toEqual([true, true, true, true, true, false]);
    for (const status of [200, 304, 400, 401, 403, 404, 409, 410, 422])
      expect(decide("GET", new Response(null, { status }))).toBe(false);
    expect(decide("POST", undefined, true)).toBe(true);
    expect(decide("POST", withStatus(503, 0))).toBe(true);
  });

  test("at least a second after a Retry-After, and longer each time", () => {
    const { headers } = withStatus(503, 0);
    const delays = [1, 2, 3].map((tries) =>
      retryDelay({ method: "POST", tries, headers }, { limit: 9, maxDelay: 3000 }, half, now),
    );
    expect(delays).toEqual([1000, 2000, 3000]);
  });

  test("never sooner than Retry-After says, and never beyond the limits", () => {
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.option(fc.nat(20), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, seconds, random) => {
          const retryAfter = seconds && seconds * 1000;
          const response = withStatus(503, seconds);
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
