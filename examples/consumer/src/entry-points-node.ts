// Every entry point that is made for Node; only its types are of interest.
import * as cli from "@workflow-runs/cli";
import * as codegen from "@workflow-runs/codegen";
import * as logs from "@workflow-runs/logs/node";
import * as msw from "@workflow-runs/msw/node";

export const entryPoints = { cli, codegen, logs, msw };
