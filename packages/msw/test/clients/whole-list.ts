import type { RecordedRequest } from "../../src/index.ts";

type Requests = readonly RecordedRequest[];

/** Whether one of the requests was to an operation and answered so. */
function asked(requests: Requests, operation: string, status: number): boolean {
  return requests.some((one) => one.operation === operation && one.status === status);
}

const lists = new Set(["listWorkflowRunsForRepo", "listWorkflowRuns"]);
const filters = ["actor", "branch", "created", "event", "head_sha", "status"];

/** What a client's scenario consists of, told from what the fake was asked. */
const parts: Readonly<Record<string, (requests: Requests) => boolean>> = {
  list: (requests) => asked(requests, "listWorkflowRunsForRepo", 200),
  filter: (requests) =>
    requests.some(
      ({ operation = "", query }) =>
        lists.has(operation) && filters.some((name) => query[name] !== undefined),
    ),
  page: (requests) =>
    requests.some(
      ({ operation = "", query, status }) =>
        lists.has(operation) && Number(query["page"]) > 1 && status === 200,
    ),
  view: (requests) =>
    asked(requests, "getWorkflowRun", 200) && asked(requests, "listJobsForWorkflowRun", 200),
  watch: (requests) => {
    const views = requests.filter(({ operation }) => operation === "getWorkflowRun");
    return views.some(
      ({ path }) => views.filter((one) => one.path["run_id"] === path["run_id"]).length > 2,
    );
  },
  dispatch: (requests) =>
    asked(requests, "createWorkflowDispatch", 204) ||
    asked(requests, "createWorkflowDispatch", 200),
  "re-run": (requests) =>
    asked(requests, "reRunWorkflow", 201) || asked(requests, "reRunWorkflowFailedJobs", 201),
  cancel: (requests) => asked(requests, "cancelWorkflowRun", 202),
  approve: (requests) => asked(requests, "approveWorkflowRun", 201),
  "pending deployments": (requests) => asked(requests, "getPendingDeploymentsForRun", 200),
  "review of deployments": (requests) => asked(requests, "reviewPendingDeploymentsForRun", 200),
  artifacts: (requests) => asked(requests, "listWorkflowRunArtifacts", 200),
  "download of an artifact": (requests) => asked(requests, "downloadArtifact", 302),
  logs: (requests) => asked(requests, "downloadWorkflowRunLogs", 302),
  delete: (requests) => asked(requests, "deleteWorkflowRun", 204),
};

/** What of the list a client did not do, or was refused. */
export function leftOut(requests: Requests): string[] {
  return Object.entries(parts).flatMap(([name, done]) => (done(requests) ? [] : [name]));
}

/** What a client was refused although GitHub would not have. */
export function refused(requests: Requests): string[] {
  return requests
    .filter(({ status }) => status === 404 || status === 501)
    .map(({ method, url, status }) => `${method} ${url} ${status}`);
}
