import { WorkflowRunsError } from "@workflow-runs/core";
import { expect, test } from "vitest";
import * as api from "./index.ts";

const errors = Object.entries<{ prototype: object }>(api)
  .filter(([name]) => name.endsWith("Error"))
  .map(([name, { prototype }]) => ({ name, prototype }));

test.each(errors)("$name is caught by its own base and by core's", ({ prototype }) => {
  const error: unknown = Object.create(prototype);
  expect(error).toBeInstanceOf(api.PaginationError);
  expect(error).toBeInstanceOf(WorkflowRunsError);
});

test("there are errors to catch", () => {
  expect(errors.length).toBeGreaterThan(3);
});
