export { abortable, orAbort, type Sleep, sleep } from "./abort.ts";
export {
  type JobsClient,
  type JobsOf,
  type JobsPageResponse,
  listAllJobs,
  readJobsPages,
} from "./list-all-jobs.ts";
export {
  checkClient,
  checkOptions,
  checkValue,
  invalidValue,
  kinds,
  oneOf,
  type OptionKind,
  unknownOption,
} from "./options.ts";
export { servedAt } from "../transport/http-time.ts";
export { ParameterError, WorkflowRunsError } from "./workflow-runs-error.ts";
