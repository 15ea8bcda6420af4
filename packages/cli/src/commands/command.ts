import { Command } from "commander";
import type { Session } from "../session.ts";

/** Makes one subcommand for a session. */
export type CommandFactory = (session: Session) => Command;

/** The argument RUN of the commands that change nothing. */
export const RUN_OR_LATEST = "a run's id or URL, `latest`, or `failed` (the latest that failed)";

/** The argument RUN of the commands that change something. */
export const RUN_TO_CHANGE = "the run's id or URL, or `failed` (the latest that failed)";

/** A subcommand with a name and a one-line summary. */
export function subcommand(name: string, summary: string): Command {
  return new Command(name).summary(summary).description(`${summary}.`);
}
