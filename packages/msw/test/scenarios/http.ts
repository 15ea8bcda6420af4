import { presets } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const run = "/actions/runs/{run}";

/** Logs, and what every request has. */
export const http: readonly Scenario[] = [
  {
    group: "HTTP",
    says: "When the hour's requests are used up everything is 403 with no request remaining, except what asks for the budgets.",
    evidence: "documented",
    source: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api",
    given: (repository, fake) => {
      repository.createRun();
      fake.limit({ kind: "primary", reset_after: 600 });
    },
    exchanges: [
      {
        send: "GET /actions/runs",
        status: 403,
        answers: {
          "x-ratelimit-limit": "5000",
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": "1793527800",
          "retry-after": null,
        },
        text: /"message":"API rate limit exceeded for user ID \d+\./,
      },
      {
        send: "GET https://api.github.com/rate_limit",
        status: 200,
        has: { resources: { core: { remaining: 0 } } },
      },
      {
        after: "10m",
        send: "GET /actions/runs",
        status: 200,
        answers: { "x-ratelimit-remaining": "4999" },
      },
    ],
  },
  {
    group: "HTTP",
    says: "Too much at once is 403 or 429, with `Retry-After` and requests remaining.",
    evidence: "documented",
    source: "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api",
    given: (repository, fake) => {
      repository.createRun();
      fake.limit({ kind: "secondary" });
      fake.limit({ kind: "secondary", status: 429, retry_after: 5 });
    },
    exchanges: [
      {
        send: "GET /actions/runs",
        status: 403,
        answers: { "retry-after": "60", "x-ratelimit-remaining": "5000" },
        text: /"message":"You have exceeded a secondary rate limit\./,
      },
      { send: "GET /actions/runs", status: 429, answers: { "retry-after": "5" } },
      { send: "GET /actions/runs", status: 200 },
    ],
  },
  {
    group: "HTTP",
    says: "A token without the permission is 403, and a header names the one that is missing.",
    evidence: "documented",
    source: "https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api",
    given: (repository) => ({ run: repository.createRun(presets.failure()).id }),
    exchanges: [
      {
        send: `POST ${run}/rerun`,
        as: "ghs_reader",
        status: 403,
        answers: { "x-accepted-github-permissions": "actions=write" },
        has: { message: "Resource not accessible by integration" },
      },
      {
        send: `POST ${run}/rerun`,
        as: "github_pat_reader",
        status: 403,
        answers: { "x-accepted-github-permissions": "actions=write" },
        has: { message: "Resource not accessible by personal access token" },
      },
      {
        send: `GET ${run}`,
        as: "ghs_reader",
        status: 200,
        answers: { "x-accepted-github-permissions": "actions=read" },
      },
    ],
  },
  {
    group: "HTTP",
    says: "Version 2022-11-28 says `Deprecation` and `Sunset` where 2026-03-10 has changed the operation, links to the page about versions, and has what that dropped.",
    evidence: "said",
    source:
      "octokit/octokit.js#2359, mattpolzin/harmony#281 (Octokit prints the date of `Sunset` and the page of `Link`; `Deprecation` itself is not shown)",
    given: (repository) => void repository.createRun({ pull_requests: [7] }),
    exchanges: [
      {
        send: "GET /pulls/7",
        status: 200,
        answers: {
          deprecation: "Tue, 10 Mar 2026 00:00:00 GMT",
          sunset: "Fri, 10 Mar 2028 00:00:00 GMT",
          link: /^<https:\/\/docs\.github\.com\/en\/rest\/about-the-rest-api\/api-versions>; rel="deprecation"/,
          "x-github-api-version-selected": "2022-11-28",
        },
        has: { assignee: null, merge_commit_sha: null },
      },
      {
        send: "GET /pulls/7",
        headers: { "x-github-api-version": "2026-03-10" },
        status: 200,
        answers: { deprecation: null, sunset: null, "x-github-api-version-selected": "2026-03-10" },
        text: /^(?!.*"(assignee|merge_commit_sha|has_downloads)":)/s,
      },
      { send: "GET /actions/runs", status: 200, answers: { deprecation: null, sunset: null } },
    ],
  },
  {
    group: "Logs",
    says: "An archive is a 302 to another origin; once deleted, which is 204, it is 404.",
    evidence: "recorded",
    source: "hub4j/github-api, testLogs, 2021-04",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `GET ${run}/logs`,
        status: 302,
        answers: {
          location: /^https:\/\/productionresultssa0\.blob\.core\.windows\.net\//,
          "content-type": "text/html;charset=utf-8",
          etag: null,
        },
      },
      { send: `DELETE ${run}/logs`, status: 204, text: "" },
      { send: `GET ${run}/logs`, status: 404, has: { message: "Not Found" } },
    ],
  },
  {
    group: "Logs",
    says: "A job's own log is a 302 as well.",
    evidence: "recorded",
    source: "hub4j/github-api, testJobs, 2021-04",
    given: (repository) => ({ job: repository.createRun({ status: "completed" }).jobs[0]?.id }),
    exchanges: [
      {
        send: "GET /actions/jobs/{job}/logs",
        status: 302,
        answers: { location: /^https:\/\//, "content-type": "text/html;charset=utf-8" },
      },
    ],
  },
  {
    group: "Logs",
    says: "A job that has no log yet is a 302 too, to the storage's 404 `BlobNotFound` in XML; a job that is not there is GitHub's 404 in JSON.",
    evidence: "said",
    source: "Digital-Process-Tools/claude-supertool#741, measured 2026-08",
    given: (repository) => ({ job: repository.createRun({ status: "queued" }).jobs[0]?.id }),
    exchanges: [
      { send: "GET /actions/jobs/{job}/logs", status: 302, keep: { blob: "location" } },
      {
        send: "GET {blob}",
        as: "nobody",
        status: 404,
        text: /<Code>BlobNotFound<\/Code>/,
        answers: { "x-ms-error-code": "BlobNotFound" },
      },
      { send: "GET /actions/jobs/7/logs", status: 404, has: { message: "Not Found" } },
    ],
  },
  {
    group: "Logs",
    says: "The storage refuses a request that brings a token.",
    evidence: "said",
    source:
      "octokit/octokit.js, actions/toolkit: downloads fail with `InvalidAuthenticationInfo` when the header is kept",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      { send: `GET ${run}/logs`, status: 302, keep: { blob: "location" } },
      { send: "GET {blob}", status: 400, text: /InvalidAuthenticationInfo/ },
      {
        send: "GET {blob}",
        as: "nobody",
        status: 200,
        answers: { "content-type": "application/zip" },
      },
    ],
  },
  {
    group: "Logs",
    says: "There is no archive before the run has ended, and an expired one is 410.",
    evidence: "said",
    source: "actions/runner#1722 and the documentation of log retention",
    given: (repository) => ({
      run: repository.createRun({ status: "in_progress" }).id,
      old: repository.createRun({ status: "completed", logs: { expired: true } }).id,
    }),
    exchanges: [
      { send: `GET ${run}/logs`, status: 404 },
      { send: "GET /actions/runs/{old}/logs", status: 410 },
    ],
  },
  {
    group: "Logs",
    says: "While the run goes on, the log of a job that has ended is there already.",
    evidence: "said",
    source: "netresearch/git-workflow-skill#204",
    given: (repository) => {
      const jobs = [
        { name: "lint", steps: [{ name: "Run lint", seconds: 5 }] },
        { name: "test", steps: [{ name: "Run test", seconds: 3600 }] },
      ];
      const made = repository.createRun({ jobs });
      return { run: made.id };
    },
    exchanges: [
      {
        after: "10m",
        send: `GET ${run}/jobs`,
        status: 200,
        has: { jobs: [{ name: "lint", status: "completed" }, { status: "in_progress" }] },
        keep: { job: "jobs.0.id" },
      },
      { send: "GET /actions/jobs/{job}/logs", status: 302, keep: { blob: "location" } },
      { send: "GET {blob}", as: "nobody", status: 200, text: /Run lint/ },
      { send: `GET ${run}/logs`, status: 404 },
    ],
  },
  {
    group: "Logs",
    says: "A signed URL is good for a minute, then it is refused with 403.",
    evidence: "documented",
    source: "https://docs.github.com/rest/actions/workflow-runs#download-workflow-run-logs",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      { send: `GET ${run}/logs`, status: 302, keep: { blob: "location" } },
      { after: "61s", send: "GET {blob}", as: "nobody", status: 403 },
    ],
  },
  {
    group: "HTTP",
    says: "What has not changed is 304 and costs nothing.",
    evidence: "documented",
    source: "https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `GET ${run}`,
        status: 200,
        answers: { "x-ratelimit-used": "1" },
        keep: { tag: "etag" },
      },
      {
        send: `GET ${run}`,
        headers: { "if-none-match": "{tag}" },
        status: 304,
        text: "",
        answers: { "x-ratelimit-used": "1" },
      },
    ],
  },
  {
    group: "HTTP",
    says: "Anonymous answers may be cached by everybody, and have a budget of 60 an hour.",
    evidence: "recorded",
    source: "hub4j/github-api, testStartupFailureConclusion, 2023-11",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `GET ${run}`,
        as: "nobody",
        status: 200,
        answers: {
          "cache-control": "public, max-age=60, s-maxage=60",
          "x-ratelimit-limit": "60",
          "x-github-api-version-selected": "2022-11-28",
        },
      },
    ],
  },
  {
    group: "HTTP",
    says: "Who writes to a public repository without a token is told that admin rights are missing: 403.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.test_cancel.txt, 2023-01",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [
      {
        send: `POST ${run}/cancel`,
        as: "nobody",
        status: 403,
        has: { message: "Must have admin rights to Repository." },
      },
      { send: `GET ${run}/logs`, as: "nobody", status: 403 },
    ],
  },
  {
    group: "HTTP",
    says: "So is who re-runs or deletes a run.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.test_rerun.txt and test_delete.txt, 2023-01",
    given: (repository) => ({ run: repository.createRun(presets.failure()).id }),
    exchanges: [
      {
        send: `POST ${run}/rerun`,
        as: "nobody",
        status: 403,
        has: { message: "Must have admin rights to Repository." },
        answers: {
          "cache-control": null,
          etag: null,
          vary: "Accept-Encoding, Accept, X-Requested-With",
          "x-ratelimit-limit": "60",
        },
      },
      {
        send: `DELETE ${run}`,
        as: "nobody",
        status: 403,
        has: { message: "Must have admin rights to Repository." },
      },
    ],
  },
  {
    group: "HTTP",
    says: "What an answer depends on is in `Vary`: of whom it is for too, unless everybody may read it.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.testGetAttempt.txt, 2026-05, and WorkflowRun.test_cancel.txt, 2023-01",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `GET ${run}`,
        status: 200,
        answers: {
          vary: "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
        },
      },
      {
        send: `GET ${run}`,
        as: "nobody",
        status: 200,
        answers: { vary: "Accept, Accept-Encoding, Accept, X-Requested-With" },
      },
    ],
  },
  {
    group: "HTTP",
    says: "The budgets are never kept: `no-cache` without an ETag; asking for them costs nothing.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/RateLimitOverview.setUp.txt, 2023-05",
    given: () => {},
    exchanges: [
      {
        send: "GET https://api.github.com/rate_limit",
        status: 200,
        answers: { "cache-control": "no-cache", etag: null, "x-ratelimit-resource": "core" },
        has: {
          resources: {
            core: { limit: 5000, used: 0, remaining: 5000 },
            search: { limit: 30 },
            graphql: { limit: 5000 },
            integration_manifest: { limit: 5000 },
            source_import: { limit: 100 },
            code_scanning_upload: {},
            actions_runner_registration: { limit: 10_000 },
            scim: { limit: 15_000 },
            dependency_snapshots: { limit: 100 },
            audit_log: { limit: 1750 },
            code_search: { limit: 10 },
          },
          rate: { limit: 5000, used: 0, remaining: 5000 },
        },
      },
    ],
  },
  {
    group: "HTTP",
    says: "A wrong token is 401, also for what everybody may read.",
    evidence: "documented",
    source: "https://docs.github.com/rest/authentication/authenticating-to-the-rest-api",
    given: () => {},
    exchanges: [
      {
        send: "GET /actions/runs",
        headers: { authorization: "Bearer wrong" },
        as: "nobody",
        status: 401,
        has: { message: "Bad credentials" },
      },
    ],
  },
  {
    group: "HTTP",
    says: "A renamed repository answers 301 to reads with the URL by its id.",
    evidence: "documented",
    source: "https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api",
    given: (repository, fake) => {
      const { id } = repository.createRun({ status: "completed" });
      repository.rename("octo-org/renamed");
      fake.repository("octo-org/other");
      return { run: id, repo_id: repository.id };
    },
    exchanges: [
      {
        send: `GET ${run}`,
        status: 301,
        answers: { location: "https://api.github.com/repositories/{repo_id}/actions/runs/{run}" },
        has: { message: "Moved Permanently" },
      },
      { send: "GET https://api.github.com/repositories/{repo_id}/actions/runs/{run}", status: 200 },
    ],
  },
  {
    group: "HTTP",
    says: "A version of the API that does not exist is 400.",
    evidence: "documented",
    source: "https://docs.github.com/rest/about-the-rest-api/api-versions",
    given: () => {},
    exchanges: [
      {
        send: "GET /actions/runs",
        headers: { "x-github-api-version": "1999-01-01" },
        status: 400,
      },
    ],
  },
  {
    group: "HTTP",
    says: "What this fake does not imitate is 501 with a sentence, which GitHub never answers.",
    evidence: "made up",
    given: () => {},
    exchanges: [{ send: "GET /no/such/page", status: 501, text: /does not imitate GET/ }],
  },
  {
    group: "HTTP",
    says: "A cursor that no list of GraphQL has given is an error of its type, with 200.",
    evidence: "recorded",
    source: "octokit/graphql.js, README and test/error.test.ts",
    given: (repository) => void repository.createRun({ pull_requests: [7] }),
    exchanges: [
      {
        send: "POST https://api.github.com/graphql",
        body: {
          query:
            '{ repository(owner: "octo-org", name: "octo-repo") { pullRequests(first: 1, after: "invalid cursor") { totalCount } } }',
        },
        status: 200,
        has: {
          errors: [
            {
              type: "INVALID_CURSOR_ARGUMENTS",
              path: ["repository", "pullRequests"],
              message: "`invalid cursor` does not appear to be a valid cursor.",
            },
          ],
        },
      },
    ],
  },
  {
    group: "HTTP",
    says: "A GraphQL variable that is missing, or of another type, is an error that says which and why, with 200.",
    evidence: "said",
    source:
      "octokit/graphql-action#219 (the message), open-sauced/open-sauced#524 (`extensions` and `problems`), rmosolgo/graphql-ruby, which GitHub runs (a value within a list)",
    given: () => {},
    exchanges: [
      {
        send: "POST https://api.github.com/graphql",
        body: {
          query: 'query A($owner: String!) { repository(owner: $owner, name: "r") { id } }',
        },
        status: 200,
        has: {
          errors: [
            {
              message: "Variable $owner of type String! was provided invalid value",
              extensions: {
                value: null,
                problems: [{ path: [], explanation: "Expected value to not be null" }],
              },
            },
          ],
        },
      },
      {
        send: "POST https://api.github.com/graphql",
        body: { query: "query A($id: ID!) { node(id: $id) { id } }", variables: { id: {} } },
        status: 200,
        has: {
          errors: [
            {
              message: "Variable $id of type ID! was provided invalid value",
              extensions: {
                value: {},
                problems: [{ path: [], explanation: "Could not coerce value {} to ID" }],
              },
            },
          ],
        },
      },
      {
        send: "POST https://api.github.com/graphql",
        body: {
          query:
            'query A($states: [PullRequestState!]!) { repository(owner: "octo-org", name: "octo-repo") { pullRequests(first: 1, states: $states) { totalCount } } }',
          variables: { states: ["ALL"] },
        },
        status: 200,
        has: {
          errors: [
            {
              message:
                'Variable $states of type [PullRequestState!]! was provided invalid value for 0 (Expected "ALL" to be one of: OPEN, CLOSED, MERGED)',
            },
          ],
        },
      },
    ],
  },
  {
    group: "HTTP",
    says: "An artifact needs a token with the right scope on public repositories too: 403 in words of its own.",
    evidence: "said",
    source:
      "brewsci/homebrew-bio#1332 (the message, without a token), nextstrain/nextstrain.org#643 (403, with a token of no scope)",
    given: (repository) => ({
      run: repository.createRun({ status: "completed", artifacts: [{ name: "report" }] }).id,
    }),
    exchanges: [
      {
        send: "GET /actions/runs/{run}/artifacts",
        as: "nobody",
        status: 200,
        keep: { artifact: "artifacts.0.id" },
      },
      {
        send: "GET /actions/artifacts/{artifact}/zip",
        as: "nobody",
        status: 403,
        has: { message: "You must have the actions scope to download artifacts." },
      },
      { send: "GET /actions/artifacts/{artifact}/zip", as: "ghs_reader", status: 302 },
    ],
  },
  {
    group: "HTTP",
    says: "A list of GraphQL wants the size of its pages, 100 at most (the message of a negative one is made up).",
    evidence: "said",
    source:
      "dillonkearns/elm-graphql, tests/Http/GraphqlErrorTests.elm (no size); <https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api> (1 to 100)",
    given: () => {},
    exchanges: (
      [
        [
          "states: OPEN",
          "MISSING_PAGINATION_BOUNDARIES",
          "You must provide a `first` or `last` value to properly paginate the `pullRequests` connection.",
        ],
        [
          "first: 101",
          "EXCESSIVE_PAGINATION",
          "Requesting 101 records on the `pullRequests` connection exceeds the `first` limit of 100 records.",
        ],
        [
          "first: -1",
          "INVALID_PAGINATION_BOUNDARIES",
          "`first` on the `pullRequests` connection cannot be less than zero.",
        ],
      ] as const
    ).map(([size, type, message]) => ({
      send: "POST https://api.github.com/graphql",
      body: {
        query: `{ repository(owner: "octo-org", name: "octo-repo") { pullRequests(${size}) { totalCount } } }`,
      },
      status: 200,
      has: { errors: [{ type, message }] },
    })),
  },
];
