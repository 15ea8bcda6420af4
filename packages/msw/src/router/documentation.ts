import type { OperationName } from "../rules/operation-name.ts";

const runs = "https://docs.github.com/rest/actions/workflow-runs";
const jobs = "https://docs.github.com/rest/actions/workflow-jobs";

/** The page that an operation's errors point to in `documentation_url`. */
export const documentation: Record<OperationName, string> = {
  approveWorkflowRun: `${runs}#approve-a-workflow-run-for-a-fork-pull-request`,
  cancelWorkflowRun: `${runs}#cancel-a-workflow-run`,
  deleteWorkflowRun: `${runs}#delete-a-workflow-run`,
  deleteWorkflowRunLogs: `${runs}#delete-workflow-run-logs`,
  downloadJobLogsForWorkflowRun: `${jobs}#download-job-logs-for-a-workflow-run`,
  downloadWorkflowRunAttemptLogs: `${runs}#download-workflow-run-attempt-logs`,
  downloadWorkflowRunLogs: `${runs}#download-workflow-run-logs`,
  forceCancelWorkflowRun: `${runs}#force-cancel-a-workflow-run`,
  getJobForWorkflowRun: `${jobs}#get-a-job-for-a-workflow-run`,
  getPendingDeploymentsForRun: `${runs}#get-pending-deployments-for-a-workflow-run`,
  getReviewsForRun: `${runs}#get-the-review-history-for-a-workflow-run`,
  getWorkflowRun: `${runs}#get-a-workflow-run`,
  getWorkflowRunAttempt: `${runs}#get-a-workflow-run-attempt`,
  getWorkflowRunUsage: `${runs}#get-workflow-run-usage`,
  listJobsForWorkflowRun: `${jobs}#list-jobs-for-a-workflow-run`,
  listJobsForWorkflowRunAttempt: `${jobs}#list-jobs-for-a-workflow-run-attempt`,
  listWorkflowRuns: `${runs}#list-workflow-runs-for-a-workflow`,
  listWorkflowRunsForRepo: `${runs}#list-workflow-runs-for-a-repository`,
  reRunJobForWorkflowRun: `${runs}#re-run-a-job-from-a-workflow-run`,
  reRunWorkflow: `${runs}#re-run-a-workflow`,
  reRunWorkflowFailedJobs: `${runs}#re-run-failed-jobs-from-a-workflow-run`,
  reviewCustomGatesForRun: `${runs}#review-custom-deployment-protection-rules-for-a-workflow-run`,
  reviewPendingDeploymentsForRun: `${runs}#review-pending-deployments-for-a-workflow-run`,
};
