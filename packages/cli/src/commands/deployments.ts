import { printJson, printLines } from "../print.ts";
import { deploymentLines } from "../render/deployments-table.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { openRun } from "./open-run.ts";
import { viewOf } from "./view-of.ts";

/** `deployments`: what a run waits for before it deploys, and who has reviewed. */
export const deployments: CommandFactory = (command, session) =>
  withExamples(command, [
    ["deployments", "of the run of HEAD"],
    ["deployments 42 --jq '.pending_deployments[].environment.name'", "the names alone"],
  ])
    .argument("[run]", runDescription)
    .action(async (text: string | undefined, _flags: object, command) => {
      const { signal } = session.context;
      const { github, run, params, options, colors } = await openRun(session, command, text);
      const pending = await github.getPendingDeploymentsForRun(params, { signal });
      const reviews = await github.getReviewsForRun(params, { signal });
      if (options.json) {
        return printJson(session, { run_id: run.id, pending_deployments: pending, reviews });
      }
      return printLines(session, deploymentLines(run, pending, reviews, viewOf(session, colors)));
    });
