import type { RecordedJobBody, RecordedRunBody, Recording } from "../authoring/load.ts";
import { recordingOf } from "../authoring/recorded-bodies.ts";
import {
  check,
  anyText,
  flag,
  is,
  isObject,
  listOf,
  orNull,
  properties,
  required,
  text,
  whole,
  type Check,
  type RequiredCheck,
} from "./check.ts";
import { refusal } from "./place.ts";
import { date, fullName } from "./text-forms.ts";

/** Checks for those properties of a body that the fake reads; a body has many others. */
type Read<Body> = { readonly [K in keyof Body]?: Check | RequiredCheck };

const user: Check = orNull(properties({ login: required(text) }));

const runFields: Read<RecordedRunBody> = {
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
};

const optionalDate: Check = orNull(date);

/** What the fake reads of a job. */
export const recordedJobFields: Read<RecordedJobBody> = {
  id: required(whole(1)),
  name: required(anyText),
  conclusion: required(orNull(text)),
  started_at: required(optionalDate),
  run_attempt: whole(1),
  created_at: date,
  completed_at: optionalDate,
  runner_name: orNull(anyText),
  labels: listOf(anyText),
  steps: orNull(listOf(properties({ name: required(anyText), number: required(whole(0)) }))),
};

const recording: Check = properties({
  workflow_runs: required(listOf(properties(runFields))),
  jobs: listOf(
    properties({
      ...recordedJobFields,
      run_id: required(whole(1)),
      status: required(is("text", (value) => typeof value === "string")),
    }),
  ),
} satisfies { [K in keyof Recording]: Check | RequiredCheck });

/** The repository that a recorded run names. */
export function repositoryOfRecorded(run: RecordedRunBody): string | undefined {
  return run.repository?.full_name ?? /\/repos\/([\w.-]+\/[\w.-]+)\//.exec(run.url ?? "")?.[1];
}

/**
 * The runs and jobs in what GitHub gave.
 *
 * @throws {InvalidInputError} when there is neither, or one of them is not what the API answers
 */
export function checkRecording(given: unknown, call = "load"): Recording {
  const isLists = isObject(given) && "workflow_runs" in given;
  if (isLists) check(recording, given, { call, path: "" });
  const found = recordingOf(given);
  if (found === undefined) {
    const wanted =
      "has no run or job in it: give a list of runs or jobs, a run, an array of exchanges, or a webhook's payload";
    throw refusal({ call, path: "" }, given, wanted);
  }
  check(recording, found, { call, path: "" });
  for (const [index, run] of found.workflow_runs.entries()) {
    if (repositoryOfRecorded(run) !== undefined) continue;
    const at = { call, path: `workflow_runs[${index}]` };
    throw refusal(at, run.id, 'names no repository: its body needs "repository" or "url"');
  }
  return found;
}
