import { AuthenticationError, ParameterError } from "@workflow-runs/core";

/** Whether an error stays, however often it is tried: a repository that is gone, a token without rights, a mistake of ours. */
export function isPermanent(error: unknown): boolean {
  const { status } = Object(error) as { status?: number };
  return (
    // Also of the request for an App's installation, whose errors are Octokit's.
    [401, 404, 410].some((permanent) => permanent === status) ||
    [AuthenticationError, ParameterError, RangeError, ReferenceError, SyntaxError].some(
      (kind) => error instanceof kind,
    )
  );
}

/** How long to wait after so many outages in a row, in milliseconds: doubled each time, an hour at most. */
export function waitAfter(outages: number, first: number): number {
  return Math.min(3_600_000, first * 2 ** Math.min(outages - 1, 20));
}
