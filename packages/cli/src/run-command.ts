import { CommanderError } from "commander";
import { separateFields } from "./json/fields-argument.ts";
import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import { createSession, type Main } from "./session.ts";
import { createColors, wantsColor } from "./terminal/colors.ts";
import { inLocale } from "./terminal/locale.ts";

/** Parses the arguments, runs the command they name, and tells why it failed. */
export async function runCommand(
  args: readonly string[],
  outer: Context,
  main: Main,
): Promise<ExitCode> {
  const context = inLocale(withoutDrawing(outer));
  const session = createSession(context, main);
  const texts = { out: "", err: "" };
  try {
    const program = await createProgram(session, args, {
      out: (text) => (texts.out += text),
      err: (text) => (texts.err += text),
    });
    await program.parseAsync(separateFields(args), { from: "user" });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      await context.stdout.write(texts.out);
      await context.stderr.write(await withSuggestion(texts.err));
      return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    }
    const reason: unknown = context.signal.aborted ? context.signal.reason : error;
    const { describeFailure } = await import("./failure.ts");
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

/** Offers the nearest of an option's words, where the library that reads the options only lists them. */
async function withSuggestion(text: string): Promise<string> {
  const [line, typed, words] =
    /(?:argument|value) '(.*)' is invalid.*\. Allowed choices are (.*)\.\n/.exec(text) ?? [];
  if (line === undefined || typed === undefined || words === undefined) return text;
  const { didYouMean } = await import("./did-you-mean.ts");
  return text.replace(line, () =>
    [line.trimEnd(), ...didYouMean(typed, words.split(", ")), ""].join("\n"),
  );
}

/** A terminal that cannot draw (`TERM=dumb`) gets lines only. */
function withoutDrawing(context: Context): Context {
  if (context.env["TERM"] !== "dumb") return context;
  return { ...context, stderr: { ...context.stderr, isTTY: false }, choose: undefined };
}
