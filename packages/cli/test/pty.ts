import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** Whether this machine has util-linux's `script`, which makes the pseudo-terminals. */
export const hasScript: boolean = (() => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

export interface ProcessInit {
  /** Width of the pseudo-terminal; without it, standard output is a pipe. */
  columns?: number | undefined;
  rows?: number | undefined;
  cwd?: string | undefined;
  env?: Record<string, string>;
  /** What is typed, in order: each once the output since the last matches. `\u0003` is Ctrl-C. */
  keys?: readonly { after: RegExp; type: string }[];
  /** A signal that the process gets when something is aborted. */
  signals?: { on: AbortSignal; send: NodeJS.Signals };
}

export interface Ended {
  exitCode: number;
  /** What came, with all that draws. */
  raw: string;
  /** What stays to be read: no drawing, and nothing that was drawn over. */
  text: string;
}

/** Runs the command as a process. Ctrl-C in a pipe is a SIGINT. */
export async function runProcess(args: readonly string[], init: ProcessInit = {}): Promise<Ended> {
  const { columns, rows = 30, cwd, env, keys = [], signals } = init;
  const words = [process.execPath, bin, ...args];
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const [command = "", ...rest] =
    columns === undefined
      ? words
      : ["script", "-qec", `stty cols ${columns} rows ${rows}; exec ${line}`, "/dev/null"];
  const { PATH = "" } = process.env;
  const child = spawn(command, rest, {
    cwd,
    env: {
      PATH,
      GITHUB_TOKEN: "a-token",
      NO_COLOR: "1",
      TERM: "xterm",
      LANG: "C.UTF-8",
      SHELL: "/bin/sh",
      ...env,
    },
    stdio: [keys.length > 0 ? "pipe" : "ignore", "pipe", "inherit"],
  });
  signals?.on.addEventListener("abort", () => child.kill(signals.send));
  let raw = "";
  let from = 0;
  const left = [...keys];
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    raw += part;
    const [next] = left;
    if (next === undefined || !next.after.test(raw.slice(from))) return;
    left.shift();
    from = raw.length;
    if (columns === undefined && next.type === "\u0003") child.kill("SIGINT");
    else child.stdin?.write(next.type);
  });
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, raw, text: withoutDrawing(raw) };
}

/* oxlint-disable no-control-regex -- they are what a terminal is sent */
function withoutDrawing(raw: string): string {
  return (
    raw
      .replaceAll("\r\n", "\n")
      // A line that is drawn over and taken away is not seen.
      .replaceAll(/\r\u{1B}\[2K[^\n\r]*(?=\r)|\r\u{1B}\[2K/gu, "")
      .replaceAll(/\u{1B}\[[\d;?]*[a-zA-Z]/gu, "")
  );
}
