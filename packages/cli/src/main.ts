import { CommanderError } from "commander";
import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import { describeFailure } from "./failure.ts";
import { createProgram } from "./program.ts";
import { createSession } from "./session.ts";
import { createColors, wantsColor } from "./terminal/colors.ts";

/**
 * Runs the command `workflow-runs` with these arguments, and resolves to its exit code. It never throws, and
 * touches nothing but what the context gives it.
 */
export async function main(args: readonly string[], context: Context): Promise<ExitCode> {
  const session = createSession(context, main);
  const texts = { out: "", err: "" };
  const program = createProgram(session, {
    out: (text) => (texts.out += text),
    err: (text) => (texts.err += text),
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      await context.stdout.write(texts.out);
      await context.stderr.write(texts.err);
      return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    }
    const reason: unknown = context.signal.aborted ? context.signal.reason : error;
    const { message, exitCode } = describeFailure(reason, session);
    if (message !== "") {
      const colors = createColors(
        !args.includes("--no-color") && wantsColor(context.env, context.stderr.isTTY),
      );
      await context.stderr.write(`${colors.red("error:")} ${message}\n`);
    }
    return exitCode;
  }
}
