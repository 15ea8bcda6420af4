import { once } from "node:events";
import type { WriteStream } from "node:tty";
import type { Choice, Context, Output } from "./context.ts";
import { signalHandlers } from "./interruptible.ts";
import { Interrupted, OutputClosed } from "./stop-reasons.ts";

/** Milliseconds a command has for its cleaning up after Ctrl-C, before the process ends anyhow. */
const grace = 2_000;

/**
 * The context of this process. Ctrl-C and SIGTERM abort its signal, so that a command can clean up; the process ends
 * two seconds later whatever the command does, and at once on a second signal.
 */
export function nodeContext(): Context {
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    const handler = (): void => {
      const end = (): never => process.exit(name === "SIGINT" ? 130 : 143);
      if (signal.aborted) end();
      setTimeout(end, grace).unref();
      stop.abort(new Interrupted(name));
    };
    process.on(name, handler);
    signalHandlers.set(name, handler);
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      stop.abort(error.code === "EPIPE" ? new OutputClosed() : error);
    });
  }
  let nodeFetch: typeof globalThis.fetch | undefined;
  const hasPerson = process.stdin.isTTY && process.stderr.isTTY;
  return {
    stdout: output(process.stdout, signal),
    // What is said at the end, after Ctrl-C too, still has to be written.
    stderr: output(process.stderr),
    env: process.env,
    // What only some calls need is loaded by them: the help is not to wait for it.
    fetch: async (input, init) => {
      const { createNodeFetch } = await import("./network/node-fetch.ts");
      nodeFetch ??= createNodeFetch(process.env);
      return nodeFetch(input, init);
    },
    now: Date.now,
    sleep: async (ms, signal) => {
      const { sleep } = await import("@workflow-runs/core/support");
      return sleep(ms, signal);
    },
    signal,
    platform: process.platform,
    run: async (command, args) => {
      const { execFile } = await import("node:child_process");
      return new Promise((resolve) => {
        execFile(command, args, { signal, timeout: 10_000 }, (error, stdout) =>
          resolve(error === null ? stdout : undefined),
        );
      });
    },
    ask: hasPerson ? async (question) => ask(question, signal) : undefined,
    choose: hasPerson ? async (question, choices) => choose(question, choices, signal) : undefined,
    openPage: async (url) => {
      const { default: open } = await import("open");
      const child = await open(url);
      child.unref();
    },
  };
}

function output(stream: WriteStream, signal?: AbortSignal): Output {
  return {
    async write(text) {
      signal?.throwIfAborted();
      if (!stream.write(text)) await once(stream, "drain", signal && { signal });
    },
    isTTY: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    get rows() {
      return stream.isTTY ? stream.rows : undefined;
    },
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal is raw here, so Ctrl-C is a key and no signal.
  terminal.on("SIGINT", () => process.emit("SIGINT"));
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}

async function choose<Value>(
  question: string,
  choices: readonly Choice<Value>[],
  signal: AbortSignal,
): Promise<Value> {
  const { isCancel, select } = await import("@clack/prompts");
  const chosen = await select({
    message: question,
    // What is chosen is a position, because the library treats simple and other values differently.
    options: choices.map(({ label, hint }, value) => ({ value, label, ...(hint && { hint }) })),
    input: process.stdin,
    output: process.stderr,
    signal,
  });
  const choice = isCancel(chosen) ? undefined : choices[chosen];
  if (choice !== undefined) return choice.value;
  signal.throwIfAborted();
  throw new Interrupted("SIGINT");
}
