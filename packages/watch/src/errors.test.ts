import { expect, test } from "vitest";
import { WorkflowRunsError } from "@workflow-runs/core";
import * as api from "./index.ts";

const errors = Object.entries<{ prototype: object }>(api)
  .filter(([name]) => name.endsWith("Error"))
  .map(([name, { prototype }]) => ({ name, prototype }));

test.each(errors)("$name is caught by `instanceof WatchError`", ({ prototype }) => {
  const error: unknown = Object.create(prototype);
  expect(error).toBeInstanceOf(api.WatchError);
  expect(error).toBeInstanceOf(WorkflowRunsError);
});

test("there are errors to catch", () => {
  expect(errors.length).toBeGreaterThan(3);
});
