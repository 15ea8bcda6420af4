import type { PendingDeployment } from "@workflow-runs/core";
import { isBlocked } from "@workflow-runs/watch";
import { printJson, printSentence } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { UsageError } from "../stop-reasons.ts";
import { plain } from "../terminal/plain.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { mayChange, openRun } from "./open-run.ts";
import { collect } from "./option-values.ts";

interface Options {
  environment?: readonly string[];
  reject?: boolean;
  comment?: string;
  yes?: boolean;
}

/** `approve`: lets a run go on that waits for a person, or rejects its deployments. */
export const approve: CommandFactory = (command, session) =>
  withExamples(command, [
    ["approve 42 -e staging -m 'looks good'", "one deployment, with a comment"],
    ["approve 42 --reject", "reject what waits"],
  ])
    .argument("[run]", runDescription)
    .option(
      "-e, --environment <name>",
      "only the deployment to it; may be repeated (default: all)",
      collect,
    )
    .option("--reject", "reject the deployments instead")
    .option("-m, --comment <text>", "a comment on the review")
    .option("-y, --yes", "do not ask")
    .action(async (text: string | undefined, flags: Options, command) => {
      const { signal } = session.context;
      const target = await openRun(session, command, text, { changes: true });
      const { github, run, params, options, followUp } = target;
      const yes = flags.yes ?? false;
      // A run may have a job that waits while another one runs: the run's status does not tell.
      const pending =
        run.status === "completed"
          ? []
          : await github.getPendingDeploymentsForRun(params, { signal });
      if (pending.length === 0) {
        if (!isBlocked(run)) {
          throw new UsageError(
            `Run ${run.id} waits for nobody: it is ${run.status}${run.conclusion === null ? "" : ` (${run.conclusion})`}.`,
          );
        }
        if (flags.reject || flags.environment !== undefined) {
          throw new UsageError(
            `Run ${run.id} needs a maintainer's approval, which has no environment and cannot be rejected; cancel the run instead.`,
          );
        }
        if (!(await mayChange(session, target, "Approve {}", yes))) return;
        await github.approveWorkflowRun(params, { signal });
        if (options.json) return printJson(session, { run_id: run.id, state: "approved" });
        return printSentence(
          session,
          `Approved run ${run.id}, ${runLabel(run)}.`,
          `Follow it: ${followUp(`watch ${run.id}`)}`,
        );
      }
      const chosen = choose(pending, flags.environment, run.id);
      const state = flags.reject ? "rejected" : "approved";
      const names = chosen.map(({ name }) => plain(name)).join(", ");
      const change = `${flags.reject ? "Reject" : "Approve"} the deployment to ${names} of {}`;
      if (!(await mayChange(session, target, change, yes))) return;
      await github.reviewPendingDeploymentsForRun(
        {
          ...params,
          environment_ids: chosen.map(({ id }) => id),
          state,
          comment: flags.comment ?? "",
        },
        { signal },
      );
      const environments = chosen.map(({ name }) => name);
      if (options.json) return printJson(session, { run_id: run.id, state, environments });
      return printSentence(
        session,
        `${flags.reject ? "Rejected" : "Approved"} the deployment to ${names} in run ${run.id}, ${runLabel(run)}.`,
        ...(flags.reject ? [] : [`Follow it: ${followUp(`watch ${run.id}`)}`]),
      );
    });

/** The environments to review: those named, or all that wait. */
function choose(
  pending: readonly PendingDeployment[],
  names: readonly string[] | undefined,
  run_id: number,
): { id: number; name: string }[] {
  const all = pending.flatMap(({ environment: { id, name } }) =>
    id === undefined || name === undefined ? [] : [{ id, name }],
  );
  const known = all.map(({ name }) => name).join(", ") || "none";
  if (names === undefined) {
    if (all.length > 0) return all;
    throw new UsageError(`Run ${run_id} is waiting, but GitHub names no environment to review.`);
  }
  return names.map((name) => {
    const found = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    throw new UsageError(
      `No deployment of run ${run_id} to ${JSON.stringify(name)} waits for a review; these do: ${known}.`,
    );
  });
}
