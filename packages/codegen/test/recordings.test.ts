import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dereference, type OutputUnit, type Schema, validate } from "@cfworker/json-schema";
import { describe, expect, test } from "vitest";
import type { Description } from "../src/description.ts";
import type { Json, JsonObject } from "../src/json.ts";
import { jsonSchema } from "../src/regenerate/json-schema.ts";

const fragment = JSON.parse(
  readFileSync(new URL("../../../openapi/github.json", import.meta.url), "utf8"),
) as Description;

/** What the schema of a component finds wrong with a value. */
function findings(name: string, value: Json): OutputUnit[] {
  return validate(value, $defs[name]!, "4", lookup, false).errors;
}

const $defs: { [name: string]: Schema } = Object.fromEntries(
  Object.entries(fragment.components["schemas"]!).map(([name, schema]) => [
    name,
    jsonSchema(schema) as Schema,
  ]),
);
const lookup = dereference({ $defs });

describe("what GitHub was seen to send fits the corrected schema", () => {
  const example = fragment.components["examples"]!;
  const examples = example["workflow-run-paginated"] as { value: { workflow_runs: JsonObject[] } };
  const jobs = example["job-paginated"] as { value: { jobs: JsonObject[] } };
  const run = examples.value.workflow_runs[0]!;
  // The example has no `created_at`, which GitHub sends with every job.
  const job = { ...jobs.value.jobs[0]!, created_at: "2026-06-01T12:00:00Z" };
  const step = {
    number: 3,
    name: "Run the suite",
    status: "in_progress",
    conclusion: null,
    started_at: "2026-06-01T12:00:00Z",
    completed_at: null,
  };

  test.each<[string, JsonObject]>([
    ["a run of a fork that is gone", { head_repository: null }],
    ["a run of an account that is gone", { actor: null, triggering_actor: null }],
    ["a run without a branch and a name", { head_branch: null, name: null, head_commit: null }],
    ["a workflow that could not start", { conclusion: "startup_failure", path: "BuildFailed" }],
    ["GitHub's own run", { event: "dynamic" }],
    ["a word of tomorrow", { status: "paused", conclusion: "superseded", event: "telepathy" }],
    ["a run that waits for others", { status: "pending", conclusion: null }],
  ])("%s", (_, seen) => {
    expect(findings("workflow-run", { ...run, ...seen })).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    [
      "a lost runner: the step that ran stays in progress, the later ones are pending",
      {
        conclusion: "failure",
        steps: [step, { ...step, number: 4, status: "pending", started_at: null }],
      },
    ],
    ["a job that waits for its environment", { status: "waiting", conclusion: null, steps: [] }],
    ["a job that nobody has taken", { runner_id: null, runner_name: null, completed_at: null }],
    ["a word of tomorrow", { status: "paused", conclusion: "superseded" }],
  ])("%s", (_, seen) => {
    expect(findings("job", { ...job, ...seen })).toEqual([]);
  });

  test("but a number for a word does not", () => {
    expect(findings("workflow-run", { ...run, status: 1 })).not.toEqual([]);
    expect(findings("job", { ...job, steps: [{ ...step, status: null }] })).not.toEqual([]);
  });
});

/** Recordings of what GitHub really sent, for those who have them. */
const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"];

/** Required fields that GitHub added after the recordings were made. */
const younger = ["created_at", "head_branch", "workflow_name", "display_title", "path"];

function recorded(list: "workflow_runs" | "jobs"): JsonObject[] {
  const recordings = join(fixtures!, "recordings/hub4j");
  const files = readdirSync(recordings).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => {
    const body = JSON.parse(readFileSync(join(recordings, file), "utf8")) as JsonObject;
    return (body[list] ?? []) as JsonObject[];
  });
}

test.runIf(fixtures !== undefined).each([
  ["workflow_runs", "workflow-run"],
  ["jobs", "job"],
] as const)(
  "recorded %s fit, but for fields younger than they (needs WORKFLOW_RUNS_FIXTURES)",
  (list, name) => {
    const values = recorded(list);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      const problems = findings(name, value).filter(
        ({ error }) => !younger.some((field) => error.includes(`required property "${field}"`)),
      );
      expect(problems).toEqual([]);
    }
  },
);
