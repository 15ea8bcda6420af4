import type { FakeRepository } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const dispatches = "POST /actions/workflows/deploy.yml/dispatches";

function deployable(repository: FakeRepository): void {
  repository.workflow("deploy.yml", {
    on: { workflow_dispatch: { inputs: { target: { required: true } } } },
  });
  repository.workflow("ci.yml", { on: { push: true } });
}

function typed(repository: FakeRepository): void {
  repository.workflow("deploy.yml", {
    on: {
      workflow_dispatch: {
        inputs: {
          target: { type: "choice", options: ["eu", "us"] },
          dry: { type: "boolean" },
          count: { type: "number" },
        },
      },
    },
  });
}

/** Workflows that start, and what their runs leave. */
export const workflows: readonly Scenario[] = [
  {
    group: "Workflows and artifacts",
    says: "A dispatch is 204 without a body, and the run is the newest of its workflow.",
    evidence: "recorded",
    source: "hub4j/github-api, testManualRunAndBasicInformation, 2021-03",
    given: deployable,
    exchanges: [
      { send: dispatches, body: { ref: "main", inputs: { target: "eu" } }, status: 204, text: "" },
      {
        send: "GET /actions/workflows/deploy.yml/runs",
        status: 200,
        has: {
          total_count: 1,
          workflow_runs: [{ event: "workflow_dispatch", head_branch: "main" }],
        },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "With API version 2026-03-10, or `return_run_details`, a dispatch is 200 with the run's id and URLs.",
    evidence: "documented",
    source: "https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event",
    given: deployable,
    exchanges: [
      {
        send: dispatches,
        headers: { "x-github-api-version": "2026-03-10" },
        body: { ref: "main", inputs: { target: "eu" } },
        status: 200,
        keep: { run: "workflow_run_id" },
      },
      { send: "GET /actions/runs/{run}", status: 200, has: { id: "{run}" } },
      {
        send: dispatches,
        body: { ref: "main", inputs: { target: "eu" }, return_run_details: true },
        status: 200,
        text: /"workflow_run_id":\d+,"run_url":"https:.*"html_url":"https:/,
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A workflow without the trigger, and a dispatch without a required input, are 422.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Workflow.testCreateDispatchForNonTriggerEnabled.txt, 2020-07, and Workflow.testCreateDispatchException.txt, 2024-05",
    given: deployable,
    exchanges: [
      {
        send: "POST /actions/workflows/ci.yml/dispatches",
        body: { ref: "main" },
        status: 422,
        has: { message: "Workflow does not have 'workflow_dispatch' trigger" },
      },
      {
        send: dispatches,
        body: { ref: "main" },
        status: 422,
        has: { message: "Required input 'target' not provided" },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A dispatch takes a branch or a tag, by its short name or its whole one.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Workflow.testCreateDispatchWithTag.txt and testCreateDispatchWithBranch.txt, 2020-07; Codex-/return-dispatch sends refs/heads/…",
    given: (repository) => {
      deployable(repository);
      repository.push("v1.0");
      repository.push("release");
    },
    exchanges: [
      { send: dispatches, body: { ref: "v1.0", inputs: { target: "eu" } }, status: 204, text: "" },
      {
        send: dispatches,
        body: { ref: "refs/heads/release", inputs: { target: "eu" } },
        status: 204,
      },
      {
        send: "GET /actions/workflows/deploy.yml/runs",
        status: 200,
        has: { workflow_runs: [{ event: "workflow_dispatch" }, { event: "workflow_dispatch" }] },
        text: /"head_branch":"(v1\.0|release)".*"head_branch":"(v1\.0|release)"/,
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A workflow is disabled with 204 and says so; one that is not active cannot be disabled: 403. Enabling is 204, also for an active one.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Workflow.testDisable.txt, testDisabledWhenAlreadyDisabled.txt, testEnable.txt, testEnableWhenAlreadyEnabled.txt, 2024-12",
    given: deployable,
    exchanges: [
      {
        send: "PUT /actions/workflows/deploy.yml/disable",
        status: 204,
        text: "",
        answers: { "content-type": null, vary: "Accept-Encoding, Accept, X-Requested-With" },
      },
      {
        send: "GET /actions/workflows/deploy.yml",
        status: 200,
        has: { state: "disabled_manually" },
      },
      {
        send: "PUT /actions/workflows/deploy.yml/disable",
        status: 403,
        has: {
          message: "Unable to disable a workflow that is not active.",
          documentation_url: "https://docs.github.com/rest/actions/workflows#disable-a-workflow",
          status: "403",
        },
      },
      { send: "PUT /actions/workflows/deploy.yml/enable", status: 204, text: "" },
      { send: "PUT /actions/workflows/deploy.yml/enable", status: 204, text: "" },
      { send: "GET /actions/workflows/deploy.yml", status: 200, has: { state: "active" } },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A disabled workflow cannot be dispatched: 422.",
    evidence: "said",
    source: "benc-uk/workflow-dispatch#72",
    given: deployable,
    exchanges: [
      { send: "PUT /actions/workflows/deploy.yml/disable", status: 204 },
      {
        send: dispatches,
        body: { ref: "main", inputs: { target: "eu" } },
        status: 422,
        has: { message: "Cannot trigger a 'workflow_dispatch' on a disabled workflow" },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "An input that the workflow does not declare, a boolean or a choice that is not one of its values, and a ref that is not there are 422.",
    evidence: "said",
    source:
      "peter-evans/slash-command-dispatch#115, cli/cli#5246, convictional/trigger-workflow-and-wait#44",
    given: typed,
    exchanges: [
      {
        send: dispatches,
        body: { ref: "main", inputs: { color: "red" } },
        status: 422,
        has: { message: 'Unexpected inputs provided: ["color"]' },
      },
      {
        send: dispatches,
        body: { ref: "main", inputs: { target: "moon" } },
        status: 422,
        has: {
          message: "Provided value 'moon' for input 'target' not in the list of allowed values",
        },
      },
      {
        send: dispatches,
        body: { ref: "main", inputs: { dry: "maybe" } },
        status: 422,
        has: {
          message: "Provided value 'maybe' for input 'dry' not in the list of allowed values",
        },
      },
      {
        send: dispatches,
        body: { ref: "nope", inputs: { target: "eu" } },
        status: 422,
        has: { message: "No ref found for: nope" },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A number input that is no number is 422 (the status is GitHub's, the message made up).",
    evidence: "made up",
    given: typed,
    exchanges: [
      {
        send: dispatches,
        body: { ref: "main", inputs: { count: "many" } },
        status: 422,
        has: { message: "Provided value 'many' for input 'count' is not a number" },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A workflow is found by its file name, with its state, page and badge; its dates have milliseconds.",
    evidence: "recorded",
    source: "hub4j/github-api, testArtifacts, 2024-02",
    given: deployable,
    exchanges: [
      {
        send: "GET /actions/workflows/deploy.yml",
        status: 200,
        answers: { etag: /^W\// },
        has: { path: ".github/workflows/deploy.yml", state: "active" },
        // The dates have milliseconds; on the server the web pages are at the API's host.
        text: /"created_at":"[\d-]+T[\d:]+\.\d{3}(?:Z|[+-]\d\d:\d\d)".*octo-repo\/blob\/main\/\.github\/workflows\/deploy\.yml".*octo-repo\/workflows\/Deploy\/badge\.svg"/,
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "Artifacts are listed with their size, run and expiry; the download is a 302 to another origin.",
    evidence: "recorded",
    source: "hub4j/github-api, testArtifacts, 2024-02",
    given: (repository) => ({
      run: repository.createRun({
        status: "completed",
        artifacts: [
          { name: "artifact1", files: { "artifact1.txt": "artifact1" } },
          { name: "artifact2", files: { "artifact2.txt": "artifact2" } },
        ],
      }).id,
    }),
    exchanges: [
      {
        send: "GET /actions/runs/{run}/artifacts",
        status: 200,
        has: { total_count: 2, artifacts: { length: 2 } },
        keep: { artifact: "artifacts.0.id" },
      },
      {
        send: "GET /actions/artifacts/{artifact}",
        status: 200,
        has: {
          id: "{artifact}",
          expired: false,
          archive_download_url:
            "https://api.github.com/repos/octo-org/octo-repo/actions/artifacts/{artifact}/zip",
          workflow_run: { id: "{run}", head_branch: "main" },
        },
      },
      {
        send: "GET /actions/artifacts/{artifact}/zip",
        status: 302,
        answers: { location: /^https:\/\/productionresultssa0\.blob\.core\.windows\.net\// },
      },
      { send: "DELETE /actions/artifacts/{artifact}", status: 204 },
      { send: "GET /actions/artifacts/{artifact}", status: 404 },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A repository's artifacts are found by their name, the newest first; the links keep the name.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Artifact.testGetArtifactsFromRepoWithName.txt, 2023-06",
    given: (repository) => {
      const artifacts = ["build-tar", "build-zip"].map((name) => ({ name, files: { a: "a" } }));
      repository.createRun({ status: "completed", artifacts, created_at: "2026-10-01T00:00:00Z" });
      const newest = repository.createRun({ status: "completed", artifacts });
      return { repo_id: repository.id, run: newest.id, sha: newest.data.head_sha };
    },
    exchanges: [
      {
        send: "GET /actions/artifacts?name=build-tar&per_page=1",
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/artifacts?name=build-tar&per_page=1&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/artifacts?name=build-tar&per_page=1&page=2>; rel="last"',
        },
        has: {
          total_count: 2,
          artifacts: [
            {
              name: "build-tar",
              expired: false,
              workflow_run: {
                id: "{run}",
                repository_id: "{repo_id}",
                head_repository_id: "{repo_id}",
                head_branch: "main",
                head_sha: "{sha}",
              },
            },
          ],
        },
      },
      { send: "GET /actions/artifacts", status: 200, has: { total_count: 4 } },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "A HEAD of an artifact's archive is the 302 of its GET, with an empty body.",
    evidence: "recorded",
    source:
      "octokit/octokit.rb, spec/cassettes/Octokit_Client_ActionsArtifacts/_artifact_download_url/returns_the_location_of_artifact_zip_archive.json, 2022-09",
    given: (repository) => ({
      run: repository.createRun({ status: "completed", artifacts: [{ name: "hello.txt" }] }).id,
    }),
    exchanges: [
      {
        send: "GET /actions/runs/{run}/artifacts",
        status: 200,
        has: { total_count: 1 },
        text: /"node_id":"MDg6QXJ0aWZhY3Q[\w=]+"/,
        keep: { artifact: "artifacts.0.id" },
      },
      {
        send: "HEAD /actions/artifacts/{artifact}/zip",
        status: 302,
        text: "",
        answers: {
          location: /^https:\/\/(?!api\.github\.com)/,
          "content-type": "text/html;charset=utf-8",
          vary: "Accept-Encoding, Accept, X-Requested-With",
          etag: null,
        },
      },
    ],
  },
  {
    group: "Workflows and artifacts",
    says: "An artifact that has expired is 410, and its message begins with what dawidd6/action-download-artifact looks for.",
    evidence: "said",
    source: "dawidd6/action-download-artifact, main.js at 0015e1b: `Artifact has expired`",
    given: (repository) => ({
      run: repository.createRun({
        status: "completed",
        created_at: "2026-01-01T00:00:00Z",
        artifacts: [{ name: "report", files: { "a.txt": "a" } }],
      }).id,
    }),
    exchanges: [
      {
        send: "GET /actions/runs/{run}/artifacts",
        status: 200,
        has: { artifacts: [{ expired: true }] },
        keep: { artifact: "artifacts.0.id" },
      },
      {
        send: "GET /actions/artifacts/{artifact}/zip",
        status: 410,
        text: /"message":"Artifact has expired/,
      },
    ],
  },
];
