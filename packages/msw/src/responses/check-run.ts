import { annotationsOf } from "../rules/annotations.ts";
import { jobStatus, type RunState } from "../rules/run-state.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { seededHex } from "../rules/seeded.ts";
import { nodeId } from "./node-id.ts";
import { repositoryBody } from "./repository.ts";
import { headCommit } from "./run.ts";
import { isoDate, type FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** The App that GitHub Actions is. */
function actionsApp(urls: FakeUrls): object {
  return {
    id: 15_368,
    client_id: "Iv1.05c79e9ad1f6bdfa",
    slug: "github-actions",
    node_id: "MDM6QXBwMTUzNjg=",
    owner: userBody("github", urls, "Organization"),
    name: "GitHub Actions",
    description: "Automate your workflow from idea to production",
    external_url: "https://help.github.com/en/actions",
    html_url: `${urls.html}/apps/github-actions`,
    created_at: "2018-07-30T09:30:17Z",
    updated_at: "2025-12-08T16:34:00Z",
    permissions: { actions: "write", checks: "write", contents: "write", metadata: "read" },
    events: ["push", "workflow_dispatch"],
  };
}

/** The runner service's own name of a job. */
function externalId(jobId: number): string {
  const hex = seededHex(32, "external", jobId);
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-5$3-8$4-$5");
}

/** A job as `checks/get` gives it. */
export function checkRunBody(
  job: JobTimes,
  run: RunRecord,
  attempt: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
  now: number,
): object {
  const base = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  const page = `${urls.html}/${repository.owner}/${repository.name}/actions/runs/${run.id}/job/${job.id}`;
  const status = jobStatus(job, run.attempts[attempt - 1]?.hold, now);
  const url = `${base}/check-runs/${job.id}`;
  return {
    id: job.id,
    name: job.plan.name,
    node_id: nodeId("CheckRun", repository.id, job.id),
    head_sha: run.headSha,
    external_id: externalId(job.id),
    url,
    html_url: page,
    details_url: page,
    status,
    conclusion: status === "completed" ? job.conclusion : null,
    started_at: isoDate(job.startedAt <= now ? job.startedAt : job.createdAt),
    completed_at: status === "completed" ? isoDate(job.completedAt) : null,
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: annotationsOf(job, now).length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.checkSuiteId },
    app: actionsApp(urls),
    pull_requests: [],
  };
}

/** A run as `checks/list-suites-for-ref` gives it. */
export function checkSuiteBody(
  run: RunRecord,
  state: RunState,
  checkRuns: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
): object {
  const url = `${urls.api}/repos/${repository.owner}/${repository.name}/check-suites/${run.checkSuiteId}`;
  return {
    id: run.checkSuiteId,
    node_id: nodeId("CheckSuite", repository.id, run.checkSuiteId),
    head_branch: run.branch,
    head_sha: run.headSha,
    status: state.status,
    conclusion: state.conclusion,
    url,
    before: null,
    after: null,
    pull_requests: [],
    app: actionsApp(urls),
    repository: repositoryBody(repository, urls),
    created_at: isoDate(run.createdAt),
    updated_at: isoDate(state.updatedAt),
    rerequestable: true,
    runs_rerequestable: false,
    latest_check_runs_count: checkRuns,
    check_runs_url: `${url}/check-runs`,
    head_commit: headCommit(run),
  };
}
