import { isoDate } from "../responses/urls.ts";
import type { Reply } from "../responses/reply.ts";
import { rerunJobs, type RerunScope } from "../rules/rerun.ts";
import { awaitsApproval } from "../rules/timeline.ts";
import type { AttemptRecord, RunRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";
import { findJob, findRun, notFound, refuse, stateOf } from "./found.ts";

/** `actions/cancel-workflow-run` */
export function cancelWorkflowRun(call: RepositoryRequest): Reply {
  return cancel(call, false);
}

/** `actions/force-cancel-workflow-run` */
export function forceCancelWorkflowRun(call: RepositoryRequest): Reply {
  return cancel(call, true);
}

function cancel(call: RepositoryRequest, forced: boolean): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const { status } = stateOf(call, run);
  if (status === "completed") {
    return refuse(call, {
      status: 409,
      message: "Cannot cancel a workflow run that is completed.",
    });
  }
  // A run that no job was ever made for stays queued for good (actions/runner#3872).
  // One that was loaded without its jobs has some all the same.
  if (run.jobs.length === 0) {
    return refuse(call, {
      status: 409,
      message: "Cannot cancel a workflow run that has not been queued yet.",
    });
  }
  const attempt = run.attempts.at(-1) as RunRecord["attempts"][number];
  attempt.cancelledAt ??= call.now;
  if (forced) {
    attempt.forced = true;
    attempt.cancelledAt = Math.min(attempt.cancelledAt, call.now);
  }
  call.store.keep(run);
  return { status: 202, body: {} };
}

/** `actions/re-run-workflow` */
export function reRunWorkflow(call: RepositoryRequest): Reply {
  const run = findRun(call);
  return run === undefined ? notFound(call) : rerun(call, run, "all");
}

/** `actions/re-run-workflow-failed-jobs` */
export function reRunWorkflowFailedJobs(call: RepositoryRequest): Reply {
  const run = findRun(call);
  return run === undefined ? notFound(call) : rerun(call, run, "failed");
}

/** `actions/re-run-job-for-workflow-run` */
export function reRunJobForWorkflowRun(call: RepositoryRequest): Reply {
  const found = findJob(call);
  if (found === undefined) return notFound(call);
  if (found.attempt !== found.run.attempts.length) {
    const message = "Only jobs from the current attempt can be re-run";
    return refuse(call, { status: 403, message });
  }
  return rerun(call, found.run, { job: found.job.plan.name });
}

function rerun(call: RepositoryRequest, run: RunRecord, scope: RerunScope): Reply {
  const decision = rerunJobs(run, stateOf(call, run), scope, call.now);
  if ("status" in decision) return refuse(call, decision);
  const debug = (call.body as { enable_debug_logging?: boolean } | null | undefined)
    ?.enable_debug_logging;
  addAttempt(call, run, { ...decision, debug: debug === true });
  return { status: 201, body: {} };
}

/** Another attempt, by the caller, from now on. */
function addAttempt(
  call: RepositoryRequest,
  run: RunRecord,
  attempt: Pick<AttemptRecord, "runs" | "debug" | "blocked">,
): void {
  run.attempts.push({
    number: run.attempts.length + 1,
    startedAt: call.now,
    triggeringActor: call.caller.login,
    reviews: [],
    ...attempt,
  });
  run.logs.deleted = false;
  call.store.keep(run);
}

/**
 * `actions/approve-workflow-run`: a fork's pull request may run, as attempt 2; the first stays
 * `action_required` without jobs.
 */
export function approveWorkflowRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  const attempt = run.attempts.at(-1) as AttemptRecord;
  if (!awaitsApproval(attempt) || attempt.blocked !== "fork") {
    return refuse(call, {
      status: 403,
      message: "This run is not from a fork pull request or queued by the Actions bot",
    });
  }
  addAttempt(call, run, { runs: "all", debug: false });
  return { status: 201, body: {} };
}

/** `actions/delete-workflow-run` */
export function deleteWorkflowRun(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  if (stateOf(call, run).status !== "completed") {
    return refuse(call, { status: 403, message: "Could not delete the workflow run" });
  }
  call.store.deleteRun(run.id);
  return { status: 204 };
}

/** `actions/delete-workflow-run-logs` */
export function deleteWorkflowRunLogs(call: RepositoryRequest): Reply {
  const run = findRun(call);
  if (run === undefined) return notFound(call);
  if (stateOf(call, run).status !== "completed") {
    return refuse(call, {
      status: 403,
      message: `Logs cannot be deleted while the run is in progress (since ${isoDate(run.createdAt)})`,
    });
  }
  run.logs.deleted = true;
  call.store.keep(run);
  return { status: 204 };
}
