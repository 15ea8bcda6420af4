import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InnerPlan, type JobPlan, type StepPlan, writeJob } from "../../test/job-writer.ts";
import { JobScanner } from "./job-scan.ts";
import { stepsOfApi } from "./steps-of-api.ts";
import { stepsOfLog } from "./steps-of-log.ts";

const output = fc.array(
  fc.constantFrom(
    "ok",
    "##[group]Run tests",
    "##[endgroup]",
    "##[warning]deprecated",
    "##[error]Process completed with exit code 1.",
    "##[command]/usr/bin/git version",
  ),
  { maxLength: 4 },
);
const takes = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 }));
const base = {
  output,
  takes,
  hasPost: fc.boolean(),
  node20: fc.boolean(),
  unexpectedInput: fc.boolean(),
  env: fc.boolean(),
};
const simple = fc.record({
  ...base,
  kind: fc.constantFrom("script" as const, "action" as const, "docker" as const),
  hasPre: fc.boolean(),
});
const inside: fc.Arbitrary<InnerPlan> = fc.oneof(
  fc.record({ ...base, kind: fc.constant("script" as const), hasPost: fc.constant(false) }),
  fc.record({ ...base, kind: fc.constant("action" as const) }),
);
const composite = fc.record({
  ...base,
  kind: fc.constantFrom("composite" as const, "local" as const),
  output: fc.constant([]),
  hasPost: fc.constant(false),
  images: fc.boolean(),
  inside: fc.array(inside, { minLength: 1, maxLength: 4 }),
});
const others = fc.record({
  kind: fc.constantFrom(
    "missing" as const,
    "invalid" as const,
    "skipped" as const,
    "background" as const,
    "wait" as const,
  ),
  env: fc.boolean(),
  output: fc.constant([]),
  takes: fc.constant(0),
});
const plan: fc.Arbitrary<StepPlan> = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 2, arbitrary: composite },
  { weight: 2, arbitrary: others },
);
const job: fc.Arbitrary<JobPlan> = fc.record(
  {
    steps: fc.array(plan, { minLength: 1, maxLength: 8 }),
    marks: fc.boolean(),
    debug: fc.boolean(),
    outputs: fc.boolean(),
    hooks: fc.boolean(),
    containers: fc.constantFrom("docker" as const, "hooks" as const),
    snapshot: fc.boolean(),
    windows: fc.boolean(),
    pause: fc.integer({ min: 5, max: 400 }),
  },
  { requiredKeys: ["steps"] },
);

function scan(log: string) {
  const scanner = new JobScanner();
  scanner.add(new TextEncoder().encode(log));
  return scanner.end();
}

describe("any job that the runner can run", () => {
  test("with the API's steps, every step starts where it wrote its first line", () => {
    fc.assert(
      fc.property(job, (made) => {
        const { log, steps } = writeJob(made);
        const starts = stepsOfApi(scan(log), steps).map((start) => start?.line);
        expect(starts).toEqual(steps.map(({ line }) => line));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  test("without the API, where composite actions are marked, all steps that wrote a header are found", () => {
    fc.assert(
      fc.property(job, (made) => {
        const steps = made.steps.filter(({ kind }) => kind !== "invalid" && kind !== "skipped");
        const written = writeJob({ ...made, steps, marks: true, debug: false, snapshot: false });
        const found = stepsOfLog(scan(written.log).markers).map(({ marker }) => marker.line);
        expect(found).toEqual(written.steps.map(({ line }) => line));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  test("a scan in two blocks finds what a scan in one does", () => {
    fc.assert(
      fc.property(job, fc.nat(40), (made, cut) => {
        const { log } = writeJob(made);
        const lines = log.split(/(?<=\n)/);
        const scanner = new JobScanner();
        for (const part of [lines.slice(0, cut), lines.slice(cut)])
          scanner.add(new TextEncoder().encode(part.join("")));
        expect(scanner.end().markers).toEqual(scan(log).markers);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
