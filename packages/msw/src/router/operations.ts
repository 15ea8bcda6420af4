import {
  approveWorkflowRun,
  cancelWorkflowRun,
  deleteWorkflowRun,
  deleteWorkflowRunLogs,
  forceCancelWorkflowRun,
  reRunJobForWorkflowRun,
  reRunWorkflow,
  reRunWorkflowFailedJobs,
} from "./changing.ts";
import type { Reply } from "../responses/reply.ts";
import type { RepositoryRequest } from "./context.ts";
import type { OperationName } from "../rules/operation-name.ts";
import {
  downloadJobLogsForWorkflowRun,
  downloadWorkflowRunAttemptLogs,
  downloadWorkflowRunLogs,
} from "./logs.ts";
import {
  getJobForWorkflowRun,
  getWorkflowRun,
  getWorkflowRunAttempt,
  getWorkflowRunUsage,
  listJobsForWorkflowRun,
  listJobsForWorkflowRunAttempt,
  listWorkflowRuns,
  listWorkflowRunsForRepo,
} from "./reading.ts";
import {
  getPendingDeploymentsForRun,
  getReviewsForRun,
  reviewCustomGatesForRun,
  reviewPendingDeploymentsForRun,
} from "./reviewing.ts";
import { createWorkflowDispatch, getWorkflow, listRepoWorkflows } from "./workflows.ts";

/** How each operation of the description behaves; `routes.test.ts` names those that are missing. */
export const behaviour: Partial<Record<OperationName, (call: RepositoryRequest) => Reply>> = {
  approveWorkflowRun,
  cancelWorkflowRun,
  createWorkflowDispatch,
  deleteWorkflowRun,
  deleteWorkflowRunLogs,
  downloadJobLogsForWorkflowRun,
  downloadWorkflowRunAttemptLogs,
  downloadWorkflowRunLogs,
  forceCancelWorkflowRun,
  getJobForWorkflowRun,
  getPendingDeploymentsForRun,
  getReviewsForRun,
  getWorkflow,
  getWorkflowRun,
  getWorkflowRunAttempt,
  getWorkflowRunUsage,
  listJobsForWorkflowRun,
  listJobsForWorkflowRunAttempt,
  listRepoWorkflows,
  listWorkflowRuns,
  listWorkflowRunsForRepo,
  reRunJobForWorkflowRun,
  reRunWorkflow,
  reRunWorkflowFailedJobs,
  reviewCustomGatesForRun,
  reviewPendingDeploymentsForRun,
};
