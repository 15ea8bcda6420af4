import type { Client } from "@workflow-runs/core";
import type { Command } from "commander";
import { connect } from "./connect.ts";
import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import type { Reached } from "./failure.ts";
import { type FollowUp, followUpTo } from "./follow-up.ts";
import { UsageError } from "./stop-reasons.ts";
import type { RepositoryName } from "./target/repository-name.ts";
import { findTarget, type Target } from "./target/target.ts";
import { type Colors, createColors, wantsColor } from "./terminal/colors.ts";

/** The options that every command takes. */
export interface GlobalOptions {
  repo?: string;
  json?: boolean;
  apiUrl?: string;
  /** False with `--no-color`. */
  color: boolean;
}

/** One call of the command: the context, and what follows from its options. */
export interface Session extends Reached {
  readonly context: Context;
  /** What the process will exit with, unless something is thrown. */
  exitCode: ExitCode;
  /** Runs another command, as the demo does. */
  readonly main: Main;
}

/** Runs a command with arguments, and resolves to its exit code. */
export type Main = (args: readonly string[], context: Context) => Promise<ExitCode>;

/** What a command works with, once its options are known. */
export interface Workplace extends Target {
  github: Client;
  options: GlobalOptions;
  /** For standard output. */
  colors: Colors;
  /** The command to use next, with the options that lead it here. */
  followUp: FollowUp;
}

/** A new session, exit code 0 so far. */
export function createSession(context: Context, main: Main): Session {
  return { context, exitCode: ExitCode.ok, hasToken: undefined, hasRead: false, main };
}

/** The colours of standard output, as the options and the terminal want them. */
export function outputColors({ context }: Session, { color }: GlobalOptions): Colors {
  return createColors(color && wantsColor(context.env, context.stdout.isTTY));
}

/**
 * Finds the repository, and makes a client for it.
 *
 * @param repository From a run's URL; goes before the git remote.
 * @throws {UsageError} when `-R` names another repository than the URL
 */
export async function openWorkplace(
  session: Session,
  command: Command,
  repository?: RepositoryName,
): Promise<Workplace> {
  const { context } = session;
  const options = command.optsWithGlobals<GlobalOptions>();
  const fromUrl = repository && `${repository.host}/${repository.owner}/${repository.repo}`;
  const { repo = fromUrl, apiUrl, color } = options;
  const target = await findTarget(context, { repo, apiUrl });
  const found = `${target.host}/${target.owner}/${target.repo}`;
  if (fromUrl !== undefined && found.toLowerCase() !== fromUrl.toLowerCase()) {
    throw new UsageError(`RUN is a run of ${fromUrl}, but -R says ${found}; leave -R out.`);
  }
  return {
    ...target,
    github: connect(session, target),
    options,
    colors: outputColors(session, options),
    followUp: followUpTo({ repo, apiUrl, color }),
  };
}
