import { interruptible } from "../interruptible.ts";
import { UsageError } from "../stop-reasons.ts";

/** What jq makes of a JSON value: its lines, strings without quotes. */
export type Jq = (value: unknown) => string;

/**
 * Compiles a jq program.
 *
 * @throws {UsageError} when jq does not understand it, before anything is sent
 * @see https://jqlang.org/manual/
 */
export async function compileJq(program: string): Promise<Jq> {
  const { loadJq } = await import("jq-wasm");
  const jq = await loadJq();
  const run = (value: unknown, query: string) =>
    interruptible(() => jq.raw(value as object, query, ["-r", "-c"]));
  // Compiled without being run. Where that fails, jq's words are to be about the program alone.
  if (run(null, `if true then empty else (${program}\n) end`).exitCode === compileError) {
    const { exitCode, stderr } = run(null, program);
    if (exitCode === compileError) throw jqError(program, stderr);
  }
  return (value) => {
    const { stdout, stderr, exitCode } = run(value, program);
    if (exitCode !== 0) throw jqError(program, stderr);
    return stdout;
  };
}

/** jq's exit code for a program that does not compile. */
const compileError = 3;

/** What jq says is wrong with the program, without its own name and that of the file it believes to read. */
function jqError(program: string, stderr: string): UsageError {
  const [first = ""] = stderr.trim().split("\n");
  const reason = first
    .replace(/^jq: /, "")
    .replace(/^error(?: \(at [^)]*\))?: /, "")
    .replace(/ at <[\w-]+>, line 1, column (\d+):?$/, ", at column $1")
    .replace(/ at <[\w-]+>, line (\d+), column (\d+):?$/, ", at line $1, column $2")
    .replace(/\.$/, "");
  return new UsageError(`--jq '${program}': ${reason}.`);
}
