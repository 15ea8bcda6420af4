import type { PushInit } from "../authoring/start-run.ts";
import type { WorkflowInit, WorkflowOn } from "../authoring/workflow-handle.ts";
import { isCron } from "../rules/schedule.ts";
import {
  check,
  anyText,
  flag,
  is,
  listOf,
  object,
  recordOf,
  required,
  short,
  text,
  type Check,
} from "./check.ts";
import { job, workflowInput } from "./run-input.ts";

type Dispatch = Exclude<NonNullable<WorkflowOn["workflow_dispatch"]>, boolean>;
type Push = Exclude<NonNullable<WorkflowOn["push"]>, boolean>;
type Schedule = NonNullable<WorkflowOn["schedule"]>[number];

const cron: Check = is(
  'a cron expression of five fields such as "0 4 * * *"',
  (value) => typeof value === "string" && isCron(value),
);

const workflow: Check = object<WorkflowInit>({
  name: text,
  on: object<WorkflowOn>({
    workflow_dispatch: short(
      "boolean",
      flag,
      object<Dispatch>({ inputs: recordOf(workflowInput) }),
    ),
    push: short("boolean", flag, object<Push>({ branches: listOf(text) })),
    schedule: listOf(object<Schedule>({ cron: required(cron) })),
  }),
  run_name: text,
  jobs: listOf(job),
});

const push: Check = object<PushInit>({ sha: text, message: anyText, actor: text });

export function checkWorkflow(file: unknown, init: unknown): void {
  check(text, file, { call: "workflow", path: "file" });
  check(workflow, init, { call: "workflow", path: "" });
}

export function checkPush(branch: unknown, init: unknown): void {
  if (branch !== undefined) check(text, branch, { call: "push", path: "branch" });
  check(push, init, { call: "push", path: "" });
}
