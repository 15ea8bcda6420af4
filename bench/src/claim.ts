import { appendFileSync } from "node:fs";

/** One thing we say of ourselves, measured in this run against a limit. */
export interface Claim {
  /** What is measured, and the rival: `per-call overhead over raw fetch, 30-run page`. */
  what: string;
  /** The measured value, usually ours divided by the rival's. */
  value: number;
  /** Unit shown after the value. @default "×" */
  unit?: string;
  /** The claim holds when the value is at most this. */
  atMost?: number;
  /** The claim holds when the value is at least this. */
  atLeast?: number;
}

/** What one contender of a contest needed or reached; each contest becomes a table and a chart. */
export interface Measurement {
  /** What all contenders did: `a single run (10 kB), CPU time`. */
  contest: string;
  /** Who did it: `@octokit/core`. */
  contender: string;
  value: number;
  /** Unit shown after the value: `µs`. */
  unit: string;
}

/** A line of the file that `BENCH_RESULTS` names. */
export type Result = { topic: string } & (
  | { claim: Claim; measurement?: never }
  | { measurement: Measurement; claim?: never }
);

/** With it, nothing is judged: the run proves only that the benchmark runs. */
const smoke = process.env["BENCH_SMOKE"] === "1";

/** How often to repeat what is measured: `count`, or `least` where the run proves only that the benchmark runs. */
export function rounds(count: number, least = 1): number {
  return smoke ? least : count;
}

/** Prints one claim as a line, and makes the process exit with 1 when it does not hold. */
export function claim(made: Claim): void {
  const { what, value, unit = "×" } = made;
  const kept = holds(made, value);
  if (!kept && !smoke) process.exitCode = 1;
  const verb = kept ? "holds" : "FAILS";
  console.log(`${verb}  ${what}: ${round(value)} ${unit} (claimed ${limitOf(made)})`);
  record({ claim: made });
}

/** Prints what one contender needed as a line. */
export function measured(measurement: Measurement): void {
  const { contest, contender, value, unit } = measurement;
  console.log(`       ${contest}: ${contender} ${round(value)} ${unit}`);
  record({ measurement });
}

function record(result: { claim: Claim } | { measurement: Measurement }): void {
  const { BENCH_RESULTS: file, BENCH_TOPIC: topic = "" } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ topic, ...result })}\n`);
}

/** Whether a value keeps the claim. */
export function holds({ atMost = Infinity, atLeast = -Infinity }: Claim, value: number): boolean {
  return value <= atMost && value >= atLeast;
}

/** The limit in words: `≤ 1.15`. */
export function limitOf({ atMost, atLeast }: Claim): string {
  return [
    atMost === undefined ? [] : [`≤ ${atMost}`],
    atLeast === undefined ? [] : [`≥ ${atLeast}`],
  ]
    .flat()
    .join(", ");
}

/** A value with three digits that say something; what was counted is whole. */
export function round(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
