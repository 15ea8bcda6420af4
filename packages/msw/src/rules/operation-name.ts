import type { Operations } from "@workflow-runs/openapi-types/operations";

/** The name of one of GitHub's operations, e.g. `"getWorkflowRun"`. */
export type OperationName = keyof Operations;
