import { ExitCode } from "../exit-code.ts";
import { note } from "../print.ts";
import type { Session } from "../session.ts";
import { plainLine } from "../terminal/plain.ts";

/** What GitHub refuses for one job for these reasons, it refuses for all. */
const forAll: ReadonlySet<ExitCode> = new Set([
  ExitCode.authentication,
  ExitCode.rateLimit,
  ExitCode.usage,
]);

/** Notes that one job's log cannot be read, so that it does not hide the others', and sets the exit code. */
export function noteJobError(
  session: Session,
  { id, name }: { readonly id: number | undefined; readonly name: string },
  error: unknown,
): Promise<void> {
  return noteLogError(
    session,
    `Job${id === undefined ? "" : ` ${id}`}, ${plainLine(name)}: its log`,
    error,
  );
}

/**
 * Notes that a log cannot be read, so that it does not hide the others, and sets the exit code. What stops all of them is
 * thrown on.
 *
 * @param log which log it is, as the beginning of a sentence
 */
export async function noteLogError(session: Session, log: string, error: unknown): Promise<void> {
  if (session.context.signal.aborted) throw error;
  const { describeFailure } = await import("../failure.ts");
  const { message, exitCode } = describeFailure(error, session);
  if (forAll.has(exitCode)) throw error;
  await note(session, `${log} cannot be read: ${message}`);
  if (session.exitCode === ExitCode.ok) session.exitCode = exitCode;
}
