import { execFile } from "node:child_process";

/** What a finished command printed. */
export interface Finished {
  status: number;
  output: string;
}

/** Runs a command to its end; a non-zero status is a result, not an error. */
export function run(file: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    // What is printed is compared, so it is printed without colours.
    const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" };
    execFile(file, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return reject(error);
      resolve({ status: (error?.code as number | undefined) ?? 0, output: stdout + stderr });
    });
  });
}

/** Runs a command that must succeed, and gives what it printed. */
export async function succeed(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { status, output } = await run(file, args, cwd);
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${status}:\n${output}`);
  return output;
}
