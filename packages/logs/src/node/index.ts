export { openJobLog } from "./open-job-log.ts";
export { openRunLogs } from "./open-run-logs.ts";
export { type ExtractedFile, extractRunLogs, type ExtractOptions } from "./extract-run-logs.ts";
