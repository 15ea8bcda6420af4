import { NetworkError } from "./errors.ts";
import { WorkflowRunsError } from "./support/workflow-runs-error.ts";
import type { Outgoing } from "./request.ts";

/** What to throw for what `fetch` threw: an abort's reason as it is, an error of ours too, else a {@link NetworkError}. */
export function networkError(
  { method, url, signal }: Outgoing,
  error: unknown,
  reason: string = (error as Error).message,
): unknown {
  if (signal?.aborted) return signal.reason;
  return error instanceof WorkflowRunsError
    ? error
    : new NetworkError(`${method} ${url}: ${reason}`, { cause: error });
}
