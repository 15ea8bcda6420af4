import type { FakeRepository } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const dispatches = "POST /actions/workflows/deploy.yml/dispatches";

function deployable(repository: FakeRepository): void {
  repository.workflow("deploy.yml", {
    on: { workflow_dispatch: { inputs: { target: { required: true } } } },
  });
  repository.workflow("ci.yml", { on: { push: true } });
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
    source: "recorded refusals of dispatches",
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
    says: "A workflow is found by its file name, with its state, page and badge.",
    evidence: "recorded",
    source: "hub4j/github-api, testArtifacts, 2024-02",
    given: deployable,
    exchanges: [
      {
        send: "GET /actions/workflows/deploy.yml",
        status: 200,
        answers: { etag: /^W\// },
        has: { path: ".github/workflows/deploy.yml", state: "active" },
        // On the server the web pages are at the API's host.
        text: /octo-repo\/blob\/main\/\.github\/workflows\/deploy\.yml".*octo-repo\/workflows\/Deploy\/badge\.svg"/,
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
];
