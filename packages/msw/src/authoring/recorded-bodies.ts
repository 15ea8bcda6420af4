import type { Job, WorkflowRun } from "@workflow-runs/openapi-types";
import {
  anyText,
  check,
  flag,
  isObject,
  listOf,
  orNull,
  properties,
  required,
  text,
  whole,
} from "../input/check.ts";
import { refusal } from "../input/refusal.ts";
import { date, fullName } from "../input/text-forms.ts";
import { recordedJobFields } from "../state/records.ts";

/** A run as the API gave it once; older bodies lack the newer fields. */
export type RecordedRunBody = Pick<
  WorkflowRun,
  | "id"
  | "status"
  | "conclusion"
  | "created_at"
  | "updated_at"
  | "run_number"
  | "event"
  | "head_sha"
  | "head_branch"
> &
  Partial<WorkflowRun>;

/** A job as the API gave it once. */
export type RecordedJobBody = Pick<
  Job,
  "id" | "run_id" | "name" | "status" | "conclusion" | "started_at"
> &
  Partial<Job>;

/**
 * What the API gave once: the bodies of lists, or runs and jobs picked from them.
 * `gh api repos/OWNER/REPO/actions/runs` and `…/runs/ID/jobs` give exactly that.
 */
export interface Recording {
  workflow_runs: readonly RecordedRunBody[];
  jobs?: readonly RecordedJobBody[];
}

/** A webhook's payload about a run or a job. */
export interface RecordedPayload {
  action?: string | undefined;
  workflow_run?: RecordedRunBody | undefined;
  workflow_job?: RecordedJobBody | undefined;
}

/**
 * A request with its response, or a response alone, as tools record them: the body is text or JSON.
 * `data` is Octokit's, `jsonBody` WireMock's, `content.text` HAR's, `body.string` VCR's; text that
 * `encoding: "base64"` or `base64_string` marks is decoded.
 */
export interface RecordedExchange {
  request?: unknown;
  response?: RecordedResponse | undefined;
  status?: number | undefined;
  body?: unknown;
  data?: unknown;
  jsonBody?: unknown;
}

/** A response of a {@link RecordedExchange}; the status of VCR is an object. */
export interface RecordedResponse {
  status?: unknown;
  body?: unknown;
  data?: unknown;
  jsonBody?: unknown;
  content?: { text?: string | undefined; encoding?: string | undefined } | undefined;
}

/** A file of exchanges: a HAR, a cassette of VCR, an export of WireMock's mappings. */
export type RecordedFile =
  | { log: { entries: readonly RecordedExchange[] } }
  | { http_interactions: readonly RecordedExchange[] }
  | { mappings: readonly RecordedExchange[] };

/** What {@link ActionsFake.load} takes. */
export type LoadableBody =
  | Recording
  | { jobs: readonly RecordedJobBody[] }
  | RecordedRunBody
  | RecordedJobBody
  | RecordedPayload
  | RecordedExchange
  | RecordedFile
  | readonly LoadableBody[];

const user = orNull(properties({ login: required(text) }));

// Bodies have many other properties; these the fake reads.
const recordingCheck = properties<Recording>({
  workflow_runs: required(
    listOf(
      properties<RecordedRunBody>({
        id: required(whole(1)),
        status: required(orNull(text)),
        conclusion: required(orNull(text)),
        created_at: required(date),
        updated_at: required(date),
        run_number: required(whole(0)),
        event: required(text),
        head_sha: required(text),
        head_branch: required(orNull(anyText)),
        name: orNull(anyText),
        path: orNull(anyText),
        url: orNull(anyText),
        display_title: orNull(anyText),
        run_attempt: orNull(whole(1)),
        run_started_at: orNull(date),
        workflow_id: whole(0),
        check_suite_id: orNull(whole(0)),
        actor: user,
        triggering_actor: user,
        pull_requests: orNull(listOf(properties({ number: required(whole(1)) }))),
        head_commit: orNull(properties({ message: required(anyText) })),
        head_repository: orNull(properties({ full_name: required(fullName) })),
        repository: properties({ full_name: required(fullName), private: flag, id: whole(0) }),
      }),
    ),
  ),
  jobs: listOf(
    properties<RecordedJobBody>({
      ...recordedJobFields,
      run_id: required(whole(1)),
      status: required(anyText),
    }),
  ),
});

/** The repository that a recorded run names. */
export function repositoryOfRecorded(run: RecordedRunBody): string | undefined {
  return run.repository?.full_name ?? /\/repos\/([\w.-]+\/[\w.-]+)\//.exec(run.url ?? "")?.[1];
}

/**
 * The runs and jobs in what GitHub gave.
 *
 * @throws {InvalidInputError} when there is neither, or one of them is not what the API gives
 */
export function checkRecording(value: unknown, call: string): Recording {
  if (isObject(value) && "workflow_runs" in value) check(recordingCheck, value, call);
  const found = recordingOf(value);
  if (found === undefined) {
    const wanted =
      "not a body with a run or a job in it: give a list of runs or jobs, a run, an array of exchanges, or a webhook's payload.";
    throw refusal(call, "", value, wanted);
  }
  check(recordingCheck, found, call);
  for (const [index, run] of found.workflow_runs.entries()) {
    if (repositoryOfRecorded(run) !== undefined) continue;
    const problem = 'which names no repository: its body needs "repository" or "url".';
    throw refusal(call, `workflow_runs[${index}]`, run.id, problem);
  }
  return found;
}

