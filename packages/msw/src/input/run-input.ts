import { presets } from "../authoring/presets.ts";
import type {
  ArtifactInit,
  EnvironmentInit,
  JobInit,
  LogsInit,
  RunInit,
  StepInit,
} from "../authoring/run-init.ts";
import type { SpreadInit } from "../authoring/repository-handle.ts";
import type {
  Hold,
  JobConclusion,
  LogEra,
  RunConclusion,
  WorkflowInput,
} from "../state/records.ts";
import {
  choose,
  check,
  amount,
  anyText,
  flag,
  is,
  listOf,
  object,
  oneOf,
  oneOrMore,
  orNull,
  recordOf,
  required,
  short,
  text,
  whole,
  type Check,
  type Fields,
} from "./check.ts";
import type { Place } from "./place.ts";
import { fullName, moment } from "./text-forms.ts";

const jobConclusions: Record<JobConclusion, true> = {
  success: true,
  failure: true,
  neutral: true,
  cancelled: true,
  skipped: true,
  timed_out: true,
  action_required: true,
};
export const jobConclusion: Check = oneOf(jobConclusions);
export const runConclusion: Check = oneOf<RunConclusion>({
  ...jobConclusions,
  stale: true,
  startup_failure: true,
});
export const logEra: Check = oneOf<LogEra>({ "2021": true, "2023": true, "2025": true });
const holds: Record<Exclude<Hold, "waiting">, true> = {
  requested: true,
  queued: true,
  pending: true,
  in_progress: true,
};
export const hold: Check = oneOf<Hold>({ ...holds, waiting: true });

export const stepFields: Fields<StepInit> = {
  name: required(text),
  seconds: amount(0),
  conclusion: oneOrMore(jobConclusion),
  always: flag,
  log: oneOrMore(anyText),
  lines: whole(0),
};

export const environment: Check = object<EnvironmentInit>({
  name: required(text),
  reviewers: listOf(text),
  wait_timer: amount(0),
  protection_rule: flag,
});

/** An input of a workflow that is started by hand. */
export const workflowInput: Check = object<WorkflowInput>({
  type: oneOf<NonNullable<WorkflowInput["type"]>>({
    boolean: true,
    choice: true,
    environment: true,
    number: true,
    string: true,
  }),
  required: flag,
  default: anyText,
  options: listOf(anyText),
});

const fileContent: Check = is(
  "text or a Uint8Array",
  (value) => typeof value === "string" || value instanceof Uint8Array,
);

const artifact: Check = object<ArtifactInit>({
  name: required(text),
  files: recordOf(fileContent),
  attempt: whole(1),
  expired: short("boolean", flag, moment),
});

export const job: Check = object<JobInit>({
  name: required(text),
  steps: listOf(short("string", text, object<StepInit>(stepFields))),
  conclusion: oneOrMore(jobConclusion),
  needs: oneOrMore(text),
  always: flag,
  labels: listOf(text),
  runner_name: text,
  environment: short("string", text, environment),
  queued_seconds: amount(0),
  timeout_minutes: amount(0),
  lost_runner: oneOrMore(flag),
});

/** What `createRun` takes. */
export const runFields: Fields<RunInit> = {
  workflow: text,
  name: anyText,
  event: text,
  branch: orNull(text),
  head_sha: text,
  head_repository: orNull(fullName),
  display_title: anyText,
  actor: text,
  triggering_actor: text,
  created_at: moment,
  run_number: whole(1),
  check_suite_id: whole(1),
  pull_requests: listOf(whole(1)),
  jobs: listOf(job),
  status: oneOf<NonNullable<RunInit["status"]>>({ ...holds, completed: true }),
  conclusion: oneOrMore(runConclusion),
  approval: oneOf<NonNullable<RunInit["approval"]>>({ required: true, bot: true }),
  artifacts: listOf(artifact),
  logs: object<LogsInit>({
    era: logEra,
    step_files: flag,
    expired: short("boolean", flag, moment),
  }),
};

const { created_at: _, ...spreadFields } = runFields;
const run: Check = withPresets(object<RunInit>(runFields));
const spreadRun: Check = withPresets(object<Omit<RunInit, "created_at">>(spreadFields));
const spread: Check = object<SpreadInit>({ newest: moment, every: amount(0) });

export function checkRun(init: unknown, place: Place = { call: "createRun", path: "" }): void {
  check(run, init, place);
}

/** A run whose date follows from the others'. */
export function checkSpreadRun(
  init: unknown,
  place: Place = { call: "createRuns", path: "" },
): void {
  check(spreadRun, init, place);
}

export function checkSpread(count: unknown, init: unknown): void {
  check(whole(0), count, { call: "createRuns", path: "count" });
  check(spread, init, { call: "createRuns", path: "" });
}

export function checkEnvironment(init: unknown): void {
  check(environment, init, { call: "createEnvironment", path: "" });
}

export function checkConclusion(conclusion: unknown): void {
  check(runConclusion, conclusion, { call: "complete", path: "conclusion" });
}

/** The name of a preset in place of what it gives is easily written. */
function withPresets(run: Check): Check {
  const isPreset = (value: unknown): boolean =>
    typeof value === "string" && Object.hasOwn(presets, value);
  const names = Object.keys(presets).map((name) => [
    name,
    is(`an object: give presets.${name}()`, () => false),
  ]);
  const byName = Object.fromEntries(names) as Record<string, Check>;
  return choose((value) => (isPreset(value) ? (byName[value as string] ?? run) : run), run);
}
