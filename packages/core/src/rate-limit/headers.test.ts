import { describe, expect, test } from "vitest";
import { plainResponse } from "../transport/response.ts";
import { readRefusal, readQuota } from "./headers.ts";

const now = Date.UTC(2026, 0, 1);
const budget = (remaining: number, seconds: number): Record<string, string> => ({
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-reset": String(now / 1000 + seconds),
});

describe("what a response states of limits", () => {
  test("reads the budget, or nothing where there is none", () => {
    expect(readQuota(new Headers(budget(7, 60)), now)).toEqual({
      limit: 5000,
      remaining: 7,
      reset: now + 60_000,
    });
    expect(readQuota(new Headers(), now)).toBeUndefined();
    expect(
      readQuota(new Headers({ ...budget(7, 60), "x-ratelimit-reset": "soon" }), now),
    ).toBeUndefined();
  });

  test.each([
    [
      "a used-up budget",
      403,
      budget(0, 90),
      "API rate limit exceeded for user",
      { limit: "primary", wait: 90_000 },
    ],
    ["a used-up budget, as 429", 429, budget(0, 90), "", { limit: "primary", wait: 90_000 }],
    [
      "a clock that is wrong here",
      403,
      { ...budget(0, 3690), date: new Date(now + 3_600_000).toUTCString() },
      "API rate limit exceeded",
      { limit: "primary", wait: 90_000 },
    ],
    [
      "a reset that has passed",
      403,
      budget(0, -5),
      "API rate limit exceeded",
      { limit: "primary", wait: 1000 },
    ],
    [
      "Retry-After",
      403,
      { ...budget(9, 90), "retry-after": "30" },
      "slow down",
      { limit: "secondary", wait: 30_000 },
    ],
    [
      "only the message",
      403,
      budget(9, 90),
      "You have exceeded a secondary rate limit",
      { limit: "secondary", wait: 60_000 },
    ],
    [
      "the old message",
      403,
      {},
      "You have triggered an abuse detection mechanism",
      { limit: "secondary", wait: 60_000 },
    ],
    ["Retry-After: 0", 429, { "retry-after": "0" }, "", { limit: "secondary", wait: 1000 }],
    [
      "a reset that is no date",
      429,
      { ...budget(0, 0), "x-ratelimit-reset": "99999999999999999" },
      "",
      { limit: "secondary", wait: 60_000 },
    ],
    [
      "words of a gateway",
      403,
      {},
      "Request was throttled. Please slow down.",
      { limit: "secondary", wait: 60_000 },
    ],
    [
      "words for too much content",
      403,
      budget(9, 90),
      "was submitted too quickly after the previous comment",
      { limit: "secondary", wait: 60_000 },
    ],
    ["an unknown text on 429", 429, {}, "Nope.", { limit: "secondary", wait: 60_000 }],
    ["a bare 429", 429, {}, "", { limit: "secondary", wait: 60_000 }],
    ["a plain 403", 403, budget(9, 90), "Must have admin rights", undefined],
    [
      "a plain 403 that used the budget up",
      403,
      budget(0, 90),
      "Must have admin rights",
      undefined,
    ],
    ["a 404 that used the budget up", 404, budget(0, 90), "Not Found", undefined],
    ["a good response that used the budget up", 200, budget(0, 90), "{}", undefined],
  ])("%s", (_, status, headers, text, expected) => {
    const response = new Response(null, { status, headers: new Headers(headers) });
    expect(readRefusal(plainResponse(response, text), now)).toEqual(expected);
  });

  test("the wait for a secondary limit without a time grows with each in a row", () => {
    const response = new Response(null, { status: 429 });
    const waits = [0, 1, 2].map(
      (before) => readRefusal(plainResponse(response, ""), now, before)?.wait,
    );
    expect(waits).toEqual([60_000, 120_000, 240_000]);
  });

  test("a refusal that may be repeated at once waits longer each time", () => {
    const response = new Response(null, { status: 429, headers: { "retry-after": "0" } });
    const waits = [0, 1, 2, 3].map(
      (before) => readRefusal(plainResponse(response, ""), now, before)?.wait,
    );
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test("no wait grows beyond an hour by itself, nor beyond a day by what a server says", () => {
    const bare = new Response(null, { status: 429 });
    const hour = 3_600_000;
    for (const before of [6, 30, 2000])
      expect(readRefusal(plainResponse(bare, ""), now, before)?.wait).toBe(hour);
    const at = (seconds: number, before: number): number | undefined => {
      const headers = { "retry-after": String(seconds) };
      const response = new Response(null, { status: 429, headers });
      return readRefusal(plainResponse(response, ""), now, before)?.wait;
    };
    expect(at(0, 2000)).toBe(hour);
    expect(at(7200, 0)).toBe(2 * hour);
    // A time of day where seconds are meant.
    expect(at(now / 1000, 0)).toBe(24 * hour);
  });

  test.each([now, now / 1000 + 90_000, -5, -1e300])("a reset at %d is no budget", (reset) => {
    const value = Number.isSafeInteger(reset) ? String(reset) : `-${"9".repeat(300)}`;
    const headers = new Headers({ ...budget(0, 0), "x-ratelimit-reset": value });
    expect(readQuota(headers, now)).toBeUndefined();
  });

  test.each(["soon", "", "-1", "-0.5", "1e3"])("a remaining of %j is no budget", (remaining) => {
    expect(
      readQuota(new Headers({ ...budget(7, 60), "x-ratelimit-remaining": remaining }), now),
    ).toBeUndefined();
  });
});
