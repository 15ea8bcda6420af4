import type { PushInit } from "../authoring/start-run.ts";
import type { WorkflowInit } from "../authoring/workflow-handle.ts";
import { isCron } from "../rules/schedule.ts";
import {
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

type Triggers = NonNullable<WorkflowInit["on"]>;
type Dispatch = Exclude<NonNullable<Triggers["workflow_dispatch"]>, boolean>;
type Push = Exclude<NonNullable<Triggers["push"]>, boolean>;
type Schedule = NonNullable<Triggers["schedule"]>[number];

const cron: Check = is(
  'a cron expression of five fields such as "0 4 * * *"',
  (value) => typeof value === "string" && isCron(value),
);

const workflow: Check = object<WorkflowInit>({
  name: text,
  on: object<Triggers>({
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
  text.check(file, { call: "workflow", path: "file" });
  workflow.check(init, { call: "workflow", path: "" });
}

export function checkPush(branch: unknown, init: unknown): void {
  if (branch !== undefined) text.check(branch, { call: "push", path: "branch" });
  push.check(init, { call: "push", path: "" });
}
