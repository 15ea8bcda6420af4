/** One thing we say of ourselves, measured in this run against a limit. */
export interface Claim {
  /** What is measured, e.g. `per-call overhead over raw fetch, 30-run page`. */
  what: string;
  /** The measured value, usually ours divided by the rival's. */
  value: number;
  /** Unit shown after the value; default `×`. */
  unit?: string;
  /** The claim holds when the value is at most this. */
  atMost?: number;
  /** The claim holds when the value is at least this. */
  atLeast?: number;
}

/** Prints one claim as a line, and makes the process exit with 1 when it does not hold. */
export function claim({ what, value, unit = "×", atMost, atLeast }: Claim): void {
  const holds = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
  if (!holds) process.exitCode = 1;
  const limit = [
    atMost === undefined ? [] : [`≤ ${atMost}`],
    atLeast === undefined ? [] : [`≥ ${atLeast}`],
  ].flat();
  console.log(
    `${holds ? "holds" : "FAILS"}  ${what}: ${round(value)} ${unit} (claimed ${limit.join(", ")})`,
  );
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
