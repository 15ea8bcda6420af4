import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { timed } from "../log-archives.ts";
import { writeZip } from "../zip-writer.ts";
import { type FailingStep, failingSteps } from "./cases.ts";

/** A failing step and what GitHub's runner wrote of it. */
export interface RecordedStep extends FailingStep {
  /** Its lines, with markers and colours, without times. */
  readonly lines: readonly string[];
}

/** The failing steps: the recorded ones, and the ones whose output is written in their case. */
export function recordedSteps(): RecordedStep[] {
  const steps: RecordedStep[] = [];
  for (const step of failingSteps) {
    const file = join(import.meta.dirname, "logs", `${step.name}.log`);
    if (step.output !== undefined) steps.push({ ...step, lines: asStep(step.output) });
    else if (existsSync(file))
      steps.push({ ...step, lines: readFileSync(file, "utf8").trimEnd().split("\n") });
  }
  return steps;
}

function asStep(output: string): string[] {
  return [
    "##[group]Run ./run.sh",
    "\u001b[36;1m./run.sh\u001b[0m",
    "shell: /usr/bin/bash -e {0}",
    "##[endgroup]",
    ...output.split("\n"),
    "##[error]Process completed with exit code 1.",
  ];
}

/** An archive as GitHub makes it, with a job for each step. */
export function archiveOfSteps(steps: readonly RecordedStep[]): Uint8Array {
  return writeZip(
    steps.map(({ name, lines }, index) => ({
      name: `${index}_${name}.txt`,
      content: timed([
        "Current runner version: '2.331.0'",
        "Runner name: 'GitHub Actions 7'",
        `Complete job name: ${name}`,
        ...lines,
        "Cleaning up orphan processes",
      ]),
    })),
  );
}
