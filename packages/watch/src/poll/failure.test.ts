import {
  ApiError,
  AuthenticationError,
  InvalidResponseError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
} from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backoff, classifyFailure } from "./failure.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const init = (status: number) => ({ status, data: {} });

test.each([
  [new NetworkError("no route"), "transient"],
  [new TimeoutError("10 s", { timeout: 10_000 }), "transient"],
  [new InvalidResponseError("not JSON", { response: new Response() }), "transient"],
  [new ApiError("bad gateway", init(502)), "transient"],
  [new ApiError("unavailable", init(503)), "transient"],
  [new ApiError("request timeout", init(408)), "transient"],
  [new ApiError("too many", init(429)), "transient"],
  [new NotFoundError("gone", init(404)), "not-found"],
  [new AuthenticationError("bad token", init(401)), "fatal"],
  [new ApiError("unprocessable", init(422)), "fatal"],
  [new TypeError("a bug"), "fatal"],
  ["a string", "fatal"],
  [null, "fatal"],
])("%s is %s", (error, kind) => {
  expect(classifyFailure(error, now).kind).toBe(kind);
});

test("a rate limit says when to come back", () => {
  const retryAt = new Date(now + 90_000);
  const error = new RateLimitError("limit", { ...init(403), retryAt, limit: "primary" });
  expect(classifyFailure(error, now)).toEqual({ kind: "rate-limit", retryAt: now + 90_000 });
});

test("a rate limit from elsewhere without a usable time waits a minute, as GitHub asks", () => {
  const error = { name: "RateLimitError", retryAt: "soon" };
  expect(classifyFailure(error, now)).toEqual({ kind: "rate-limit", retryAt: now + 60_000 });
});

test("the back-off doubles up to a minute and keeps at least half", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const ceiling = Math.min(60_000, 1_000 * 2 ** failures);
        const delay = backoff(failures, random);
        expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
        expect(delay).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});
