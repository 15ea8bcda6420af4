import type { WorkflowRun } from "@workflow-runs/core";
import type { Command } from "commander";
import { openWorkplace, type Session, type Workplace } from "../session.ts";
import { resolveRun } from "../target/resolve-run.ts";
import { parseRunArgument, type RunArgument } from "../target/run-argument.ts";

/** A run, and where it is. */
export interface OpenRun extends Workplace {
  run: WorkflowRun;
  /** The path parameters of the run's operations. */
  params: { owner: string; repo: string; run_id: number };
  argument: RunArgument;
}

/** Finds the repository, makes a client, and gets the run that RUN means. */
export async function openRun(session: Session, command: Command, text: string): Promise<OpenRun> {
  const argument = parseRunArgument(text);
  const repository = argument.kind === "id" ? argument.repository : undefined;
  const workplace = await openWorkplace(session, command, repository);
  const { github, owner, repo } = workplace;
  const run = await resolveRun(github, workplace, argument, session.context.signal);
  return { ...workplace, run, params: { owner, repo, run_id: run.id }, argument };
}
