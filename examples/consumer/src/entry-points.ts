// Every entry point that is made for any platform; only its types are of interest.
import * as core from "@workflow-runs/core";
import * as support from "@workflow-runs/core/support";
import * as logs from "@workflow-runs/logs";
import * as fake from "@workflow-runs/msw/fake";
import type { WorkflowRun } from "@workflow-runs/openapi-types";
import { operations } from "@workflow-runs/openapi-types/operations";
import * as pagination from "@workflow-runs/pagination";
import * as watch from "@workflow-runs/watch";

export const entryPoints = { core, logs, fake, operations, pagination, support, watch };
export type { WorkflowRun };
