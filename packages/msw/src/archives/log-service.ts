import { readArtifactId } from "../rules/artifact-ids.ts";
import { runState } from "../rules/run-state.ts";
import type { Store } from "../state/store.ts";
import { archiveEntries, logStyle } from "./archive.ts";
import { artifactArchive } from "./artifact-archive.ts";
import { hasLog, jobLog } from "./job-log.ts";
import { readLogUrl, type LogTarget } from "./log-url.ts";
import { zip } from "./zip.ts";

/** The bytes behind a signed URL, and what they are. */
export interface LogFile {
  contentType: string;
  bytes: () => AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** What the log service gives, before any Range. */
export type StoredResponse = LogFile | { status: number; code: string; message: string };

/**
 * The storage service that GitHub redirects log downloads to. It takes the URL's signature and
 * nothing else: a request with a token is refused, as Azure does.
 */
export function storedResponse(
  store: Store,
  { url: href, method }: Pick<Request, "url" | "method">,
  authorized: boolean,
  now: number,
): StoredResponse {
  if (authorized) {
    return {
      status: 400,
      code: "InvalidAuthenticationInfo",
      message:
        "Authentication information is not given in the correct format. Check the value of Authorization header.",
    };
  }
  const target = readLogUrl(new URL(href), now);
  if (target === "unknown") return missing;
  if (target === "forged" || target === "expired") {
    return {
      status: 403,
      code: "AuthenticationFailed",
      message:
        target === "expired"
          ? "Signature not valid in the specified time frame: ask GitHub for the logs again."
          : "Signature did not match.",
    };
  }
  if (method !== "GET" && method !== "HEAD") return readOnly;
  const file =
    "artifactId" in target ? artifactFile(store, target.artifactId) : logFile(store, target, now);
  return file ?? missing;
}

/** The signature is good for reading alone. */
const readOnly = {
  status: 403,
  code: "AuthorizationPermissionMismatch",
  message: "This request is not authorized to perform this operation using this permission.",
};

const missing = {
  status: 404,
  code: "BlobNotFound",
  message: "The specified blob does not exist.",
};

function artifactFile(store: Store, id: number): LogFile | undefined {
  const { firstJobId, index } = readArtifactId(id);
  const artifact = store.runOfJob(firstJobId)?.artifacts[index];
  if (artifact === undefined || artifact.deleted) return undefined;
  return { contentType: "application/zip", bytes: () => artifactArchive(artifact) };
}

function logFile(store: Store, target: LogTarget, now: number): LogFile | undefined {
  const run = store.run(target.runId);
  const repository = store.repositories().find(({ id }) => id === run?.repositoryId);
  if (run === undefined || repository === undefined || run.logs.deleted) return undefined;
  const { jobs } = runState(run, target.attempt, repository.environments, now);
  if (target.jobId === undefined) {
    return {
      contentType: "application/zip",
      bytes: () => zip(archiveEntries(run, target.attempt, jobs, repository)),
    };
  }
  const job = jobs.find(({ id }) => id === target.jobId);
  if (job === undefined || job.completedAt > now || !hasLog(job)) return undefined;
  return {
    contentType: "text/plain; charset=utf-8",
    async *bytes() {
      yield* jobLog(job, run, logStyle(run.logs.layout, job)) as Iterable<Uint8Array<ArrayBuffer>>;
    },
  };
}
