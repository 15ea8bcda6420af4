import { createActionsFake, presets } from "@workflow-runs/msw";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { setupServer } from "msw/node";

const fake = createActionsFake();
const server = setupServer(...fake.handlers());
beforeAll(() => server.listen({ onUnhandledRequest: "error", onUnhandledFrame: "error" }));
afterEach(() => fake.reset());
afterAll(() => server.close());

test("finds the failed run", async () => {
  fake.repository("octo-org/octo-repo").createRun(presets.failure());
  const url = "https://api.github.com/repos/octo-org/octo-repo/actions/runs?status=failure";
  const { total_count } = await (await fetch(url)).json();
  expect(total_count).toBe(1);
});
