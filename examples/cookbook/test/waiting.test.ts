import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { waitForRun } from "@workflow-runs/watch";
import { expect, test } from "vitest";

test("waits for a run of an hour", async () => {
  const fake = createActionsFake();
  fake.freeze("2026-11-01T10:00:00Z");
  const where = { owner: "octo-org", repo: "octo-repo" };
  const { id } = fake.repository("octo-org/octo-repo").createRun({
    jobs: [{ name: "build", steps: [{ name: "Run make", seconds: 3600 }] }],
  });
  const github = createClient({ fetch: fake.fetch, auth: "any-token" });
  const clock = {
    now: () => fake.now(),
    sleep: async (milliseconds: number) => {
      fake.advance(milliseconds);
    },
  };

  const run = await waitForRun(github, { ...where, run_id: id }, { ...clock, timeout: 7_200_000 });

  expect(run.conclusion).toBe("success");
  expect(fake.now() - Date.parse("2026-11-01T10:00:00Z")).toBeGreaterThan(3_600_000);
});
