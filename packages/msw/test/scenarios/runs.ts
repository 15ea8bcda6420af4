import { presets } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";

const run = "/actions/runs/{run}";

/** Runs, their attempts and jobs. */
export const runs: readonly Scenario[] = [
  {
    group: "Runs and attempts",
    says: "Cancelling is 202 with `{}` and takes a moment; the run keeps its id and its attempt when it is run again, which is 201 with a strong ETag.",
    evidence: "recorded",
    source: "hub4j/github-api, testCancelAndRerun, 2021-03",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [
      { send: `POST ${run}/cancel`, body: {}, status: 202, has: {}, answers: { etag: null } },
      {
        after: "21s",
        send: `GET ${run}`,
        status: 200,
        has: { status: "completed", conclusion: "cancelled" },
      },
      { send: `POST ${run}/rerun`, body: {}, status: 201, has: {}, answers: { etag: /^"/ } },
      { after: "11s", send: `POST ${run}/cancel`, body: {}, status: 202 },
      { send: `GET ${run}`, status: 200, has: { id: "{run}", run_attempt: 2 } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "Force-cancelling is 202 as well.",
    evidence: "said",
    source: "hub4j/github-api, testForceCancel (written by hand after testCancelAndRerun), 2021-03",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [
      { send: `POST ${run}/force-cancel`, body: {}, status: 202 },
      { send: `GET ${run}`, status: 200, has: { status: "completed", conclusion: "cancelled" } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run that is over cannot be cancelled: 409.",
    evidence: "said",
    source: "cli/cli, `gh run cancel` prints the message",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      {
        send: `POST ${run}/cancel`,
        status: 409,
        has: { message: "Cannot cancel a workflow run that is completed.", status: "409" },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "Deleting is 204, and then there is no such run.",
    evidence: "recorded",
    source: "hub4j/github-api, testDelete, 2021-03",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      { send: `DELETE ${run}`, status: 204, text: "" },
      { send: `GET ${run}`, status: 404, has: { message: "Not Found" } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "All jobs or the failed ones are run again with 201, with debug logging or without.",
    evidence: "said",
    source: "hub4j/github-api, testRerunVariants (written by hand)",
    given: (repository) => ({ run: repository.createRun(presets.failure()).id }),
    exchanges: [
      { send: `POST ${run}/rerun-failed-jobs`, body: {}, status: 201, has: {} },
      { after: "1h", send: `POST ${run}/rerun`, body: { enable_debug_logging: true }, status: 201 },
      { after: "1h", send: `GET ${run}`, status: 200, has: { run_attempt: 3 } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "Running the failed jobs again is 201 with `{}`, private and with a strong ETag.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.test_rerun_failed_jobs.txt, 2024-07",
    given: (repository) => ({ run: repository.createRun(presets.failure()).id }),
    exchanges: [
      {
        send: `POST ${run}/rerun-failed-jobs`,
        status: 201,
        text: "{}",
        answers: {
          etag: /^"[\da-f]{64}"$/,
          "cache-control": "private, max-age=60, s-maxage=60",
          vary: "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With",
        },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "The usage of a public repository's run counts its jobs and bills none of their time; a run that has not ended has no duration.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.test_timing.txt and test_timing_no_run_duration.txt",
    given: (repository) => ({
      run: repository.createRun({
        status: "completed",
        jobs: ["3.7", "3.8", "3.9", "3.10", "3.11"].map((python) => ({
          name: `test (Python ${python})`,
        })),
      }).id,
      waiting: repository.createRun({ status: "queued" }).id,
    }),
    exchanges: [
      {
        send: `GET ${run}/timing`,
        as: "nobody",
        status: 200,
        has: { billable: { UBUNTU: { total_ms: 0, jobs: 5, job_runs: { length: 5 } } } },
        text: /"job_runs":\[\{"job_id":\d+,"duration_ms":0\}.*"run_duration_ms":\d+000\}$/,
      },
      {
        send: "GET /actions/runs/{waiting}/timing",
        as: "nobody",
        status: 200,
        text: '{"billable":{}}',
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "An attempt's body has the dates of that attempt, and URLs of its jobs and logs that name it.",
    evidence: "recorded",
    source: "PyGithub/PyGithub, tests/ReplayData/WorkflowRun.testGetAttempt.txt, 2026-05",
    given: (repository) => ({ run: repository.createRun(presets.failure()).id }),
    exchanges: [
      { after: "1h", send: `POST ${run}/rerun`, status: 201 },
      {
        send: `GET ${run}/attempts/1`,
        status: 200,
        has: {
          run_attempt: 1,
          jobs_url: `https://api.github.com/repos/octo-org/octo-repo${run}/attempts/1/jobs`,
          logs_url: `https://api.github.com/repos/octo-org/octo-repo${run}/attempts/1/logs`,
          previous_attempt_url: null,
        },
      },
      {
        send: `GET ${run}/attempts/2`,
        status: 200,
        has: {
          run_attempt: 2,
          created_at: "2026-11-01T11:00:00Z",
          previous_attempt_url: `https://api.github.com/repos/octo-org/octo-repo${run}/attempts/1`,
        },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A workflow file that cannot be read leaves a run without jobs: path `BuildFailed`, title `(Unknown event)`, 0 s long.",
    evidence: "said",
    source: "EvilBit-Labs/unifi_extract#1, 2026-07, and run 26248635631 of BoSuY0/Tetra_Language",
    given: (repository) => ({ run: repository.createRun(presets.startupFailure()).id }),
    exchanges: [
      {
        send: `GET ${run}`,
        status: 200,
        has: {
          conclusion: "startup_failure",
          path: "BuildFailed",
          display_title: "(Unknown event)",
        },
      },
      { send: `GET ${run}/jobs`, status: 200, has: { total_count: 0, jobs: { length: 0 } } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "Node ids have today's form.",
    evidence: "recorded",
    source: "hub4j/github-api, testArtifacts, 2024-02",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      { send: `GET ${run}`, status: 200, text: /"node_id":"WFR_kw.*"check_suite_node_id":"CS_kw/ },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run that was created over a month ago cannot be run again: 403.",
    evidence: "said",
    source: "cli/cli#9989",
    given: (repository) => ({
      run: repository.createRun({ ...presets.failure(), created_at: "2026-09-30T10:00:00Z" }).id,
    }),
    exchanges: [
      {
        send: `POST ${run}/rerun`,
        status: 403,
        has: {
          message: "Unable to retry this workflow run because it was created over a month ago",
        },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run that has not ended cannot be run again, neither all of it nor its failed jobs: 403.",
    evidence: "said",
    source:
      "cli/cli#9221, apache/tvm#12847, metabase/metabase#70916 (the message of the failed jobs)",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [
      {
        send: `POST ${run}/rerun`,
        status: 403,
        has: { message: "This workflow is already running" },
      },
      {
        send: `POST ${run}/rerun-failed-jobs`,
        status: 403,
        has: { message: "This workflow is already running" },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run that has not ended cannot be deleted: 403.",
    evidence: "said",
    source:
      "actions/runner#3872 (the message, of queued runs), Mattraks/delete-workflow-runs#1 (whatever has not completed)",
    given: (repository) => ({ run: repository.createRun(presets.waitingForDeployment()).id }),
    exchanges: [
      {
        send: `DELETE ${run}`,
        status: 403,
        has: { message: "Could not delete the workflow run" },
      },
    ],
  },
  {
    group: "Runs and attempts",
    says: "The logs of a run that has not ended cannot be deleted: 403 (made up).",
    evidence: "made up",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [{ send: `DELETE ${run}/logs`, status: 403 }],
  },
  {
    group: "Jobs",
    says: "Jobs are listed and found one by one, with their steps, runner and check run.",
    evidence: "recorded",
    source: "hub4j/github-api, testJobs, 2021-04",
    given: (repository) => ({
      run: repository.createRun({ status: "completed", jobs: [{ name: "job2" }, { name: "job1" }] })
        .id,
    }),
    exchanges: [
      {
        send: `GET ${run}/jobs?filter=latest`,
        status: 200,
        has: { total_count: 2, jobs: [{ name: "job2" }, { name: "job1", status: "completed" }] },
        keep: { job: "jobs.1.id" },
      },
      {
        send: "GET /actions/jobs/{job}",
        status: 200,
        has: {
          id: "{job}",
          run_id: "{run}",
          labels: ["ubuntu-latest"],
          check_run_url: "https://api.github.com/repos/octo-org/octo-repo/check-runs/{job}",
        },
      },
      { send: `GET ${run}/jobs?filter=all&per_page=10`, status: 200, has: { total_count: 2 } },
    ],
  },
  {
    group: "Jobs",
    says: "A job has an id of eleven digits, and names its workflow, branch, attempt and runner; the jobs of an attempt are listed by pages.",
    evidence: "recorded",
    source:
      "PyGithub/PyGithub, tests/ReplayData/Repository.testGetWorkflowJob.txt, 2025-11; octokit/octokit.rb, spec/cassettes/Octokit_Client_ActionsWorkflowJobs/_workflow_run_attempt_jobs/auto-paginates_the_results.json, 2022-10",
    given: (repository) => ({
      run: repository.createRun({ status: "completed", jobs: [{ name: "a" }, { name: "b" }] }).id,
      repo_id: repository.id,
    }),
    exchanges: [
      {
        send: `GET ${run}/attempts/1/jobs?per_page=1`,
        status: 200,
        answers: {
          link: '<https://api.github.com/repositories/{repo_id}/actions/runs/{run}/attempts/1/jobs?per_page=1&page=2>; rel="next", <https://api.github.com/repositories/{repo_id}/actions/runs/{run}/attempts/1/jobs?per_page=1&page=2>; rel="last"',
        },
        has: { total_count: 2, jobs: [{ run_id: "{run}", run_attempt: 1 }] },
        keep: { job: "jobs.0.id" },
      },
      {
        send: "GET /actions/jobs/{job}",
        status: 200,
        has: {
          workflow_name: "CI",
          head_branch: "main",
          run_attempt: 1,
          run_url: `https://api.github.com/repos/octo-org/octo-repo${run}`,
          runner_group_id: 0,
          runner_group_name: "GitHub Actions",
          steps: {
            0: { name: "Set up job", status: "completed", conclusion: "success", number: 1 },
          },
        },
        text: /^\{"id":\d{11},.*"node_id":"CR_kw.*"runner_name":"GitHub Actions \d+"/,
      },
    ],
  },
  {
    group: "Jobs",
    says: 'While a job runs, its later steps are `pending`, and "Complete job" is not listed yet.',
    evidence: "said",
    source: "XAMPPRocky/octocrab#574",
    given: (repository) => ({ run: repository.createRun({ status: "in_progress" }).id }),
    exchanges: [
      {
        send: `GET ${run}/jobs`,
        status: 200,
        has: { jobs: [{ status: "in_progress" }] },
        text: /^(?!.*Complete job).*"status":"pending"/s,
      },
    ],
  },
  {
    group: "Jobs",
    says: "Jobs that a re-run of the failed ones carries over are listed with the new attempt's number and their old times.",
    evidence: "said",
    source:
      "PostHog/posthog#65573 (looked at an attempt 2: `run_attempt` is the new one for every job, `started_at` moves only for those that ran again)",
    given: (repository) => {
      const made = repository.createRun({
        status: "completed",
        jobs: [{ name: "lint" }, { name: "test", conclusion: ["failure", "success"] }],
      });
      return {
        run: made.id,
        job: made.jobs[0]?.id,
        started: made.jobs[0]?.started_at ?? undefined,
        ended: made.jobs[0]?.completed_at ?? undefined,
      };
    },
    exchanges: [
      { send: `POST ${run}/rerun-failed-jobs`, status: 201 },
      {
        after: "1h",
        send: `GET ${run}/jobs`,
        status: 200,
        has: {
          total_count: 2,
          jobs: [
            {
              name: "lint",
              run_attempt: 2,
              status: "completed",
              conclusion: "success",
              started_at: "{started}",
              completed_at: "{ended}",
            },
            { name: "test", run_attempt: 2, conclusion: "success" },
          ],
        },
      },
    ],
  },
  {
    group: "Jobs",
    says: "A job that is carried over has an id of its own in the new attempt (made up), and the old id leads to the old attempt.",
    evidence: "made up",
    given: (repository) => {
      const made = repository.createRun({
        status: "completed",
        jobs: [{ name: "lint" }, { name: "test", conclusion: ["failure", "success"] }],
      });
      return { run: made.id, job: made.jobs[0]?.id };
    },
    exchanges: [
      { send: `POST ${run}/rerun-failed-jobs`, status: 201 },
      { after: "1h", send: `GET ${run}/jobs`, status: 200, keep: { carried: "jobs.0.id" } },
      {
        send: `GET ${run}/attempts/1/jobs`,
        status: 200,
        has: { jobs: [{ id: "{job}", run_attempt: 1 }, { conclusion: "failure" }] },
      },
      { send: "GET /actions/jobs/{carried}", status: 200, has: { run_attempt: 2 } },
      { send: "GET /actions/jobs/{job}", status: 200, has: { run_attempt: 1 } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run can be run again 50 times, then it is 403 (the message is made up).",
    evidence: "documented",
    source:
      "https://docs.github.com/actions/managing-workflow-runs-and-deployments/managing-workflow-runs/re-running-workflows-and-jobs",
    given: (repository) => ({ run: repository.createRun({ status: "completed" }).id }),
    exchanges: [
      { times: 50, after: "10m", send: `POST ${run}/rerun`, status: 201 },
      {
        after: "10m",
        send: `GET ${run}`,
        status: 200,
        has: { run_attempt: 51, status: "completed" },
      },
      {
        send: `POST ${run}/rerun`,
        status: 403,
        has: { message: "This workflow run has been retried too many times; 50 is the limit" },
      },
    ],
  },
  {
    group: "Jobs",
    says: "Only jobs of the latest attempt can be run again: 403.",
    evidence: "said",
    source: "runs-on/runs-on#263",
    given: (repository) => {
      const made = repository.createRun(presets.failure());
      return { run: made.id, job: made.jobs[1]?.id };
    },
    exchanges: [
      { after: "1h", send: `POST ${run}/rerun-failed-jobs`, status: 201 },
      { after: "1h", send: "POST /actions/jobs/{job}/rerun", status: 403 },
    ],
  },
  {
    group: "Jobs",
    says: "A job whose runner was lost has failed, and the step that ran stays in progress for ever.",
    evidence: "said",
    source: "xroche/httrack#795, PocketShell-io/pocketshell#2038, matrixorigin/matrixone#27742",
    given: (repository) => ({ run: repository.createRun(presets.lostRunner()).id }),
    exchanges: [
      {
        send: `GET ${run}/jobs`,
        status: 200,
        has: { jobs: { 0: { status: "completed", conclusion: "failure" } } },
        text: /"status":"in_progress","conclusion":null/,
        keep: { job: "jobs.0.id" },
      },
      {
        send: "GET /check-runs/{job}/annotations",
        status: 200,
        text: /lost communication with the server/,
      },
    ],
  },
  {
    group: "Jobs",
    says: "A job that is over its `timeout-minutes` is `cancelled`, and so is its run when nothing else has failed.",
    evidence: "said",
    source: "fujibee/agmsg#878, paiml/aprender#3293",
    given: (repository) => ({ run: repository.createRun(presets.timedOut()).id }),
    exchanges: [
      { send: `GET ${run}`, status: 200, has: { status: "completed", conclusion: "cancelled" } },
      { send: `GET ${run}/jobs`, status: 200, has: { jobs: [{ conclusion: "cancelled" }] } },
    ],
  },
  {
    group: "Runs and attempts",
    says: "A run without jobs can stay queued for ever: cancelling it is 409, running it again and deleting it 403.",
    evidence: "said",
    source: "actions/runner#3872 (the five answers, 2026-08)",
    given: (repository) => ({ run: repository.createRun(presets.stuckInQueue()).id }),
    exchanges: [
      {
        after: "20d",
        send: `GET ${run}`,
        status: 200,
        has: { status: "queued", conclusion: null },
      },
      { send: `GET ${run}/jobs`, status: 200, has: { total_count: 0 } },
      {
        send: `POST ${run}/cancel`,
        status: 409,
        has: { message: "Cannot cancel a workflow run that has not been queued yet." },
      },
      { send: `POST ${run}/force-cancel`, status: 409 },
      {
        send: `POST ${run}/rerun`,
        status: 403,
        has: { message: "This workflow is already running" },
      },
      {
        send: `DELETE ${run}`,
        status: 403,
        has: { message: "Could not delete the workflow run" },
      },
    ],
  },
];
