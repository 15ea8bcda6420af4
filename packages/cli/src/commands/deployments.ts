import { printJson, printLines } from "../print.ts";
import { deploymentLines } from "../render/deployments-table.ts";
import { type CommandFactory, RUN_OR_LATEST, subcommand } from "./command.ts";
import { openRun } from "./open-run.ts";
import { viewOf } from "./view-of.ts";

/** `deployments`: what a run waits for before it deploys, and who has reviewed. */
export const deployments: CommandFactory = (session) =>
  subcommand("deployments", "Show the deployments a run waits for, and the reviews so far")
    .argument("[run]", RUN_OR_LATEST, "latest")
    .action(async (text: string, _flags: object, command) => {
      const { signal } = session.context;
      const { github, run, params, options, colors } = await openRun(session, command, text);
      const pending = await github.getPendingDeploymentsForRun(params, { signal });
      const reviews = await github.getReviewsForRun(params, { signal });
      if (options.json) {
        return printJson(session, { run_id: run.id, pending_deployments: pending, reviews });
      }
      return printLines(session, deploymentLines(run, pending, reviews, viewOf(session, colors)));
    });
