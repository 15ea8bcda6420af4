import * as fc from "fast-check";
import type { JobInit, RunInit, StepInit } from "../authoring/run-init.ts";
import type { SeedFile } from "../authoring/seed-file.ts";
import type { JobConclusion, RunConclusion } from "../state/records.ts";

/** Which runs {@link runs} gives. */
export interface RunsConstraints {
  /** @default 6 */
  maxJobs?: number | undefined;
  /**
   * Only runs that end by themselves as time goes by: none held, none that waits for a person.
   * @default false
   */
  ends?: boolean | undefined;
}

/** Which worlds {@link worlds} gives. */
export interface WorldsConstraints extends RunsConstraints {
  /** @default 3 */
  maxRepositories?: number | undefined;
  /** Of each repository. @default 10 */
  maxRuns?: number | undefined;
}

const jobConclusions: readonly JobConclusion[] = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
];
const events = ["push", "pull_request", "schedule", "workflow_dispatch", "merge_group", "release"];
const holds = ["requested", "queued", "pending", "in_progress", "completed"] as const;
const startupFailure: RunConclusion = "startup_failure";

/** Names as people give them: with spaces, slashes, brackets, emoji, other scripts. */
const names: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "build",
    "test (ubuntu-latest, 24)",
    "lint / oxlint",
    "🏗️ build",
    "Prüfung",
    "構築",
  ),
  fc.stringMatching(/^[A-Za-z][\w .:/()[\]-]{0,30}[\w)]$/),
);

const branches: fc.Arbitrary<string | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("main", "next", "feature/a+b#1", "renovate/got-13.x") },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z][a-z0-9/_.-]{0,20}[a-z0-9]$/) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const logins = fc.oneof(
  fc.constantFrom("octocat", "mona", "dependabot[bot]", "github-actions[bot]"),
  fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/),
);

const perAttempt = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }));

/** Lines of a log: plain, marked, coloured, empty. */
const logLine = fc.oneof(
  fc.string({ maxLength: 40, unit: "grapheme" }),
  fc.constantFrom(
    "##[error]Process completed with exit code 1.",
    "##[warning]Node.js 20 is deprecated",
    "##[group]Run npm test",
    "##[endgroup]",
    "\u001B[31m1 failing\u001B[0m",
    "",
  ),
);

/** Steps of a job. */
export function steps(): fc.Arbitrary<StepInit> {
  return fc.record(
    {
      name: names,
      seconds: fc.integer({ min: 0, max: 3600 }),
      conclusion: perAttempt(
        fc.constantFrom<JobConclusion>("success", "failure", "skipped", "cancelled"),
      ),
      always: fc.boolean(),
      log: fc.array(logLine, { maxLength: 6 }).map((lines) => lines.join("\n")),
    },
    { requiredKeys: ["name"] },
  );
}

/** The jobs of one run: each may need jobs that come before it. */
export function jobs({ maxJobs = 6, ends = false }: RunsConstraints = {}): fc.Arbitrary<JobInit[]> {
  const job = fc.record(
    {
      name: names,
      steps: fc.array(steps(), { maxLength: 5 }),
      conclusion: perAttempt(fc.constantFrom(...jobConclusions)),
      always: fc.boolean(),
      labels: fc.constantFrom(["ubuntu-latest"], ["windows-latest"], ["self-hosted", "linux"]),
      queued_seconds: fc.integer({ min: 0, max: 600 }),
      ...(ends ? {} : { environment: fc.constantFrom("production", "staging") }),
    },
    { requiredKeys: ["name"] },
  );
  const drawn = fc.record({ job, needs: fc.array(fc.nat(), { maxLength: 3 }) });
  return fc
    .uniqueArray(drawn, {
      minLength: 1,
      maxLength: maxJobs,
      selector: (one) => one.job.name,
    })
    .map((list) =>
      list.map(({ job: own, needs }, index) => {
        const earlier = new Set(
          needs.filter(() => index > 0).map((drawnAt) => list[drawnAt % index]?.job.name ?? ""),
        );
        return earlier.size === 0 ? own : { ...own, needs: [...earlier] };
      }),
    );
}

/** Runs that `createRun` takes: of every kind that GitHub has, and shrinking towards `{}`. */
export function runs(constraints: RunsConstraints = {}): fc.Arbitrary<RunInit> {
  const { ends = false } = constraints;
  const common = {
    workflow: fc.constantFrom("ci.yml", "deploy.yml", "nightly.yaml"),
    event: fc.constantFrom(...events),
    branch: branches,
    actor: logins,
    triggering_actor: logins,
    display_title: fc.string({ maxLength: 60, unit: "grapheme" }),
    pull_requests: fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 2 }),
    head_repository: fc.constantFrom(null, "mona/octo-repo"),
  };
  const usual = fc.record(
    {
      ...common,
      jobs: jobs(constraints),
      ...(ends ? {} : { status: fc.constantFrom(...holds) }),
    },
    { requiredKeys: [] },
  );
  const unusual = fc.constantFrom<RunInit>(
    { status: "completed", conclusion: startupFailure, jobs: [] },
    ...(ends
      ? []
      : [
          {
            approval: "required" as const,
            event: "pull_request",
            head_repository: "first-timer/octo-repo",
          },
        ]),
  );
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: unusual });
}

/** What a whole fake may know: repositories with runs, for `applySeed`. */
export function worlds(constraints: WorldsConstraints = {}): fc.Arbitrary<SeedFile> {
  const { maxRepositories = 3, maxRuns = 10 } = constraints;
  const name = fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/),
      fc.stringMatching(/^[a-z][\w.-]{0,12}\w$/),
    )
    .map(([owner, repository]) => `${owner}/${repository}`);
  const repository = fc.record(
    {
      private: fc.boolean(),
      default_branch: fc.constantFrom("main", "master"),
      runs: fc.array(runs(constraints), { maxLength: maxRuns }),
    },
    { requiredKeys: ["runs"] },
  );
  return fc
    .dictionary(name, repository, { minKeys: 1, maxKeys: maxRepositories, noNullPrototype: true })
    .map((repositories) => ({ repositories }));
}
