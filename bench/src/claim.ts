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

/** A claim as one run measured it, a line of the file that `BENCH_RESULTS` names. */
export interface Measured extends Claim {
  topic: string;
}

/** With it, nothing is judged: the run proves only that the benchmark runs. */
const smoke = process.env["BENCH_SMOKE"] === "1";

/** Prints one claim as a line, and makes the process exit with 1 when it does not hold. */
export function claim(made: Claim): void {
  const { what, value, unit = "×" } = made;
  const kept = holds(made, value);
  if (!kept && !smoke) process.exitCode = 1;
  const verb = kept ? "holds" : "FAILS";
  console.log(`${verb}  ${what}: ${round(value)} ${unit} (claimed ${limitOf(made)})`);
  const { BENCH_RESULTS: file, BENCH_TOPIC: topic = "" } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...made, topic })}\n`);
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

/** A value with three digits that say something. */
export function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
