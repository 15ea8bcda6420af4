import { operations } from "@workflow-runs/openapi-types/operations";
import { expect, test } from "vitest";
import { allRoutes } from "./routes.ts";

test("the fake has a route for every operation of the description", () => {
  const routes = new Set<string>(allRoutes().map(({ name }) => name));
  const missing = Object.keys(operations).filter((name) => !routes.has(name));
  expect(
    missing,
    "write what these do in a file of packages/msw/src/router, and list them in operations.ts there",
  ).toEqual([]);
});
