import { Command } from "commander";
import { approve } from "./commands/approve.ts";
import { cancel } from "./commands/cancel.ts";
import type { CommandFactory } from "./commands/command.ts";
import { remove } from "./commands/delete.ts";
import { demo } from "./commands/demo.ts";
import { deployments } from "./commands/deployments.ts";
import { list } from "./commands/list.ts";
import { logs } from "./commands/logs.ts";
import { mock } from "./commands/mock.ts";
import { rerun } from "./commands/rerun.ts";
import { stats } from "./commands/stats.ts";
import { usage } from "./commands/usage.ts";
import { view } from "./commands/view.ts";
import { watch } from "./commands/watch.ts";
import type { Session } from "./session.ts";
import { VERSION } from "./version.ts";

const COMMANDS: readonly CommandFactory[] = [
  list,
  view,
  logs,
  watch,
  rerun,
  cancel,
  approve,
  deployments,
  remove,
  usage,
  stats,
  mock,
  demo,
];

/** The command line: every command, with what it prints handed to `write` instead of the process. */
export function createProgram(
  session: Session,
  write: { out: (text: string) => void; err: (text: string) => void },
): Command {
  const { stdout, stderr } = session.context;
  const program = new Command("workflow-runs")
    .description("GitHub Actions workflow runs in a terminal.")
    .version(VERSION)
    .option("-R, --repo <owner/name>", "the repository (default: that of the git remote)")
    .option("--json", "print JSON instead of text")
    .option("--api-url <url>", "root of GitHub's API, such as https://HOST/api/v3")
    .option("--no-color", "no colours (as with NO_COLOR)")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: write.out,
      writeErr: write.err,
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError("(--help shows the options)")
    .addHelpText("after", "\n`workflow-runs demo` needs no token and no network.");
  for (const create of COMMANDS) {
    const command = create(session);
    command.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}
