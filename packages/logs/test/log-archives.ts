import { createCipheriv } from "node:crypto";
import type { Job } from "@workflow-runs/core";
import { type WrittenEntry, writeZip } from "./zip-writer.ts";

/** A time in a log, so many seconds after the start of 2026. */
export function stamp(seconds: number): string {
  const [whole, part] = [Math.floor(seconds), Math.round((seconds % 1) * 1e7)];
  const time = new Date(Date.UTC(2026, 0, 1) + whole * 1000).toISOString().slice(0, 19);
  return `${time}.${String(part).padStart(7, "0")}Z`;
}

/** Lines with times, a second apart. */
export function timed(lines: readonly string[], from = 0): string {
  return lines.map((line, index) => `${stamp(from + index)} ${line}\n`).join("");
}

/** A job's log with three steps: Set up job, the command, Complete job. */
export function jobText(
  name: string,
  { runner = "GitHub Actions 7", command = "npm test", output = ["ok"], from = 0 } = {},
): string {
  return timed(
    [
      "Current runner version: '2.331.0'",
      `Runner name: '${runner}'`,
      `Complete job name: ${name}`,
      `##[group]Run ${command}`,
      `\u001b[36;1m${command}\u001b[0m`,
      "shell: /usr/bin/bash -e {0}",
      "##[endgroup]",
      ...output,
      "Cleaning up orphan processes",
    ],
    from,
  );
}

/** What the API says of a job with those three steps. */
export function apiJob(id: number, name: string, more: Partial<Job> = {}): Partial<Job> {
  const conclusion = more.conclusion ?? "success";
  const time = { started_at: stamp(0), completed_at: stamp(60) };
  return {
    id,
    name,
    status: "completed",
    conclusion,
    runner_name: "GitHub Actions 7",
    run_attempt: 1,
    ...time,
    steps: [
      { number: 1, name: "Set up job", status: "completed", conclusion: "success" },
      { number: 2, name: "Test", status: "completed", conclusion },
      { number: 3, name: "Complete job", status: "completed", conclusion: "success" },
    ],
    ...more,
  };
}

/** Today's layout without step files: one log for each job. */
export function archiveOf(jobs: Record<string, string>): Uint8Array {
  return writeZip(
    Object.entries(jobs).map(([name, content], index) => ({
      name: `${index}_${name}.txt`,
      content,
    })),
  );
}

// The key stream of a cipher looks random, and is the same each time.
const generator = createCipheriv("aes-128-ctr", new Uint8Array(16), new Uint8Array(16));

/** Text that cannot be packed, in lines; another one at each call. */
export function noise(size: number): string {
  return generator
    .update(new Uint8Array(Math.ceil((size * 3) / 4)))
    .toString("base64")
    .replaceAll(/.{1,100}/g, `${stamp(4)} $&\n`);
}

/** Today's layout with step files: a job's whole log, and a file for each step. */
export function withStepFiles(name: string, steps: readonly [string, string][]): WrittenEntry[] {
  return [
    { name: `0_${name}.txt`, content: steps.map(([, text]) => text).join("") },
    ...steps.map(([step, content], index) => ({
      name: `${name}/${index + 1}_${step}.txt`,
      content,
    })),
  ];
}
