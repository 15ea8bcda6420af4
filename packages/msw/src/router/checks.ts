import { checkRunBody, checkSuiteBody } from "../responses/check-run.ts";
import type { Reply } from "../responses/reply.ts";
import { annotationsOf } from "../rules/annotations.ts";
import { pageOf } from "../rules/page.ts";
import { jobStatus } from "../rules/run-state.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findJob, notFound, pathNumber, refuse, runsOf, stateOf } from "./found.ts";

/** GitHub Actions' App, which all check runs here are of. */
const appId = "15368";

/** A job as a check run of an attempt. */
interface CheckRun {
  run: RunRecord;
  attempt: number;
  job: JobTimes;
}

/** `checks/get`: a job's check run has the job's id. */
export function getCheckRun(call: RepositoryRequest): Reply {
  const found = findJob(call, "check_run_id");
  return found === undefined ? notFound(call) : { status: 200, body: bodyOf(call, found) };
}

/** `checks/get-suite`: a run's check suite */
export function getCheckSuite(call: RepositoryRequest): Reply {
  const suite = pathNumber(call, "check_suite_id");
  const [run] = runsOf(call, call.repository, ({ checkSuiteId }) => checkSuiteId === suite);
  return run === undefined ? notFound(call) : { status: 200, body: suiteOf(call, run) };
}

/** `checks/list-annotations` */
export function listAnnotations(call: RepositoryRequest): Reply {
  const found = findJob(call, "check_run_id");
  if (found === undefined) return notFound(call);
  const { repository, urls, url, now } = call;
  const blob = `${urls.html}/${repository.owner}/${repository.name}/blob/${found.run.headSha}/.github`;
  const annotations = annotationsOf(found.job, now).map((message) => ({
    path: ".github",
    blob_href: blob,
    start_line: 1,
    start_column: null,
    end_line: 1,
    end_column: null,
    annotation_level: "failure",
    title: "",
    message,
    raw_details: "",
  }));
  const page = pageOf(url.searchParams, annotations.length);
  return { status: 200, body: annotations.slice(page.start, page.end), page };
}

/** `checks/list-for-ref`: of a commit, a branch or a tag */
export function listCheckRunsForRef(call: RepositoryRequest): Reply {
  const runs = runsOfRef(call);
  return runs === undefined ? unknownRef(call) : list(call, runs);
}

/** `checks/list-for-suite` */
export function listCheckRunsForSuite(call: RepositoryRequest): Reply {
  const suite = pathNumber(call, "check_suite_id");
  const runs = runsOf(call, call.repository, ({ checkSuiteId }) => checkSuiteId === suite);
  return runs.length === 0 ? notFound(call) : list(call, runs);
}

/** `checks/list-suites-for-ref`: one for each run */
export function listCheckSuitesForRef(call: RepositoryRequest): Reply {
  const runs = runsOfRef(call);
  if (runs === undefined) return unknownRef(call);
  const query = call.url.searchParams;
  const name = query.get("check_name");
  const suites = runs
    .filter(() => isOurs(call))
    .filter((run) => !name || checkRunsOf(call, run, false).some((one) => nameOf(one) === name));
  const page = pageOf(query, suites.length);
  const check_suites = suites.slice(page.start, page.end).map((run) => suiteOf(call, run));
  return { status: 200, body: { total_count: suites.length, check_suites }, page };
}

function list(call: RepositoryRequest, runs: readonly RunRecord[]): Reply {
  const query = call.url.searchParams;
  const [name, status] = [query.get("check_name"), query.get("status")];
  const all = query.get("filter") === "all";
  const matched = runs
    .filter(() => isOurs(call))
    .flatMap((run) => checkRunsOf(call, run, all))
    .filter(
      (one) => (!name || nameOf(one) === name) && (!status || statusOf(call, one) === status),
    );
  const page = pageOf(query, matched.length);
  const check_runs = matched.slice(page.start, page.end).map((one) => bodyOf(call, one));
  return { status: 200, body: { total_count: matched.length, check_runs }, page };
}

function checkRunsOf(call: RepositoryRequest, run: RunRecord, all: boolean): CheckRun[] {
  const attempts = all ? run.attempts.map(({ number }) => number) : [run.attempts.length];
  return attempts.flatMap((attempt) =>
    stateOf(call, run, attempt)
      .jobs.filter(({ createdAt }) => createdAt <= call.now)
      .map((job) => ({ run, attempt, job })),
  );
}

function suiteOf(call: RepositoryRequest, run: RunRecord): object {
  const { repository, urls } = call;
  const checkRuns = checkRunsOf(call, run, false).length;
  return checkSuiteBody(run, stateOf(call, run), checkRuns, repository, urls);
}

function bodyOf(call: RepositoryRequest, { run, attempt, job }: CheckRun): object {
  return checkRunBody(job, run, attempt, call.repository, call.urls, call.now);
}

const nameOf = ({ job }: CheckRun): string => job.plan.name;

function statusOf(call: RepositoryRequest, { run, attempt, job }: CheckRun): string {
  return jobStatus(job, run.attempts[attempt - 1]?.hold, call.now);
}

function isOurs(call: RepositoryRequest): boolean {
  const app = call.url.searchParams.get("app_id");
  return !app || app === appId;
}

/** The runs of a commit, or of the commit that a branch is at; undefined for a name nobody knows. */
function runsOfRef(call: RepositoryRequest): RunRecord[] | undefined {
  const ref = (call.path["ref"] ?? "").replace(/^(?:refs\/)?heads\//, "");
  const branch = call.repository.branches.find(({ name }) => name === ref);
  const sha = branch?.sha ?? ref.toLowerCase();
  const runs = runsOf(call, call.repository, ({ headSha }) => headSha === sha);
  return runs.length === 0 && branch === undefined && !/^[\da-f]{40}$/.test(sha) ? undefined : runs;
}

function unknownRef(call: RepositoryRequest): Reply {
  return refuse(call, { status: 422, message: `No commit found for SHA: ${call.path["ref"]}` });
}
