import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readme, withMethods } from "./methods-table.ts";

test("the README's table has every method, as `npx -y pnpm@12 --filter @workflow-runs/core methods` writes it", () => {
  const text = readFileSync(readme, "utf8");
  expect(text).toBe(withMethods(text));
});
