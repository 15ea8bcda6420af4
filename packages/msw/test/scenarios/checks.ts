import { presets } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const commit = "/commits/{sha}";

/** What a run leaves at its commit, and the branches that runs are of. */
export const checks: readonly Scenario[] = [
  {
    group: "Checks and branches",
    says: "A job is a check run of the same id: its pages lead to the job, and it belongs to the run's suite.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/CheckRun.setUp.txt, 2024-12",
    given: (repository) => {
      const run = repository.createRun(presets.failure());
      const job = run.jobs.find(({ conclusion }) => conclusion === "failure");
      return { run: run.id, job: job?.id, suite: run.data.check_suite_id, sha: run.data.head_sha };
    },
    exchanges: [
      {
        send: "GET /check-runs/{job}",
        status: 200,
        has: {
          id: "{job}",
          head_sha: "{sha}",
          status: "completed",
          conclusion: "failure",
          output: { title: null, summary: null, text: null, annotations_count: 1 },
          check_suite: { id: "{suite}" },
          app: { id: 15_368, slug: "github-actions", node_id: "MDM6QXBwMTUzNjg=" },
        },
        text: /"node_id":"CR_kw.*"external_id":"[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}".*"details_url":"https:\/\/[^"]+\/octo-org\/octo-repo\/actions\/runs\/\d+\/job\/\d+"/,
      },
      {
        send: "GET /check-runs/{job}/annotations?per_page=1",
        status: 200,
        has: [{ annotation_level: "failure", start_column: null, end_column: null }],
        text: /"message":"Process completed with exit code 1\."/,
      },
      {
        send: "GET /check-suites/{suite}",
        status: 200,
        has: {
          id: "{suite}",
          head_branch: "main",
          head_sha: "{sha}",
          status: "completed",
          conclusion: "failure",
          before: null,
          after: null,
          pull_requests: [],
          app: { slug: "github-actions" },
        },
        text: /"node_id":"CS_kw/,
      },
      { send: "GET /check-suites/7", status: 404, has: { message: "Not Found" } },
    ],
  },
  {
    group: "Checks and branches",
    says: "The check runs of a commit are found by name and by status; the links keep what was asked.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/CheckRun.testGetCheckRunsForRefFilterByStatus.txt and FilterByCheckName.txt, 2020-10",
    given: (repository) => {
      const jobs = ["3.6", "3.7", "3.8", "3.9"].map((python) => ({
        name: `test (Python ${python})`,
      }));
      const run = repository.createRun({ status: "completed", jobs });
      return { sha: run.data.head_sha, suite: run.data.check_suite_id, repo_id: repository.id };
    },
    exchanges: [
      {
        send: `GET ${commit}/check-runs?status=completed&per_page=1`,
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/commits/{sha}/check-runs?status=completed&per_page=1&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/commits/{sha}/check-runs?status=completed&per_page=1&page=4>; rel="last"',
        },
        has: { total_count: 4, check_runs: { length: 1 } },
      },
      {
        send: `GET ${commit}/check-runs?check_name=test+%28Python+3.6%29`,
        status: 200,
        has: { total_count: 1, check_runs: [{ name: "test (Python 3.6)" }] },
      },
      {
        send: `GET ${commit}/check-runs?status=queued&per_page=1`,
        status: 200,
        answers: { link: null },
        text: '{"total_count":0,"check_runs":[]}',
      },
      {
        send: "GET /check-suites/{suite}/check-runs?filter=all",
        status: 200,
        has: { total_count: 4 },
      },
      {
        send: `GET ${commit}/check-suites`,
        status: 200,
        has: { total_count: 1, check_suites: [{ id: "{suite}", head_sha: "{sha}" }] },
      },
      {
        send: `GET ${commit}/check-suites?app_id=29110`,
        status: 200,
        has: { total_count: 0, check_suites: { length: 0 } },
      },
    ],
  },
  {
    group: "Checks and branches",
    says: "A branch is found with its newest commit; one that is not there is 404 `Branch not found`.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Workflow.testGetRunsWithObjects.txt, 2020-06, and Branch recordings",
    given: (repository) => ({
      sha: repository.createRun({ branch: "feature/a", status: "completed" }).data.head_sha,
    }),
    exchanges: [
      {
        send: "GET /branches/feature/a",
        status: 200,
        has: {
          name: "feature/a",
          commit: { sha: "{sha}" },
          protected: false,
          protection: { enabled: false },
        },
      },
      { send: "GET /branches/nope", status: 404, has: { message: "Branch not found" } },
    ],
  },
  {
    group: "Checks and branches",
    says: "A pull request is found by its number, with the commit that its newest run is of.",
    evidence: "documented",
    source: "https://docs.github.com/rest/pulls/pulls#get-a-pull-request",
    given: (repository) => ({
      sha: repository.createRun({ branch: "feature", pull_requests: [7] }).data.head_sha,
    }),
    exchanges: [
      {
        send: "GET /pulls/7",
        status: 200,
        has: { number: 7, state: "open", merged: false, head: { ref: "feature", sha: "{sha}" } },
      },
      { send: "GET /pulls/8", status: 404, has: { message: "Not Found" } },
    ],
  },
];
