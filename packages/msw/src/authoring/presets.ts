import { choose, is, type Check } from "../input/check.ts";
import type { JobInit, RunInit } from "./run-init.ts";

/** Runs that many tests need, for `createRun` as they are or with changes. */
export interface Presets {
  /** One job, everything green. */
  success(): RunInit;
  /** `build` fails in `npm test`; a re-run of the failed jobs succeeds. */
  failure(): RunInit;
  /** Six jobs of a matrix, of which one fails in the first attempt only, and a job that needs them. */
  flakyMatrix(): RunInit;
  /** A fork's pull request: `action_required` until somebody approves it. */
  waitingForApproval(): RunInit;
  /** A deployment to `production` that waits for a review. */
  waitingForDeployment(): RunInit;
  /** A pull request of a bot in the repository itself: `action_required` until somebody re-runs it. */
  waitingForApprovalOfBot(): RunInit;
  /** The workflow file is broken: no job, no time, and no event that is known. */
  startupFailure(): RunInit;
  /** Somebody cancelled it. */
  cancelled(): RunInit;
  /** A job ran into its time limit, which cancels it and the run. */
  timedOut(): RunInit;
  /** The runner went away in `npm test`: the step is `in_progress` for ever, and there is no log. */
  lostRunner(): RunInit;
  /** Queued for ever without a job: it can be neither cancelled nor re-run nor deleted. */
  stuckInQueue(): RunInit;
  /** Two jobs with the same name, names with `/`, `:` and emoji, one on Windows. */
  awkwardNames(): RunInit;
  /** One job with a log of a million lines. */
  hugeLog(): RunInit;
}

const checkout = "Run actions/checkout@v4";
const postCheckout = "Post Run actions/checkout@v4";
const failing =
  "FAIL src/login.test.ts\n  ✕ signs in (31 ms)\n##[error]AssertionError: expected 200, got 502";

/**
 * Runs that many tests need: `createRun(presets.failure())`, or with changes
 * `createRun({ ...presets.failure(), branch: "next" })`.
 */
export const presets: Presets = {
  success: () => ({ status: "completed", jobs: [{ name: "build" }] }),
  failure: () => ({
    status: "completed",
    jobs: [
      { name: "lint" },
      {
        name: "build",
        conclusion: ["failure", "success"],
        steps: [
          checkout,
          "Run npm ci",
          { name: "Run npm test", log: [failing, "42 passing"] },
          postCheckout,
        ],
      },
      { name: "deploy", needs: "build" },
    ],
  }),
  flakyMatrix: () => ({ status: "completed", jobs: matrix() }),
  waitingForApproval: () => ({
    approval: "required",
    event: "pull_request",
    actor: "first-timer",
    head_repository: "first-timer/octo-repo",
    branch: "patch-1",
  }),
  waitingForApprovalOfBot: () => ({
    approval: "bot",
    event: "pull_request",
    actor: "dependabot[bot]",
    branch: "dependabot/npm_and_yarn/vitest-5",
  }),
  waitingForDeployment: () => ({
    workflow: "deploy.yml",
    jobs: [{ name: "build" }, { name: "deploy", needs: "build", environment: "production" }],
  }),
  startupFailure: () => ({
    status: "completed",
    conclusion: "startup_failure",
    workflow: "BuildFailed",
    name: "",
    display_title: "(Unknown event)",
    jobs: [],
  }),
  cancelled: () => ({ status: "completed", jobs: [{ name: "build", conclusion: "cancelled" }] }),
  timedOut: () => ({
    status: "completed",
    jobs: [
      {
        name: "build",
        timeout_minutes: 5,
        steps: [checkout, "Run npm ci", { name: "Run npm test", seconds: 3600 }, postCheckout],
      },
    ],
  }),
  lostRunner: () => ({
    status: "completed",
    jobs: [{ name: "build", lost_runner: true }, { name: "lint" }],
  }),
  stuckInQueue: () => ({ status: "queued", jobs: [] }),
  awkwardNames: () => ({
    status: "completed",
    jobs: [
      { name: "build", runner_name: "GitHub Actions 1000000174" },
      { name: "build", runner_name: "GitHub Actions 1000000175", conclusion: "failure" },
      { name: "🏗️ build / linux: x64 -> arm64" },
      { name: "windows", labels: ["windows-latest"] },
    ],
  }),
  hugeLog: () => ({
    status: "completed",
    jobs: [{ name: "build", steps: [{ name: "Run make", lines: 1_000_000, seconds: 600 }] }],
  }),
};

function matrix(): JobInit[] {
  const cells = ["ubuntu", "macos", "windows"].flatMap((os) =>
    [22, 24].map((node) => ({ os, node })),
  );
  const jobs: JobInit[] = cells.map(({ os, node }) => ({
    name: `test (${os}-latest, ${node})`,
    labels: [`${os}-latest`],
    steps: [checkout, "Run npm ci", "Run npm test", postCheckout],
    conclusion: os === "windows" && node === 22 ? ["failure", "success"] : "success",
  }));
  return [
    ...jobs,
    { name: "publish", needs: cells.map(({ os, node }) => `test (${os}-latest, ${node})`) },
  ];
}

/** The name of a preset in place of what it gives is easily written. */
export function orPreset<T>(run: Check<T>): Check<T> {
  const isPreset = (value: unknown): boolean =>
    typeof value === "string" && Object.hasOwn(presets, value);
  const hint = (name: unknown): Check<T> =>
    is(`an object: give presets.${String(name)}()`, () => false);
  return choose((value) => (isPreset(value) ? hint(value) : run), run);
}
