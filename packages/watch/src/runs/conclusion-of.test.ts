import { expect, test } from "vitest";
import { conclusionOf } from "./conclusion-of.ts";

test.for([
  [["success", "success"], "success"],
  [["success", "neutral", "skipped"], "success"],
  [["success", "cancelled"], "cancelled"],
  [["cancelled", "failure"], "failure"],
  [["success", "timed_out"], "failure"],
  [["success", "startup_failure"], "failure"],
  [["success", "stale"], "failure"],
  [["success", null], "failure"],
] as const)("%j together is %s", ([conclusions, together]) => {
  expect(conclusionOf(conclusions.map((conclusion) => ({ conclusion })))).toBe(together);
});
