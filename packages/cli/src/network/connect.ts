import { type Client, createClient, type RetryEvent } from "@workflow-runs/core";
import type { Context } from "../context.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import type { Target } from "../target/target.ts";
import { findToken, type FoundToken } from "../target/token.ts";
import { connectionProblem, isCertificateProblem } from "./connection-problem.ts";
import { duration } from "../terminal/duration.ts";
import { plainLine } from "../terminal/plain.ts";
import { packageVersion } from "../version.ts";

/** A client for the target's API, which tells the person at the terminal what it waits for. */
export function connect(session: Session, target: Target): Client {
  const { context } = session;
  let token: Promise<FoundToken | undefined> | undefined;
  let reason: string | undefined;
  return createClient({
    auth: async () => {
      token ??= findToken(context, target);
      const found = await token;
      session.hasToken = found !== undefined;
      session.tokenSource = found?.source;
      return found?.token;
    },
    baseUrl: target.baseUrl,
    fetch: async (input, init) => {
      const response = await context.fetch(input, init);
      session.hasRead ||= response.ok;
      return response;
    },
    rateLimit: {
      onLimit: ({ wait }) => tell(context, `GitHub's rate limit: going on in ${duration(wait)}.`),
    },
    retry: {
      onRetry: (retry) => {
        if (isBadPort(retry.error)) {
          throw new UsageError(
            `The API's URL ${JSON.stringify(target.baseUrl)} has a port that fetch never connects to ("bad port"); serve the API on another.`,
          );
        }
        if (isCertificateProblem(retry.error)) throw retry.error as Error;
        const before = reason;
        reason = retryReason(retry, target);
        // What is said once need not be said at each try.
        if (reason !== before)
          tell(context, `${reason}; trying again in ${duration(Math.max(1_000, retry.delay))}.`);
      },
    },
    userAgent: `workflow-runs-cli/${packageVersion}`,
  });
}

function retryReason({ status, error }: RetryEvent, { baseUrl }: Target): string {
  if (status !== undefined) return `GitHub responded with ${status}`;
  // Why is said when it was tried for the last time.
  return connectionProblem(error) === undefined
    ? String(error?.message)
    : `No connection to ${new URL(baseUrl).origin}`;
}

/** Whether fetch refused the port before anything was sent: https://fetch.spec.whatwg.org/#port-blocking. */
function isBadPort(error: unknown): boolean {
  return error instanceof Error && (error.message === "bad port" || isBadPort(error.cause));
}

/** Tells why nothing happens; where nobody listens it does not matter. */
function tell({ stderr }: Context, text: string): void {
  stderr.write(`${plainLine(text)}\n`).catch(() => {});
}
