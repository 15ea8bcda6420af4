import { Command } from "commander";
import { commands } from "./commands/registry.ts";
import { globalFlags, rootHelp } from "./render/root-help.ts";
import { readGlobalOptions, type Session } from "./session.ts";
import { packageVersion } from "./version.ts";

/** The options of every command that take a value. */
const withValue = new Set(["-R", "--repo", "-q", "--jq", "--api-url"]);

/**
 * The command line. Only the command that the arguments name is loaded; of the others the help needs no more than a
 * line. What commander prints is handed to `write` instead of the process.
 */
export async function createProgram(
  session: Session,
  args: readonly string[],
  write: { out: (text: string) => void; err: (text: string) => void },
): Promise<Command> {
  const { stdout, stderr } = session.context;
  const program = new Command("workflow-runs")
    .description("GitHub Actions workflow runs in a terminal.")
    .version(packageVersion)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: write.out,
      writeErr: write.err,
      getOutHelpWidth: () => stdout.columns || 80,
      getErrHelpWidth: () => stderr.columns || 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError("(--help shows the options)");
  for (const [flags, about] of Object.values(globalFlags)) program.option(flags, about);
  program.helpInformation = () => rootHelp(commands, stdout.columns || 80);
  program.hook("preAction", async (_program, command) => readGlobalOptions(session, command));
  const named = namedCommands(args);
  for (const { name, alias, summary, hidden = false, load } of commands) {
    const command = new Command(name).summary(summary).description(`${summary}.`);
    if (alias !== undefined) command.alias(alias);
    command.copyInheritedSettings(program);
    if (named.has(name) || (alias !== undefined && named.has(alias))) {
      const define = await load();
      define(command, session);
    }
    program.addCommand(command, { hidden });
  }
  return program;
}

/** The command that the arguments name; after `help` also the next word. */
function namedCommands(args: readonly string[]): ReadonlySet<string> {
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (withValue.has(arg)) at += 1;
    else if (!arg.startsWith("-")) words.push(arg);
  }
  return new Set(words.slice(0, words[0] === "help" ? 2 : 1));
}
