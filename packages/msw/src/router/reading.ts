import { jobBody } from "../responses/job.ts";
import { problem, type Reply } from "../responses/reply.ts";
import { runListJson } from "../responses/run-list.ts";
import { attemptBody, runBody } from "../responses/run.ts";
import { sharedBodies } from "../responses/shared-bodies.ts";
import { usageBody } from "../responses/usage.ts";
import { filteredCountLimit, filteredLimit, pageOf, unfilteredLimit } from "../rules/page.ts";
import {
  isFiltered,
  matchesRecord,
  matchesStatus,
  runFilter,
  type RunFilter,
} from "../rules/run-filter.ts";
import { seeded } from "../rules/seeded.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findJob, findRun, findWorkflow, notFound, pathNumber, stateOf } from "./found.ts";

/** `actions/list-workflow-runs-for-repo` */
export function listWorkflowRunsForRepo(call: RepositoryRequest): Reply {
  return listRuns(call, undefined);
}

/** `actions/list-workflow-runs`; the workflow by its id or its file name. */
export function listWorkflowRuns(call: RepositoryRequest): Reply {
  const workflow = findWorkflow(call);
  return workflow === undefined ? notFound(call) : listRuns(call, workflow.path);
}

function listRuns(call: RepositoryRequest, workflowPath: string | undefined): Reply {
  const { filter, invalid } = runFilter(call.url.searchParams);
  const field = invalid[0];
  if (field !== undefined) {
    return problem(422, "Validation Failed", call.route.documentationUrl, [
      { resource: "WorkflowRun", field, code: "invalid" },
    ]);
  }
  const filtered = isFiltered(filter);
  const ids =
    filtered || workflowPath !== undefined
      ? matching(call, filter, workflowPath)
      : call.store.runIds(call.repository.id);
  const reachable = Math.min(ids.length, filtered ? filteredLimit : unfilteredLimit);
  const page = pageOf(call.url.searchParams, reachable);
  if (!filtered && (page.page - 1) * page.perPage >= unfilteredLimit) {
    return problem(
      422,
      `In order to keep the API fast for everyone, pagination is limited for this resource. Only the first ${unfilteredLimit} results are available.`,
      call.route.documentationUrl,
    );
  }
  const excludePullRequests = call.url.searchParams.get("exclude_pull_requests") === "true";
  const shared = sharedBodies(call.repository, call.urls);
  const runs = ids.slice(page.start, page.end).map((id) => {
    const run = call.store.run(id) as RunRecord;
    return runBody(run, run.attempts.length, stateOf(call, run), call.repository, call.urls, {
      excludePullRequests,
      shared,
    });
  });
  const total = Math.min(ids.length, filtered ? filteredCountLimit : unfilteredLimit);
  return { status: 200, json: runListJson(total, runs), page };
}

/** The ids that a filter finds, newest first. */
function matching(
  call: RepositoryRequest,
  filter: RunFilter,
  workflowPath: string | undefined,
): number[] {
  const { store, repository } = call;
  const { created } = filter;
  const enough = filteredCountLimit + 1;
  const ids: number[] = [];
  for (const id of store.runIds(repository.id)) {
    if (created !== undefined) {
      const at = store.createdAt(id);
      if (at > created.to) continue;
      if (at < created.from) break;
    }
    const run = store.run(id) as RunRecord;
    if (workflowPath !== undefined && run.workflowPath !== workflowPath) continue;
    if (!matchesRecord(run, filter)) continue;
    if (filter.status !== undefined && !matchesStatus(stateOf(call, run), filter)) continue;
    ids.push(id);
    if (isFiltered(filter) && ids.length === enough) break;
  }
  return isFiltered(filter) ? shuffledWithinSeconds(call, ids) : ids;
}

/** The search index keeps no order within a second from one request to the next (cli/cli#6678). */
function shuffledWithinSeconds(
  { store, requestId }: RepositoryRequest,
  ids: readonly number[],
): number[] {
  const keys = ids.map((id) => ({
    id,
    second: Math.floor(store.createdAt(id) / 1000),
    // What was recorded keeps its order.
    order: store.run(id)?.recorded === undefined ? seeded("order", requestId, id) : -1,
  }));
  return keys.toSorted((a, b) => b.second - a.second || a.order - b.order).map(({ id }) => id);
}

/** `actions/get-workflow-run` */
export function getWorkflowRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  return run === undefined ? notFound(call) : oneRun(call, run, run.attempts.length, runBody);
}

/** `actions/get-workflow-run-attempt` */
export function getWorkflowRunAttempt(call: RepositoryRequest): Reply {
  const found = findAttempt(call);
  return found === undefined ? notFound(call) : oneRun(call, found.run, found.attempt, attemptBody);
}

function oneRun(
  call: RepositoryRequest,
  run: RunRecord,
  attempt: number,
  bodyOf: typeof runBody,
): Reply {
  const excludePullRequests = call.url.searchParams.get("exclude_pull_requests") === "true";
  return {
    status: 200,
    body: bodyOf(run, attempt, stateOf(call, run, attempt), call.repository, call.urls, {
      excludePullRequests,
    }),
  };
}

/** The run and the attempt of the path. */
export function findAttempt(
  call: RepositoryRequest,
): { run: RunRecord; attempt: number } | undefined {
  const run = findRun(call);
  const attempt = pathNumber(call, "attempt_number");
  if (run === undefined || attempt === undefined || run.attempts[attempt - 1] === undefined)
    return undefined;
  return { run, attempt };
}

/** `actions/list-jobs-for-workflow-run` */
export function listJobsForWorkflowRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const latest = run.attempts.length;
  const attempts =
    call.url.searchParams.get("filter") === "all"
      ? run.attempts.map(({ number }) => number)
      : [latest];
  return jobsReply(call, run, attempts);
}

/** `actions/list-jobs-for-workflow-run-attempt` */
export function listJobsForWorkflowRunAttempt(call: RepositoryRequest): Reply {
  const found = findAttempt(call);
  return found === undefined ? notFound(call) : jobsReply(call, found.run, [found.attempt]);
}

function jobsReply(call: RepositoryRequest, run: RunRecord, attempts: readonly number[]): Reply {
  // Jobs that wait for others do not exist yet.
  const listed = attempts.flatMap((attempt) =>
    stateOf(call, run, attempt)
      .jobs.filter((job) => job.createdAt <= call.now)
      .map((job): [number, JobTimes] => [attempt, job]),
  );
  const page = pageOf(call.url.searchParams, listed.length);
  const jobs = listed
    .slice(page.start, page.end)
    .map(([attempt, job]) => jobBody(job, run, attempt, call.repository, call.urls, call.now));
  return { status: 200, body: { total_count: listed.length, jobs }, page };
}

/** `actions/get-job-for-workflow-run` */
export function getJobForWorkflowRun(call: RepositoryRequest): Reply {
  const found = findJob(call);
  if (found === undefined) return notFound(call);
  const body = jobBody(found.job, found.run, found.attempt, call.repository, call.urls, call.now);
  return { status: 200, body };
}

/** `actions/get-workflow-run-usage` */
export function getWorkflowRunUsage(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const state = stateOf(call, run);
  return {
    status: 200,
    body: usageBody(state.jobs, {
      attempt: run.attempts.length,
      startedAt: state.startedAt,
      completedAt: state.completedAt,
      billed: call.repository.private,
      now: call.now,
    }),
  };
}
