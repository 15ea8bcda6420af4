import { NetworkError } from "../errors/errors.ts";
import { WorkflowRunsError } from "../support/workflow-runs-error.ts";
import type { PlainRequest } from "./request.ts";

/** What to throw for what `fetch` threw: an abort's reason as it is, an error of ours too, else a {@link NetworkError}. */
export function networkError(
  { method, url, signal }: Pick<PlainRequest, "method" | "url" | "signal">,
  error: unknown,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof WorkflowRunsError) return error;
  const { message, cause } = Object(error) as Error & { cause?: Error & { code?: string } };
  // Node says "fetch failed", and keeps why in the cause.
  const reason = [message, cause?.message || cause?.code].filter(Boolean).join(": ");
  return new NetworkError(`${method} ${url}: ${reason}`, { cause: error });
}
