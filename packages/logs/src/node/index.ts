export { openRunLogs } from "./open-run-logs.ts";
