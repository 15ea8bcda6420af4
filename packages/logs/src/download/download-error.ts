import { WorkflowRunsError } from "@workflow-runs/core/support";

/**
 * The download broke off, and could not be taken up again. Its `name` is `NetworkError`, as that of core's error for
 * the same: errors of these packages are distinguished by name.
 */
export class DownloadError extends WorkflowRunsError {
  /** Bytes that had come. */
  readonly received: number;

  override readonly name: string = "NetworkError";

  constructor(message: string, received: number, options?: ErrorOptions) {
    super(message, options);
    this.received = received;
  }
}
