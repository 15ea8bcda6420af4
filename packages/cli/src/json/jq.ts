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
  const run = (value: unknown, query: string): string => {
    const { stdout, stderr, exitCode } = jq.raw(value as object, query, ["-r", "-c"]);
    if (exitCode !== 0) throw new UsageError(`--jq: ${stderr.trim().replace(/^jq: /, "")}`);
    return stdout;
  };
  run(null, `if true then empty else (${program}\n) end`);
  return (value) => run(value, program);
}
