import type { WorkflowRun } from "@workflow-runs/openapi-types";
import type { RunState } from "../rules/run-state.ts";
import { seeded, seededHex } from "../rules/seeded.ts";
import type { RecordedRun, RepositoryRecord, RunRecord } from "../state/records.ts";
import { repositoryBody } from "./repository.ts";
import { nodeId } from "./node-id.ts";
import { pullId } from "./pull.ts";
import { isoDate, movedTo, type FakeUrls } from "./urls.ts";
import type { SharedBodies } from "./shared-bodies.ts";
import { userBody } from "./user.ts";

/** What the caller of a run's body decides. */
export interface RunBodyOptions {
  excludePullRequests?: boolean;
  /** Bodies that the runs of a list share, each made once. */
  shared?: SharedBodies;
}

/** A run as `actions/get-workflow-run-attempt` gives it: with that attempt's date and URLs. */
export function attemptBody(
  run: RunRecord,
  attemptNumber: number,
  state: RunState,
  repository: RepositoryRecord,
  urls: FakeUrls,
  options: RunBodyOptions = {},
): WorkflowRun {
  const body = runBody(run, attemptNumber, state, repository, urls, options);
  const attempt = run.attempts[attemptNumber - 1] as RunRecord["attempts"][number];
  const next = run.attempts[attemptNumber];
  return {
    ...body,
    // The last change of an old attempt is that the next one began.
    ...(next === undefined ? {} : { updated_at: isoDate(next.startedAt) }),
    created_at: attemptNumber === 1 ? body.created_at : isoDate(attempt.startedAt),
    jobs_url: `${body.url}/attempts/${attemptNumber}/jobs`,
    logs_url: `${body.url}/attempts/${attemptNumber}/logs`,
  };
}

/** A run as `actions/get-workflow-run` and the lists give it. */
export function runBody(
  run: RunRecord,
  attemptNumber: number,
  state: RunState,
  repository: RepositoryRecord,
  urls: FakeUrls,
  options: RunBodyOptions = {},
): WorkflowRun {
  const body = derivedBody(run, attemptNumber, state, repository, urls, options);
  return run.recorded === undefined ? body : withRecorded(body, run.recorded, urls);
}

/** What was recorded stays, except for what the fake has changed since. */
function withRecorded(
  body: WorkflowRun,
  { body: recorded, attempt }: RecordedRun,
  urls: FakeUrls,
): WorkflowRun {
  const known = movedTo(recorded, urls);
  const same =
    body.run_attempt === attempt &&
    body.status === known.status &&
    body.conclusion === known.conclusion;
  return {
    ...body,
    ...known,
    status: body.status,
    conclusion: body.conclusion,
    run_attempt: body.run_attempt,
    run_started_at: body.run_started_at,
    previous_attempt_url: body.previous_attempt_url,
    updated_at: same ? (known.updated_at ?? body.updated_at) : body.updated_at,
    pull_requests:
      body.pull_requests?.length === 0 ? [] : (known.pull_requests ?? body.pull_requests),
  } as WorkflowRun;
}

function derivedBody(
  run: RunRecord,
  attemptNumber: number,
  state: RunState,
  repository: RepositoryRecord,
  urls: FakeUrls,
  options: RunBodyOptions,
): WorkflowRun {
  const attempt = run.attempts[attemptNumber - 1] as RunRecord["attempts"][number];
  const base = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  const url = `${base}/actions/runs/${run.id}`;
  const workflow = repository.workflows.find(({ path }) => path === run.workflowPath);
  const workflowId = workflow?.id ?? 0;
  const user = (login: string): NonNullable<WorkflowRun["actor"]> =>
    options.shared?.user(login) ?? userBody(login, urls);
  const shared = options.shared?.repository ?? repositoryBody(repository, urls);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("WorkflowRun", repository.id, run.id),
    head_branch: run.branch,
    head_sha: run.headSha,
    path: run.workflowPath,
    display_title: run.displayTitle,
    run_number: run.number,
    event: run.event,
    status: state.status,
    conclusion: state.conclusion,
    workflow_id: workflowId,
    check_suite_id: run.checkSuiteId,
    check_suite_node_id: nodeId("CheckSuite", repository.id, run.checkSuiteId),
    url,
    html_url: `${urls.html}/${repository.owner}/${repository.name}/actions/runs/${run.id}`,
    pull_requests:
      options.excludePullRequests === true
        ? []
        : run.pullRequests.map((number) => pullRequest(number, run, repository, base)),
    created_at: isoDate(run.createdAt),
    updated_at: isoDate(state.updatedAt),
    actor: user(run.actor),
    run_attempt: attemptNumber,
    referenced_workflows: [],
    run_started_at: isoDate(attempt.startedAt),
    triggering_actor: user(attempt.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${base}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attemptNumber > 1 ? `${url}/attempts/${attemptNumber - 1}` : null,
    workflow_url: `${base}/actions/workflows/${workflowId}`,
    head_commit: headCommit(run),
    repository: shared,
    head_repository: headRepository(run, repository, shared, urls),
  };
}

/** The commit of a run, as its body and its check suite have it. */
export function headCommit(run: RunRecord): NonNullable<WorkflowRun["head_commit"]> {
  return {
    id: run.headSha,
    tree_id: seededHex(40, "tree", run.headSha),
    message: run.commitMessage ?? run.displayTitle,
    timestamp: isoDate(run.createdAt - 5000),
    author: {
      name: run.actor,
      email: `${run.actor.replace(/\W/g, "-")}@users.noreply.github.com`,
    },
    committer: { name: "GitHub", email: "noreply@github.com" },
  };
}

function headRepository(
  run: RunRecord,
  repository: RepositoryRecord,
  shared: WorkflowRun["repository"],
  urls: FakeUrls,
): WorkflowRun["head_repository"] {
  const name = `${repository.owner}/${repository.name}`;
  // GitHub gives null once the fork is deleted (github/rest-api-description#1586).
  if (run.headRepository === null) return null;
  if (run.headRepository === name) return shared;
  const [owner, fork] = run.headRepository.split("/") as [string, string];
  const id = 1 + (seeded("fork", run.headRepository) % 900_000_000);
  return repositoryBody({ id, owner, name: fork, private: false, description: null }, urls, true);
}

function pullRequest(
  number: number,
  run: RunRecord,
  repository: RepositoryRecord,
  base: string,
): NonNullable<WorkflowRun["pull_requests"]>[number] {
  const repo = { id: repository.id, name: repository.name, url: base };
  return {
    id: pullId(repository, number),
    number,
    url: `${base}/pulls/${number}`,
    head: { ref: run.branch ?? repository.defaultBranch, sha: run.headSha, repo },
    base: {
      ref: repository.defaultBranch,
      sha: seededHex(40, "base", repository.id, number),
      repo,
    },
  };
}
