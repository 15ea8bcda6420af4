import { isObject } from "../input/check.ts";
import type { RecordedJobBody, RecordedRunBody, Recording } from "./load.ts";

/** What was found in a body that GitHub gave. */
interface Found {
  runs: RecordedRunBody[];
  jobs: RecordedJobBody[];
}

/**
 * Runs and jobs out of whatever GitHub gave: the body of a list of runs or jobs, a run, a job, a
 * webhook's payload, an exchange (`{ request, response: { body } }` or `{ status, body }`), or a list of
 * those. Of a run or job that comes several times the last one counts. Jobs without their run bring one
 * that is made from them.
 *
 * @returns undefined when there is neither run nor job in it
 */
export function recordingOf(given: unknown): Recording | undefined {
  const found: Found = { runs: [], jobs: [] };
  collect(given, found);
  if (found.runs.length === 0 && found.jobs.length === 0) {
    const empty = isObject(given) && ("workflow_runs" in given || "jobs" in given);
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

function collect(given: unknown, found: Found): void {
  if (typeof given === "string") return collectText(given, found);
  if (Array.isArray(given)) {
    for (const one of given) collect(one, found);
    return;
  }
  if (!isObject(given)) return;
  const { workflow_runs, jobs, workflow_run, workflow_job, response, body } = given;
  if (workflow_runs !== undefined || jobs !== undefined) {
    // What is not a list is refused later, with its place.
    if (Array.isArray(workflow_runs)) found.runs.push(...(workflow_runs as RecordedRunBody[]));
    if (Array.isArray(jobs)) found.jobs.push(...(jobs as RecordedJobBody[]));
  } else if (isObject(workflow_run) && "run_number" in workflow_run) {
    found.runs.push(withRepository(workflow_run, given["repository"]) as RecordedRunBody);
  } else if (isObject(workflow_job)) found.jobs.push(workflow_job as RecordedJobBody);
  else if (isObject(response)) collect(response, found);
  else if ("run_number" in given) found.runs.push(given as RecordedRunBody);
  else if ("run_id" in given && "run_url" in given) found.jobs.push(given as RecordedJobBody);
  else collect(body, found);
}

/** The text of an answer, when it is JSON. */
function collectText(text: string, found: Found): void {
  try {
    collect(JSON.parse(text), found);
  } catch {
    // Some other answer, such as a log.
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
