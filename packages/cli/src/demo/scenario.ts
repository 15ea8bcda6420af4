import type { ActionsFake, FakeRun, JobInit } from "@workflow-runs/msw/fake";

/** The repository of `demo` and `mock`; the name says that it is made up. */
export const demoRepository = "octo-org/fake-rocket";

const checkoutStep = "Run actions/checkout@v4";
const postCheckoutStep = "Post Run actions/checkout@v4";

const lintJob: JobInit = {
  name: "lint",
  queued_seconds: 1,
  steps: [
    { name: checkoutStep, seconds: 2 },
    {
      name: "Run npm run lint",
      seconds: 9,
      log: "> rocket@2.4.0 lint\n> eslint .\n\nchecked 84 files",
    },
    { name: postCheckoutStep, seconds: 1 },
  ],
};

const failedTest = `> rocket@2.4.0 test
> vitest run

 ✓ src/engine.test.ts (12 tests) 214ms
 ✓ src/fuel.test.ts (31 tests) 96ms
 ✓ src/guidance.test.ts (17 tests) 143ms
 ✓ src/parachute.test.ts (6 tests) 38ms
 ❯ src/telemetry.test.ts (8 tests | 1 failed) 5021ms
   × reconnects after the link is lost 5003ms
     → Test timed out in 5000ms.

 Test Files  1 failed | 4 passed (5)
      Tests  1 failed | 73 passed (74)
##[error]Process completed with exit code 1.`;

const passedTest = `> rocket@2.4.0 test
> vitest run

 ✓ src/engine.test.ts (12 tests) 208ms
 ✓ src/fuel.test.ts (31 tests) 91ms
 ✓ src/guidance.test.ts (17 tests) 139ms
 ✓ src/parachute.test.ts (6 tests) 40ms
 ✓ src/telemetry.test.ts (8 tests) 402ms

 Test Files  5 passed (5)
      Tests  74 passed (74)`;

/** Tests that fail in the first attempt and pass in the second: a flaky test, as there is one everywhere. */
const flakyTest: JobInit = {
  name: "test",
  queued_seconds: 1,
  conclusion: ["failure", "success"],
  steps: [
    { name: checkoutStep, seconds: 2 },
    { name: "Run npm ci", seconds: 14 },
    {
      name: "Run npm test",
      seconds: 31,
      conclusion: ["failure", "success"],
      log: [failedTest, passedTest],
    },
    { name: postCheckoutStep, seconds: 1 },
  ],
};

const testJob: JobInit = {
  ...flakyTest,
  conclusion: "success",
  steps: [
    { name: checkoutStep, seconds: 2 },
    { name: "Run npm ci", seconds: 12 },
    { name: "Run npm test", seconds: 28, log: passedTest },
    { name: postCheckoutStep, seconds: 1 },
  ],
};

const packageJob: JobInit = {
  name: "package",
  queued_seconds: 1,
  needs: ["lint", "test"],
  steps: [
    { name: checkoutStep, seconds: 2 },
    { name: "Run npm pack", seconds: 6, log: "rocket-2.4.0.tgz\n48.1 kB packed, 212 kB unpacked" },
    { name: postCheckoutStep, seconds: 1 },
  ],
};

const { needs: _needs, ...packageAlone } = packageJob;

const minute = 60_000;

/**
 * Fills the fake with a day of runs, one of them failed, and returns that one.
 *
 * @param init `private`: whether a token is needed, and time is billed.
 */
export function createScenario(
  fake: ActionsFake,
  now: number,
  init: { private: boolean },
): FakeRun {
  const repository = fake.repository(demoRepository, init);
  const ago = (minutes: number): number => now - minutes * minute;
  const jobs = [lintJob, testJob, packageJob];
  // Nothing starts it but somebody who tries `run`, and then `approve`.
  repository.createEnvironment({ name: "launch-pad" });
  repository.workflow("launch.yml", {
    name: "Launch",
    on: { workflow_dispatch: { inputs: { stage: { default: "test" } } } },
    run_name: "Launch to ${{ inputs.stage }}",
    jobs: [packageAlone, { name: "launch", needs: ["package"], environment: "launch-pad" }],
  });
  repository.createRun({
    display_title: "Bump vitest to 5.1",
    event: "pull_request",
    branch: "deps/vitest-5",
    actor: "dependabot[bot]",
    jobs,
    created_at: ago(1_380),
  });
  repository.createRun({
    workflow: "nightly.yml",
    display_title: "Nightly",
    event: "schedule",
    jobs: [{ ...testJob, name: "soak" }],
    created_at: ago(720),
  });
  repository.createRun({
    display_title: "Draw the fuel gauge",
    event: "pull_request",
    branch: "fuel-gauge",
    actor: "hubot",
    jobs,
    created_at: ago(190),
  });
  const failed = repository.createRun({
    display_title: "Reconnect the telemetry link",
    actor: "octocat",
    jobs: [lintJob, flakyTest, packageJob],
    created_at: ago(45),
  });
  repository.createRun({
    display_title: "Fix a typo in the manual",
    event: "pull_request",
    branch: "manual-typo",
    actor: "monalisa",
    jobs: [lintJob],
    created_at: ago(12),
  });
  return failed;
}
