import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import { packageVersion } from "./version.ts";

/**
 * Runs the command `workflow-runs` with these arguments, and resolves to its exit code. It never throws, and
 * touches nothing but what the context gives it.
 */
export async function main(args: readonly string[], context: Context): Promise<ExitCode> {
  // What a shell or an installer requests is printed before anything else is loaded.
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    await context.stdout.write(`${packageVersion}\n`);
    return ExitCode.ok;
  }
  if (args.length === 1 && (args[0] === "--help" || args[0] === "-h")) {
    const [{ commands }, { rootHelp }] = await Promise.all([
      import("./commands/registry.ts"),
      import("./render/root-help.ts"),
    ]);
    await context.stdout.write(rootHelp(commands, context.stdout.columns || 80));
    return ExitCode.ok;
  }
  const { runCommand } = await import("./run-command.ts");
  return runCommand(args, context, main);
}
