import { execFile } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { WriteStream } from "node:tty";
import type { Context, Output } from "./context.ts";
import { Interrupted, OutputClosed } from "./stop-reasons.ts";

/**
 * The context of this process. Ctrl-C and SIGTERM abort its signal, so that a command can clean up; a second
 * Ctrl-C ends the process at once.
 */
export function nodeContext(): Context {
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (signal.aborted) process.exit(name === "SIGINT" ? 130 : 143);
      stop.abort(new Interrupted(name));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      stop.abort(error.code === "EPIPE" ? new OutputClosed() : error);
    });
  }
  return {
    stdout: output(process.stdout, signal),
    // What is said at the end, after Ctrl-C too, still has to be written.
    stderr: output(process.stderr),
    env: process.env,
    fetch: (input, init) => globalThis.fetch(input, init),
    now: Date.now,
    sleep: async (ms, signal) => {
      try {
        await wait(Math.min(ms, 2 ** 31 - 1), undefined, signal && { signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
    signal,
    run: async (command, args) =>
      new Promise((resolve) => {
        execFile(command, args, { signal, timeout: 10_000 }, (error, stdout) =>
          resolve(error === null ? stdout : undefined),
        );
      }),
    ask:
      process.stdin.isTTY && process.stderr.isTTY
        ? async (question) => {
            const terminal = createInterface({ input: process.stdin, output: process.stderr });
            // The terminal is raw here, so Ctrl-C is a key and no signal.
            terminal.on("SIGINT", () => process.emit("SIGINT"));
            try {
              return await terminal.question(question, { signal });
            } finally {
              terminal.close();
            }
          }
        : undefined,
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
  };
}
