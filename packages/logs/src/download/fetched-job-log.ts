import type { Readable } from "../readable.ts";
import { archiveHost } from "./archive-host.ts";
import type { DownloadProgress } from "./collect.ts";
import type { JobLogClient, JobReference } from "./log-client.ts";
import { resumed } from "./resume.ts";

/** How a job's own log is fetched. */
export interface FetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds without a byte after which a body counts as broken off. */
  readonly idle: number;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

// A log of this length is kept, so that reading its steps one by one fetches it once.
const keptLog = 2 ** 25;

/** A job's own log, fetched when it is read first, and each time it is read when it is too long to be kept. */
export function fetchedJobLog(
  client: Pick<JobLogClient, "downloadJobLogsForWorkflowRun">,
  { owner, repo, job_id }: JobReference,
  { fetch, signal, idle, onProgress }: FetchOptions,
): Readable {
  const host = archiveHost({
    request: (headers) =>
      client.downloadJobLogsForWorkflowRun({ owner, repo, job_id }, { headers, signal }),
    fetch,
    signal,
  });
  let known: readonly Uint8Array[] | undefined;
  return async function* () {
    signal?.throwIfAborted();
    if (known) {
      yield* known;
      return;
    }
    const opened = await host.open();
    let parts: Uint8Array[] | undefined = [];
    let received = 0;
    for await (const part of resumed(host, opened, signal, idle)) {
      received += part.length;
      if (received > keptLog) parts = undefined;
      parts?.push(part);
      onProgress?.({ received, total: opened.total });
      yield part;
    }
    known = parts;
  };
}