/** What was found in a body that GitHub gave. */
interface Found {
  runs: RecordedRunBody[];
  jobs: RecordedJobBody[];
}

/**
 * Runs and jobs out of whatever GitHub gave: the body of a list of runs or jobs, a run, a job, a
 * webhook's payload, an exchange (see {@link RecordedExchange}), a file of exchanges, or a list of those.
 * Of a run or job that comes several times the last one counts. Jobs without their run bring one
 * that is made from them.
 *
 * @returns undefined when there is neither run nor job in it
 */
export function recordingOf(body: unknown): Recording | undefined {
  const found: Found = { runs: [], jobs: [] };
  collect(body, found);
  if (found.runs.length === 0 && found.jobs.length === 0) {
    const empty = isObject(body) && ("workflow_runs" in body || "jobs" in body);
    return empty ? { workflow_runs: [] } : undefined;
  }
  const runs = lastOfEach(found.runs);
  const jobs = lastOfEach(found.jobs);
  const known = new Set(runs.map(({ id }) => id));
  const orphans = new Map<number, RecordedJobBody[]>();
  for (const job of jobs) {
    if (!known.has(job.run_id)) orphans.set(job.run_id, [...(orphans.get(job.run_id) ?? []), job]);
  }
  return {
    workflow_runs: [...runs, ...[...orphans].map(([id, of]) => runOfJobs(id, of))],
    jobs,
  };
}

function collect(source: unknown, found: Found): void {
  if (typeof source === "string") return collectText(source, found);
  if (Array.isArray(source)) {
    for (const one of source) collect(one, found);
    return;
  }
  if (!isObject(source)) return;
  const { workflow_runs, jobs, workflow_run, workflow_job, response } = source;
  if (workflow_runs !== undefined || jobs !== undefined) {
    // What is not a list is refused later, with its path.
    if (Array.isArray(workflow_runs)) found.runs.push(...(workflow_runs as RecordedRunBody[]));
    if (Array.isArray(jobs)) found.jobs.push(...(jobs as RecordedJobBody[]));
  } else if (isObject(workflow_run) && "run_number" in workflow_run) {
    found.runs.push(withRepository(workflow_run, source["repository"]) as RecordedRunBody);
  } else if (isObject(workflow_job)) found.jobs.push(workflow_job as RecordedJobBody);
  else if (isObject(response)) collect(response, found);
  else if ("run_number" in source) found.runs.push(source as RecordedRunBody);
  else if ("run_id" in source && "run_url" in source) found.jobs.push(source as RecordedJobBody);
  else {
    const base64 = source["encoding"] === "base64";
    for (const name of holders) {
      const held = source[name];
      const encoded = name === "base64_string" || (base64 && name === "text");
      collect(encoded && typeof held === "string" ? decoded(held) : held, found);
    }
  }
}

/** Where recorders put a response's body, or the list of their exchanges. */
const holders = [
  "body",
  "data",
  "jsonBody",
  "content",
  "text",
  "string",
  "base64_string",
  "log",
  "entries",
  "http_interactions",
  "mappings",
];

/** Text out of base64, whose lines may be broken; nothing when it is none. */
function decoded(base64: string): string {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}

/** The text of a response, when it is JSON. */
function collectText(text: string, found: Found): void {
  try {
    collect(JSON.parse(text), found);
  } catch {
    // Some other body, such as a log.
  }
}

function withRepository(run: Record<string, unknown>, repository: unknown): object {
  return run["repository"] === undefined && isObject(repository) ? { ...run, repository } : run;
}

function lastOfEach<T extends { id: number }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** A run as its jobs tell of it. */
function runOfJobs(id: number, jobs: readonly RecordedJobBody[]): RecordedRunBody {
  const [first] = jobs as [RecordedJobBody];
  const times = jobs.flatMap((job) =>
    [job.created_at, job.started_at, job.completed_at].filter((at) => typeof at === "string"),
  );
  const sorted = times.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const over = jobs.every(({ status }) => status === "completed");
  const worst = ["failure", "timed_out", "cancelled"].find((conclusion) =>
    jobs.some((job) => job.conclusion === conclusion),
  );
  const open = jobs.find(({ status }) => status !== "completed")?.status ?? null;
  const started = jobs.some(({ status }) => status === "in_progress" || status === "completed");
  const date = sorted[0] ?? new Date(0).toISOString();
  return {
    id,
    name: first.workflow_name ?? null,
    url: first.run_url ?? "",
    status: over ? "completed" : started ? "in_progress" : open,
    conclusion: over ? (worst ?? "success") : null,
    created_at: date,
    run_started_at: date,
    updated_at: sorted.at(-1) ?? date,
    run_number: 1,
    run_attempt: Math.max(1, ...jobs.map((job) => job.run_attempt ?? 1)),
    event: "push",
    head_sha: first.head_sha ?? "0".repeat(40),
    head_branch: first.head_branch ?? null,
  };
}
