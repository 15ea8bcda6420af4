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

/**
 * Notes that one job's log cannot be read, so that it does not hide the others', and sets the exit code. What stops
 * all of them is thrown on.
 */
export async function noteJobError(
  session: Session,
  { id, name }: { readonly id: number | undefined; readonly name: string },
  error: unknown,
): Promise<void> {
  if (session.context.signal.aborted) throw error;
  const { describeFailure } = await import("../failure.ts");
  const { message, exitCode } = describeFailure(error, session);
  if (forAll.has(exitCode)) throw error;
  const job = `Job${id === undefined ? "" : ` ${id}`}, ${plainLine(name)}`;
  await note(session, `${job}: its log cannot be read: ${message}`);
  if (session.exitCode === ExitCode.ok) session.exitCode = exitCode;
}
