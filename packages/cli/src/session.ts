import type { Client } from "@workflow-runs/core";
import type { Command } from "commander";
import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import { type FollowUp, followUpTo } from "./follow-up.ts";
import { compileJq, type Jq } from "./json/jq.ts";
import { UsageError } from "./stop-reasons.ts";
import type { RepositoryName } from "./target/repository-name.ts";
import { findTarget, type Target } from "./target/target.ts";
import { type Colors, createColors, wantsColor } from "./terminal/colors.ts";

/** The options that every command takes. */
export interface GlobalOptions {
  repo?: string;
  /** Whether standard output is JSON: `--json`, or `--jq`. */
  json: boolean;
  apiUrl?: string;
  /** False with `--no-color`. */
  color: boolean;
}

/** How far a command got before it failed. */
export interface Reached {
  /** Whether a token was found; undefined until one was looked for. */
  hasToken: boolean | undefined;
  /** Where it was found. */
  tokenSource: string | undefined;
  /** Whether GitHub has let it read anything of the repository. */
  hasRead: boolean;
  /** Undefined until the repository is known. */
  target: Target | undefined;
  /** The command to use next, with the options that lead here; undefined until the repository is known. */
  followUp: FollowUp | undefined;
  /** The id of the run that RUN means; undefined until it is known. */
  run_id: number | undefined;
}

/** One call of the command: the context, and what follows from its options. */
export interface Session extends Reached {
  context: Context;
  /** What the process will exit with, unless something is thrown. */
  exitCode: ExitCode;
  /** Runs another command, as the demo does. */
  readonly main: Main;
  /** What of a JSON result is printed. */
  json: { fields: readonly string[]; jq: Jq | undefined };
}

/** Runs a command with arguments, and resolves to its exit code. */
export type Main = (args: readonly string[], context: Context) => Promise<ExitCode>;

/** What a command works with, once its options are known. */
export interface OpenTarget extends Target {
  github: Client;
  options: GlobalOptions;
  /** For standard output. */
  colors: Colors;
  /** The command to use next, with the options that lead it here. */
  followUp: FollowUp;
}

/** A new session, exit code 0 so far. */
export function createSession(context: Context, main: Main): Session {
  return {
    context,
    exitCode: ExitCode.ok,
    hasToken: undefined,
    hasRead: false,
    target: undefined,
    followUp: undefined,
    run_id: undefined,
    tokenSource: undefined,
    main,
    json: { fields: [], jq: undefined },
  };
}

interface RawOptions extends Omit<GlobalOptions, "json"> {
  debug?: boolean;
  /** The value of `--json`: names, or an empty text for all. */
  json?: string | true;
  jq?: string;
}

/**
 * Reads what the options say about JSON and about telling each request, before the command does anything.
 *
 * @throws {UsageError} for a jq program that does not compile
 */
export async function readGlobalOptions(session: Session, command: Command): Promise<void> {
  const { json = "", jq, debug } = command.optsWithGlobals<RawOptions>();
  const fields = json === true || json === "" ? [] : json.split(",");
  session.json = { fields, jq: jq === undefined ? undefined : await compileJq(jq) };
  if (debug) {
    const { debugFetch } = await import("./network/debug-fetch.ts");
    session.context = { ...session.context, fetch: debugFetch(session.context) };
  }
}

/** The options that every command takes, as the user gave them. */
export function globalOptions(command: Command): GlobalOptions {
  const { json, jq, debug: _, ...options } = command.optsWithGlobals<RawOptions>();
  return { ...options, json: json !== undefined || jq !== undefined };
}

/** The colours of standard output, as the options and the terminal want them. */
export function outputColors(
  { context }: Session,
  { color }: Pick<GlobalOptions, "color">,
): Colors {
  return createColors(color && wantsColor(context.env, context.stdout.isTTY));
}

/**
 * Finds the repository, and makes a client for it.
 *
 * @param repository From a run's URL; goes before the git remote.
 * @throws {UsageError} when `-R` names another repository than the URL
 */
export async function openTarget(
  session: Session,
  command: Command,
  repository?: RepositoryName,
): Promise<OpenTarget> {
  const { context } = session;
  const options = globalOptions(command);
  const fromUrl = repository && `${repository.host}/${repository.owner}/${repository.repo}`;
  const { repo = fromUrl, apiUrl, color } = options;
  const found = await findTarget(context, { repo, apiUrl });
  const target = repo === options.repo ? found : { ...found, source: "RUN" };
  const name = `${target.host}/${target.owner}/${target.repo}`;
  if (fromUrl !== undefined && name.toLowerCase() !== fromUrl.toLowerCase()) {
    throw new UsageError(`RUN is a run of ${fromUrl}, but -R says ${name}; leave -R out.`);
  }
  session.target = target;
  session.followUp = followUpTo({ repo, apiUrl, color });
  const { connect } = await import("./network/connect.ts");
  return {
    ...target,
    github: connect(session, target),
    options,
    colors: outputColors(session, options),
    followUp: session.followUp,
  };
}
