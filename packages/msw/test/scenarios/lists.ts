import type { Scenario } from "./scenario.ts";

const list = "GET /actions/runs";

/** Nine runs, the newest id first. */
const inOrder: RegExp = new RegExp(
  [9, 8, 7, 6, 5, 4, 3, 2, 1].map((last) => `"id":1600000000${last},"name":`).join(".*"),
  "s",
);

/** Lists of runs. */
export const lists: readonly Scenario[] = [
  {
    group: "Lists",
    says: "An unfiltered list counts and gives 40,000 runs at most; the page after them is 422.",
    evidence: "said",
    source: "apache/devlake#8842",
    given: (repository) => repository.createRuns(40_001, {}, { every: 1000 }),
    exchanges: [
      {
        send: "GET /actions/runs?per_page=1&page=40000",
        status: 200,
        has: { total_count: 40_000, workflow_runs: { length: 1 } },
      },
      { send: "GET /actions/runs?per_page=100&page=401", status: 422 },
    ],
  },
  {
    group: "Lists",
    says: "A list names its next and its last page by the repository's id, and has a weak ETag and a minute's cache of the caller's own.",
    evidence: "recorded",
    source: "hub4j/github-api, testManualRunAndBasicInformation, 2021-03",
    given: (repository) => {
      repository.createRuns(55);
      return { repo_id: repository.id };
    },
    exchanges: [
      {
        send: `${list}?per_page=1`,
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs?per_page=1&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/runs?per_page=1&page=55>; rel="last"',
          etag: /^W\/"[\da-f]{64}"$/,
          "cache-control": "private, max-age=60, s-maxage=60",
          "content-type": "application/json; charset=utf-8",
          "x-ratelimit-limit": "5000",
        },
        has: { total_count: 55, workflow_runs: { length: 1 } },
      },
    ],
  },
  {
    group: "Lists",
    says: "A page in the middle names previous, next, last and first page in this order, the last page previous and first; parameters stay in the order of the request.",
    evidence: "recorded",
    source:
      "octokit/octokit.rb, spec/cassettes/Octokit_Client_ActionsWorkflowRuns/_repository_workflow_runs/auto-paginates_the_results.json, 2022-09",
    given: (repository) => {
      repository.createRuns(3);
      return { repo_id: repository.id };
    },
    exchanges: [
      {
        send: "GET https://api.github.com/repositories/{repo_id}/actions/runs?page=2&per_page=1",
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs?page=1&per_page=1>; rel="prev", <https://api.github.com/repositories/{repo_id}/actions/runs?page=3&per_page=1>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/runs?page=3&per_page=1>; rel="last", <https://api.github.com/repositories/{repo_id}/actions/runs?page=1&per_page=1>; rel="first"',
        },
        has: { total_count: 3, workflow_runs: { length: 1 } },
      },
      {
        send: "GET https://api.github.com/repositories/{repo_id}/actions/runs?page=3&per_page=1",
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs?page=2&per_page=1>; rel="prev", <https://api.github.com/repositories/{repo_id}/actions/runs?page=1&per_page=1>; rel="first"',
        },
      },
    ],
  },
  {
    group: "Lists",
    says: "A page has 30 items unless told otherwise, which its links do not name; an unfiltered list takes `exclude_pull_requests=1`.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/PullRequest2408.test_get_workflow_runs.txt",
    given: (repository) => {
      repository.createRuns(593);
      return { repo_id: repository.id };
    },
    exchanges: [
      {
        send: `${list}?exclude_pull_requests=1`,
        as: "nobody",
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs?exclude_pull_requests=1&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/runs?exclude_pull_requests=1&page=20>; rel="last"',
        },
        has: { total_count: 593, workflow_runs: { length: 30 } },
      },
    ],
  },
  {
    group: "Lists",
    says: "A list of nothing is 200 with a count of 0, without links.",
    evidence: "recorded",
    source:
      "octokit/octokit.rb, spec/cassettes/Octokit_Client_ActionsWorkflowRuns/_repository_workflow_runs/returns_all_workflow_runs_for_repository.json, 2020-05",
    given: () => {},
    exchanges: [
      {
        send: list,
        status: 200,
        answers: { link: null },
        text: '{"total_count":0,"workflow_runs":[]}',
      },
      {
        send: "GET /actions/workflows",
        status: 200,
        text: '{"total_count":0,"workflows":[]}',
      },
    ],
  },
  {
    group: "Lists",
    says: "`created` takes a day, and `actor`, `branch`, `event` and `status` are found together.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Repository.testGetWorkflowRunsCreated.txt and Workflow.testGetRunsWithObjects.txt",
    given: (repository) => {
      const on = (created_at: string, actor: string): void =>
        void repository.createRun({ created_at, actor, status: "completed" });
      on("2026-10-23T23:59:59Z", "sfdye");
      on("2026-10-24T07:29:12Z", "cclauss");
      on("2026-10-25T00:00:00Z", "sfdye");
    },
    exchanges: [
      {
        send: `${list}?created=2026-10-24`,
        status: 200,
        has: { total_count: 1, workflow_runs: [{ actor: { login: "cclauss" } }] },
      },
      {
        send: "GET /actions/workflows/ci.yml/runs?actor=sfdye&branch=main&event=push&status=completed",
        status: 200,
        has: { total_count: 2, workflow_runs: [{ actor: { login: "sfdye" } }, {}] },
      },
    ],
  },
  {
    group: "Lists",
    says: "The links of a filtered list keep its filters; a list of one page has no links.",
    evidence: "recorded",
    source: "hub4j/github-api, testArtifacts, 2024-02, and testSearchOnBranch, 2021-03",
    given: (repository) => {
      repository.createRuns(39, { event: "workflow_dispatch" });
      repository.createRun({
        event: "workflow_dispatch",
        branch: "second-branch",
        status: "completed",
      });
      return { repo_id: repository.id };
    },
    exchanges: [
      {
        send: `${list}?branch=main&status=completed&event=workflow_dispatch&per_page=20`,
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs?branch=main&status=completed&event=workflow_dispatch&per_page=20&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/runs?branch=main&status=completed&event=workflow_dispatch&per_page=20&page=2>; rel="last"',
        },
        has: { total_count: 39, workflow_runs: { length: 20 } },
      },
      {
        send: `${list}?branch=second-branch&status=completed&event=workflow_dispatch&per_page=20`,
        status: 200,
        answers: { link: null },
        has: { total_count: 1, workflow_runs: [{ head_branch: "second-branch" }] },
      },
    ],
  },
  {
    group: "Lists",
    says: "`head_sha` and `created` are found together; `created` takes `>=` and `<`, and a date with its time.",
    evidence: "recorded",
    source: "hub4j/github-api, testSearchOnCreatedAndHeadSha, 2024-02",
    given: (repository) => {
      const head_sha = "e8b2761bda453495d1ae25941b5b380b07deae52";
      repository.createRun({ head_sha, status: "completed", created_at: "2026-10-01T10:19:00Z" });
      repository.createRun({ head_sha, status: "completed", created_at: "2026-10-01T10:18:59Z" });
      repository.createRun({ status: "completed", created_at: "2026-10-01T10:20:00Z" });
    },
    exchanges: [
      {
        send: `${list}?head_sha=e8b2761bda453495d1ae25941b5b380b07deae52&created=%3E%3D2026-10-01T10%3A19%3A00Z`,
        status: 200,
        has: { total_count: 1, workflow_runs: [{ created_at: "2026-10-01T10:19:00Z" }] },
      },
      {
        send: `${list}?head_sha=e8b2761bda453495d1ae25941b5b380b07deae52&created=%3C2026-10-01T10%3A19%3A00Z`,
        status: 200,
        has: { total_count: 1, workflow_runs: [{ created_at: "2026-10-01T10:18:59Z" }] },
      },
    ],
  },
  {
    group: "Lists",
    says: "Past the last page a list is empty, and its links have `first`, `prev` and `last`.",
    evidence: "said",
    source: "brekkylab/backlot#126",
    given: (repository) => repository.createRuns(7),
    exchanges: [
      {
        send: `${list}?per_page=2&page=99`,
        status: 200,
        answers: {
          link: /rel="prev".*rel="last".*rel="first"|rel="first".*rel="prev".*rel="last"/,
        },
        has: { total_count: 7, workflow_runs: { length: 0 } },
      },
    ],
  },
  {
    group: "Lists",
    says: "A filtered list ends at 1,000 results: page 11 of 100 is 200 and empty.",
    evidence: "documented",
    source:
      "https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository",
    given: (repository) => repository.createRuns(1200, {}, { every: 1000 }),
    exchanges: [
      {
        send: `${list}?branch=main&per_page=100&page=10`,
        status: 200,
        has: { total_count: 1200, workflow_runs: { length: 100 } },
      },
      {
        send: `${list}?branch=main&per_page=100&page=11`,
        status: 200,
        has: { total_count: 1200, workflow_runs: { length: 0 } },
      },
      {
        send: `${list}?per_page=100&page=11`,
        status: 200,
        has: { workflow_runs: { length: 100 } },
      },
    ],
  },
  {
    group: "Lists",
    says: "A `created` that cannot be read is 200 and finds nothing, and so is a range whose `+` was not escaped.",
    evidence: "said",
    source: "github/rest-api-description#2542",
    given: (repository) => void repository.createRun({ status: "completed" }),
    exchanges: [
      {
        send: `${list}?created=yesterday`,
        status: 200,
        has: { total_count: 0, workflow_runs: { length: 0 } },
      },
      {
        send: `${list}?created=2026-05-11T00:00:00+08:00..*`,
        status: 200,
        has: { total_count: 0, workflow_runs: { length: 0 } },
      },
    ],
  },
  {
    group: "Lists",
    says: "A space before an offset of `created` with `>=` is the `+` that was not escaped.",
    evidence: "said",
    source: "convictional/trigger-workflow-and-wait, which sends no other since 2021",
    given: (repository) => void repository.createRun({ status: "completed" }),
    exchanges: [
      {
        send: `${list}?created=>=2026-11-01T00:00:00+00:00`,
        status: 200,
        has: { total_count: 1 },
      },
    ],
  },
  {
    group: "Lists",
    says: "`status=startup_failure` is taken, though the description does not list it.",
    evidence: "said",
    source: "cli/cli, `gh run list --status startup_failure`",
    given: (repository) => {
      repository.createRun({ status: "completed", conclusion: "startup_failure", jobs: [] });
      repository.createRun({ status: "completed" });
    },
    exchanges: [
      {
        send: `${list}?status=startup_failure`,
        status: 200,
        has: { total_count: 1, workflow_runs: [{ conclusion: "startup_failure" }] },
      },
    ],
  },
  {
    group: "Lists",
    says: "A workflow's runs are found by its id, its file name, and 404 for what is no workflow.",
    evidence: "recorded",
    source: "hub4j/github-api, testStartupFailureConclusion, 2023-11",
    given: (repository) => {
      const run = repository.createRun({ workflow: "fast-workflow.yml", status: "completed" });
      repository.createRun({ workflow: "slow-workflow.yml", status: "completed" });
      return { workflow: run.data.workflow_id };
    },
    exchanges: [
      { send: "GET /actions/workflows/{workflow}/runs", status: 200, has: { total_count: 1 } },
      {
        send: "GET /actions/workflows/fast-workflow.yml/runs",
        status: 200,
        has: { total_count: 1 },
      },
      {
        send: "GET /actions/workflows/none.yml/runs",
        status: 404,
        has: { message: "Not Found", status: "404" },
      },
    ],
  },
  {
    group: "Lists",
    says: "Runs of one second are in the order of their ids in an unfiltered list; a filtered list keeps no order among them.",
    evidence: "said",
    source: "cli/cli#6678",
    given: (repository) => {
      const init = { status: "completed", created_at: "2026-11-01T09:00:00Z" } as const;
      for (let count = 0; count < 9; count += 1) repository.createRun(init);
    },
    exchanges: [
      { send: list, status: 200, has: { total_count: 9 }, text: inOrder },
      { send: list, status: 200, text: inOrder },
      {
        send: `${list}?branch=main`,
        status: 200,
        has: { total_count: 9, workflow_runs: { length: 9 } },
        text: new RegExp(`^(?!.*${inOrder.source})`, "s"),
      },
    ],
  },
  {
    group: "Lists",
    says: "A number is read up to where it ends: `page=4?per_page=50` is page 4 of 30 (made up: nobody was seen to look at what came).",
    evidence: "made up",
    given: (repository) => repository.createRuns(100),
    exchanges: [
      {
        send: `${list}?page=4?per_page=50`,
        status: 200,
        has: { total_count: 100, workflow_runs: { length: 10 } },
      },
    ],
  },
];
