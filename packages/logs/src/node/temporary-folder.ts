import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ParameterError } from "@workflow-runs/core/support";

/** A folder that becomes the real one when all is written, or is gone. */
export interface TemporaryFolder {
  /** Where to write. */
  readonly path: string;
  /** Makes it the real folder, in one step. */
  keep(): Promise<void>;
  /** Removes it. */
  discard(): Promise<void>;
}

/**
 * Makes a temporary folder beside the real one. Should the process end before `keep` or `discard`, by Ctrl-C too,
 * it is removed on the way out.
 *
 * @throws {ParameterError} when the real folder exists and is not empty
 */
export async function temporaryFolder(
  target: string,
  process: NodeJS.Process = globalThis.process,
): Promise<TemporaryFolder> {
  const real = resolve(target);
  const inside = await readdir(real).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (inside && inside.length > 0)
    throw new ParameterError(
      `folder: ${target} is not empty. Logs are written into a folder of their own: name one that is not there yet, or empty it.`,
      { parameter: "folder" },
    );
  await mkdir(dirname(real), { recursive: true });
  const path = await mkdtemp(join(dirname(real), `.${basename(real)}-`));
  const watch = removeOnExit(path, process);
  return {
    path,
    async keep() {
      if (inside) await rmdir(real);
      await rename(path, real);
      watch.stop();
    },
    async discard() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      watch.stop();
    },
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function removeOnExit(path: string, process: NodeJS.Process): { stop: () => void } {
  const remove = () => rmSync(path, { recursive: true, force: true });
  const onSignal = (signal: NodeJS.Signals) => {
    // With listeners of its own, the program decides whether it ends; "exit" follows if it does.
    if (process.listenerCount(signal) > 1) return;
    remove();
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off("exit", remove);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.on("exit", remove);
  for (const signal of signals) process.on(signal, onSignal);
  return { stop };
}
