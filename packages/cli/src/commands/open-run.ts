import type { WorkflowRun } from "@workflow-runs/core";
import type { Command } from "commander";
import { ExitCode } from "../exit-code.ts";
import { note } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { openTarget, type Session, type OpenTarget } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { resolveRun } from "../target/resolve-run.ts";
import { parseRunArgument, type RunArgument } from "../target/run-argument.ts";

/** A run, and where it is. */
export interface OpenRun extends OpenTarget {
  run: WorkflowRun;
  /** The path parameters of the run's operations. */
  params: { owner: string; repo: string; run_id: number };
  argument: RunArgument;
  /** The attempt that RUN's URL names. */
  attempt_number: number | undefined;
  /** The job that RUN's URL names. */
  job_id: number | undefined;
}

/**
 * Finds the repository, makes a client, and gets the run that RUN means.
 *
 * @param changes Whether the command changes the run.
 */
export async function openRun(
  session: Session,
  command: Command,
  text: string | undefined,
  { changes = false }: { changes?: boolean } = {},
): Promise<OpenRun> {
  const argument = parseRunArgument(text);
  const repository = "repository" in argument ? argument.repository : undefined;
  const target = await openTarget(session, command, repository);
  const { github, owner, repo, host } = target;
  const search = { github, owner, repo, host, context: session.context, changes };
  const run = await resolveRun(search, argument);
  session.run_id = run.id;
  return {
    ...target,
    run,
    params: { owner, repo, run_id: run.id },
    argument,
    attempt_number: argument.kind === "id" ? argument.attempt_number : undefined,
    job_id: "job_id" in argument ? argument.job_id : undefined,
  };
}

/**
 * Whether the run may be changed: its id was typed, `--yes` was, or the person at the terminal says so.
 *
 * @param change What is done with it, as `Cancel {}` or `Delete the logs of {}`, where `{}` stands for the run.
 * @throws {UsageError} where there is no terminal to ask at
 */
export async function mayChange(
  session: Session,
  { run, argument }: Pick<OpenRun, "run" | "argument">,
  change: string,
  yes: boolean,
): Promise<boolean> {
  if (yes || argument.kind === "id" || argument.kind === "job") return true;
  const { ask } = session.context;
  const what = change.replace("{}", () => `run ${run.id}, ${runLabel(run)}`);
  if (ask === undefined) {
    throw new UsageError(`${what}? Nobody is there to ask; give --yes, or the run's id.`);
  }
  const reply = await ask(`${what}? [y/N] `);
  if (/^y(es)?$/i.test(reply.trim())) return true;
  session.exitCode = ExitCode.error;
  await note(session, "Nothing was changed.");
  return false;
}

/** A run that is known already, as if its id had been typed. */
export function knownRun(target: OpenTarget, run: WorkflowRun): OpenRun {
  return {
    ...target,
    run,
    params: { owner: target.owner, repo: target.repo, run_id: run.id },
    argument: { kind: "id", run_id: run.id },
    attempt_number: undefined,
    job_id: undefined,
  };
}
