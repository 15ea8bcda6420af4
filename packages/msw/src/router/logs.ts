import { logUrl } from "../archives/log-url.ts";
import type { Reply } from "../responses/reply.ts";
import type { RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findJob, findRun, notFound, refuse, stateOf } from "./found.ts";
import { findAttempt } from "./reading.ts";

/** `actions/download-workflow-run-logs` */
export function downloadWorkflowRunLogs(call: RepositoryRequest): Reply {
  const run = findRun(call);
  return run === undefined ? notFound(call) : archive(call, run, run.attempts.length);
}

/** `actions/download-workflow-run-attempt-logs` */
export function downloadWorkflowRunAttemptLogs(call: RepositoryRequest): Reply {
  const found = findAttempt(call);
  return found === undefined ? notFound(call) : archive(call, found.run, found.attempt);
}

function archive(call: RepositoryRequest, run: RunRecord, attempt: number): Reply {
  const state = stateOf(call, run, attempt);
  // GitHub has no archive before the run is over, nor after somebody deleted it.
  if (state.status !== "completed" || run.logs.deleted || state.jobs.length === 0)
    return notFound(call);
  return expired(call, run) ?? redirect(call, `runs/${run.id}/attempts/${attempt}/run-logs.zip`);
}

/**
 * `actions/download-job-logs-for-workflow-run`: a finished job's, even while the run goes on. A job that
 * has no log (yet) is redirected too, to a 404 of the storage.
 */
export function downloadJobLogsForWorkflowRun(call: RepositoryRequest): Reply {
  const found = findJob(call);
  if (found === undefined) return notFound(call);
  const { run, attempt, job } = found;
  if (run.logs.deleted) return notFound(call);
  return (
    expired(call, run) ??
    redirect(call, `runs/${run.id}/attempts/${attempt}/jobs/${job.id}/job-logs.txt`)
  );
}

function expired(call: RepositoryRequest, run: RunRecord): Reply | undefined {
  return run.logs.expiresAt !== undefined && run.logs.expiresAt <= call.now
    ? refuse(call, {
        status: 410,
        message: "The logs for this run have expired and are no longer available.",
      })
    : undefined;
}

function redirect(call: RepositoryRequest, path: string): Reply {
  return {
    status: 302,
    headers: {
      location: logUrl(call.urls.logs, path, call.now),
      "content-type": "text/html;charset=utf-8",
    },
  };
}
