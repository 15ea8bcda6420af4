import { ExitCode } from "./exit-code.ts";
import { stoppedWatch } from "./render/stopped-watch.ts";
import { plainLine } from "./terminal/text-width.ts";
import { Interrupted, OutputClosed, UsageError } from "./stop-reasons.ts";

/** What the user is told about an error, and what the process exits with. */
export interface Failure {
  /** Empty when there is nothing to say. */
  message: string;
  exitCode: ExitCode;
}

const EXIT_CODES: Readonly<Record<string, ExitCode>> = {
  AuthenticationError: ExitCode.authentication,
  NotFoundError: ExitCode.notFound,
  GoneError: ExitCode.notFound,
  NoRunError: ExitCode.notFound,
  NoLogsError: ExitCode.notFound,
  RateLimitError: ExitCode.rateLimit,
  WaitTimeoutError: ExitCode.timeout,
  ParameterError: ExitCode.usage,
};

/**
 * Turns what a command threw into a message and an exit code.
 *
 * @param hasToken Whether a token was sent; decides about the hint. Undefined: none was looked for.
 */
export function describeFailure(error: unknown, hasToken: boolean | undefined): Failure {
  if (error instanceof OutputClosed) return { message: "", exitCode: ExitCode.ok };
  if (error instanceof Interrupted) {
    return {
      message: "",
      exitCode: error.signalName === "SIGINT" ? ExitCode.interrupted : ExitCode.terminated,
    };
  }
  if (error instanceof UsageError) return { message: error.message, exitCode: ExitCode.usage };
  if (!(error instanceof Error)) return { message: String(error), exitCode: ExitCode.error };
  const exitCode = EXIT_CODES[error.name] ?? ExitCode.error;
  const lines = [...message(error).split("\n"), hint(error, hasToken)].filter(Boolean);
  // A server's words may be in it, whichever server that is.
  return { message: lines.map((line) => plainLine(line)).join("\n"), exitCode };
}

/** The message with the messages of its causes, which say why there was no network. */
function message(error: Error): string {
  const messages = [stoppedWatch(error) ?? error.message];
  let { cause } = error;
  while (cause instanceof Error) {
    if (cause.message !== "" && !messages.some((text) => text.includes((cause as Error).message))) {
      messages.push(cause.message);
    }
    cause = cause.cause;
  }
  return messages.join(": ");
}

function hint(error: Error, hasToken: boolean | undefined): string {
  if (hasToken !== false) return "";
  const needed = ["AuthenticationError", "NotFoundError", "RateLimitError"].includes(error.name);
  return needed
    ? "No token was sent. Set GITHUB_TOKEN or GH_TOKEN, or log in with `gh auth login`."
    : "";
}
