import type { Command } from "commander";
import type { Session } from "../session.ts";

/** Gives a command its arguments, options, examples and action. */
export type CommandFactory = (command: Command, session: Session) => void;

/** The argument RUN. */
export const runDescription =
  "a run's id or URL, a job's URL, a commit, `latest`, or `failed`; default: the newest run of HEAD, else of the current branch";

const more = "https://github.com/workflow-runs/workflow-runs/tree/main/packages/cli#";

/** Ends a command's help with examples, and says where its exit codes and environment are described. */
export function withExamples(
  command: Command,
  examples: readonly (readonly [string, string])[],
): Command {
  const width = Math.max(...examples.map(([example]) => example.length));
  const lines = examples.map(
    ([example, about]) => `  workflow-runs ${example.padEnd(width)}  # ${about}`,
  );
  return command.addHelpText(
    "after",
    `\nExamples:\n${lines.join("\n")}\n\nExit codes: ${more}exit-codes\nEnvironment: ${more}environment`,
  );
}
