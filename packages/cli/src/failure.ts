import { TimeoutError } from "@workflow-runs/core";
import { ExitCode } from "./exit-code.ts";
import { stoppedWatch } from "./render/stopped-watch.ts";
import { duration } from "./terminal/duration.ts";
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

/** How far a command got before it failed. */
export interface Reached {
  /** Whether a token was found; undefined until one was looked for. */
  hasToken: boolean | undefined;
  /** Whether GitHub has let it read anything of the repository. */
  hasRead: boolean;
}

/**
 * Turns what a command threw into a message and an exit code.
 *
 * @param reached Decides about the hint on a token.
 */
export function describeFailure(error: unknown, reached: Reached): Failure {
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
  const lines = [...message(error).split("\n"), hint(error, reached)].filter(Boolean);
  // A server's words may be in it, whichever server that is.
  return { message: lines.map((line) => plainLine(line)).join("\n"), exitCode };
}

/** The message with the messages of its causes, which say why there was no network. */
function message(error: Error): string {
  const messages = [stoppedWatch(error) ?? noAnswer(error) ?? error.message];
  let { cause } = error;
  while (cause instanceof Error) {
    if (cause.message !== "" && !messages.some((text) => text.includes((cause as Error).message))) {
      messages.push(cause.message);
    }
    cause = cause.cause;
  }
  return messages.join(": ");
}

/** The library's words name an option of its own. */
function noAnswer(error: Error): string | undefined {
  return error instanceof TimeoutError
    ? `GitHub gave no answer within ${duration(error.timeout)}. Is https://www.githubstatus.com well?`
    : undefined;
}

function hint(error: Error, { hasToken, hasRead }: Reached): string {
  if (hasToken !== false) return "";
  const how = "set GITHUB_TOKEN or GH_TOKEN, or log in with `gh auth login`.";
  switch (error.name) {
    case "AuthenticationError":
    case "RateLimitError":
      return `No token was sent: ${how}`;
    case "NotFoundError":
      // GitHub's answer is the same for what is not there and for a private repository.
      return hasRead ? "" : `No token was sent. If the repository is private, ${how}`;
    default:
      return "";
  }
}
