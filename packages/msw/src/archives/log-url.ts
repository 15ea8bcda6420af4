import { seededHex } from "../rules/seeded.ts";

/** GitHub's signed URLs are good for one minute. */
export const logUrlLifetime = 60_000;

/** A signed URL on the log service. */
export function logUrl(origin: string, path: string, now: number): string {
  const expires = new Date(now + logUrlLifetime).toISOString();
  const url = new URL(`${origin}/actions-results/${path}`);
  url.searchParams.set("se", expires);
  url.searchParams.set("sig", signature(path, expires));
  url.searchParams.set("sp", "r");
  return url.href;
}

/** What a signed URL leads to: the logs of a run or of a job, or an artifact. */
export type StoredTarget = LogTarget | { artifactId: number };

/** The logs of a run, or of a job. */
export interface LogTarget {
  runId: number;
  attempt: number;
  jobId?: number;
}

/** Reads a signed URL: what it leads to, or why it is refused. */
export function readLogUrl(url: URL, now: number): StoredTarget | "unknown" | "forged" | "expired" {
  const match =
    /\/actions-results\/(artifacts\/(?<artifact>\d+)\/artifact\.zip|runs\/(?<run>\d+)\/attempts\/(?<attempt>\d+)\/(?:run-logs\.zip|jobs\/(?<job>\d+)\/job-logs\.txt))$/.exec(
      url.pathname,
    );
  if (match === null) return "unknown";
  const expires = url.searchParams.get("se") ?? "";
  if (url.searchParams.get("sig") !== signature(match[1] as string, expires)) return "forged";
  if (Date.parse(expires) <= now) return "expired";
  const { artifact, run, attempt, job } = match.groups ?? {};
  if (artifact !== undefined) return { artifactId: Number(artifact) };
  return {
    runId: Number(run),
    attempt: Number(attempt),
    ...(job === undefined ? {} : { jobId: Number(job) }),
  };
}

function signature(path: string, expires: string): string {
  return seededHex(40, "signed", path, expires);
}
