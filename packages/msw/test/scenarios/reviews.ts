import { presets } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const run = "/actions/runs/{run}";
const notApproved = {
  message: "This run is not from a fork pull request or queued by the Actions bot",
  documentation_url:
    "https://docs.github.com/rest/actions/workflow-runs#approve-a-workflow-run-for-a-fork-pull-request",
  status: "403",
};
const notPending = {
  message: "Validation Failed",
  errors: "No pending deployment requests to approve or reject",
  status: "422",
};

/** Approvals of runs, and reviews of their deployments. */
export const reviews: readonly Scenario[] = [
  {
    group: "Approvals and deployments",
    says: "A fork's run that waits for an approval is completed with `action_required` and has no jobs; approving it makes attempt 2, started by who approved.",
    evidence: "recorded",
    source: "hub4j/github-api, testApproval; microsoft/BCApps#8929",
    given: (repository) => ({ run: repository.createRun(presets.waitingForApproval()).id }),
    exchanges: [
      {
        after: "50m",
        send: `GET ${run}`,
        status: 200,
        has: { status: "completed", conclusion: "action_required", run_attempt: 1 },
      },
      { send: `GET ${run}/jobs`, status: 200, has: { total_count: 0 } },
      { send: `POST ${run}/approve`, status: 201, has: {} },
      {
        after: "10m",
        send: `GET ${run}`,
        status: 200,
        has: {
          conclusion: "success",
          run_attempt: 2,
          run_started_at: "2026-11-01T10:50:00Z",
          triggering_actor: { login: "mona" },
          previous_attempt_url: `https://api.github.com/repos/octo-org/octo-repo${run}/attempts/1`,
        },
      },
      { send: `GET ${run}/attempts/1`, status: 200, has: { conclusion: "action_required" } },
    ],
  },
  {
    group: "Approvals and deployments",
    says: "A fork's run that is run again instead waits for its approval again.",
    evidence: "said",
    source: "Apicurio/apicurio-registry#9323",
    given: (repository) => ({ run: repository.createRun(presets.waitingForApproval()).id }),
    exchanges: [
      { after: "50m", send: `POST ${run}/rerun`, status: 201 },
      {
        after: "10m",
        send: `GET ${run}`,
        status: 200,
        has: { status: "completed", conclusion: "action_required", run_attempt: 2 },
      },
      { send: `POST ${run}/approve`, status: 201 },
      {
        after: "10m",
        send: `GET ${run}`,
        status: 200,
        has: { conclusion: "success", run_attempt: 3 },
      },
    ],
  },
  {
    group: "Approvals and deployments",
    says: "A bot's pull request in the repository itself waits with `action_required` as well; it cannot be approved, 403, and starts when it is run again.",
    evidence: "said",
    source: "kubernetes-sigs/prow#798, mlflow/mlflow#22887",
    given: (repository) => ({ run: repository.createRun(presets.waitingForApprovalOfBot()).id }),
    exchanges: [
      {
        send: `GET ${run}`,
        status: 200,
        has: { status: "completed", conclusion: "action_required", actor: { type: "Bot" } },
      },
      { send: `POST ${run}/approve`, status: 403, has: notApproved },
      { send: `POST ${run}/rerun`, status: 201 },
      {
        after: "10m",
        send: `GET ${run}`,
        status: 200,
        has: { conclusion: "success", run_attempt: 2, triggering_actor: { login: "mona" } },
      },
    ],
  },
  {
    group: "Approvals and deployments",
    says: "A run that is no fork's cannot be approved: 403.",
    evidence: "said",
    source:
      "xavierxmorris/ghcp-demo-19-issue-to-cloud-agent, the record of 2026-10-01 (the whole body)",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [{ send: `POST ${run}/approve`, status: 403, has: notApproved }],
  },
  {
    group: "Approvals and deployments",
    says: "A deployment waits until somebody reviews it; the review is in the run's history.",
    evidence: "documented",
    source:
      "https://docs.github.com/rest/actions/workflow-runs#review-pending-deployments-for-a-workflow-run",
    given: (repository) => ({
      run: repository.createRun({
        jobs: [{ name: "ship", environment: { name: "production", reviewers: ["mona"] } }],
      }).id,
    }),
    exchanges: [
      { send: `GET ${run}`, status: 200, has: { status: "waiting" } },
      {
        send: `GET ${run}/pending_deployments`,
        status: 200,
        has: [{ environment: { name: "production" }, current_user_can_approve: true }],
        keep: { environment: "0.environment.id" },
      },
      {
        send: `POST ${run}/pending_deployments`,
        body: { environment_ids: ["{environment}"], state: "approved", comment: "Ship it" },
        status: 200,
      },
      {
        send: `GET ${run}/approvals`,
        status: 200,
        has: [{ state: "approved", comment: "Ship it", user: { login: "mona" } }],
      },
      { after: "10m", send: `GET ${run}`, status: 200, has: { conclusion: "success" } },
    ],
  },
  {
    group: "Approvals and deployments",
    says: "A deployment that waits for somebody else's review is refused like one that does not wait: 422, with `errors` as a text.",
    evidence: "said",
    source:
      "Giova445/verified-autonomy, its checklist of 2026-08-29 (who may not approve, and what comes); actions that read the body",
    given: (repository) => ({
      run: repository.createRun({
        jobs: [{ name: "ship", environment: { name: "production", reviewers: ["hubot"] } }],
      }).id,
    }),
    exchanges: [
      {
        send: `GET ${run}/pending_deployments`,
        status: 200,
        has: [{ current_user_can_approve: false }],
        keep: { environment: "0.environment.id" },
      },
      {
        send: `POST ${run}/pending_deployments`,
        body: { environment_ids: ["{environment}"], state: "approved", comment: "" },
        status: 422,
        has: notPending,
      },
      {
        send: `POST ${run}/pending_deployments`,
        body: { environment_ids: [1], state: "approved", comment: "" },
        status: 422,
        has: notPending,
      },
    ],
  },
  {
    group: "Approvals and deployments",
    says: "An app's word on an environment that does not wait for it is 422 (the message is made up).",
    evidence: "made up",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `POST ${run}/deployment_protection_rule`,
        body: { environment_name: "production", state: "approved" },
        status: 422,
      },
    ],
  },
];
