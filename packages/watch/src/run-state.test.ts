import { expect, test } from "vitest";
import { isBlocked, isFinished } from "./index.ts";

test.each([
  ["queued", null, false, false],
  ["in_progress", null, false, false],
  ["pending", null, false, false],
  ["requested", null, false, false],
  ["waiting", null, true, false],
  ["action_required", null, true, false],
  ["completed", "action_required", true, false],
  ["completed", "success", false, true],
  ["completed", "failure", false, true],
  ["completed", "cancelled", false, true],
  ["completed", "skipped", false, true],
  ["completed", "timed_out", false, true],
  ["completed", "startup_failure", false, true],
])("%s, %s: blocked %s, finished %s", (status, conclusion, blocked, finished) => {
  expect(isBlocked({ status, conclusion })).toBe(blocked);
  expect(isFinished({ status, conclusion })).toBe(finished);
});
