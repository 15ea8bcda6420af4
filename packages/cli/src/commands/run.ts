import { dispatchAndWait } from "@workflow-runs/watch";
import { note, printJson, printSentence } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { openTarget, type OpenTarget, type Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { findWorkflow, withWorkflow } from "../target/find-workflow.ts";
import { headOf } from "../target/git-head.ts";
import { type CommandFactory, withExamples } from "./command.ts";
import { knownRun } from "./open-run.ts";
import { milliseconds, workflowInput } from "./option-values.ts";
import { rawGet } from "./raw-get.ts";
import { watchAttempt } from "./watch.ts";

interface Options {
  ref?: string;
  field?: Readonly<Record<string, string>>;
  wait?: boolean;
  timeout?: number;
  marker?: string;
}

/** `run`: start a workflow that has the trigger `workflow_dispatch`. */
export const run: CommandFactory = (command, session) =>
  withExamples(command, [
    ["run deploy.yml -f environment=staging --wait", "start it, and watch the run"],
    ["run Nightly -r v2 --jq .run_id", "the id of the run it started"],
  ])
    .argument("<workflow>", "its file (deploy.yml), name or id")
    .option(
      "-r, --ref <branch or tag>",
      "where (default: the current branch, else the default branch)",
    )
    .option("-f, --field <key=value>", "an input; may be repeated", workflowInput)
    .option("--wait", "watch the run to its end; exit code 3 when it does not succeed")
    .option("-t, --timeout <duration>", "with --wait: give up after 90s, 10m, 1h30m", milliseconds)
    .option(
      "--marker <input>",
      "for servers before GHES 3.21: an input that the workflow shows in its run-name, by which the run is found",
    )
    .action(async (text: string, flags: Options, command) => {
      const { field = {}, marker, timeout } = flags;
      if (timeout !== undefined && !flags.wait) throw new UsageError("--timeout needs --wait.");
      const target = await openTarget(session, command);
      const { github, owner, repo, options, followUp } = target;
      const { signal, now, sleep } = session.context;
      const ref = flags.ref ?? (await currentBranch(session, target));
      const workflow_id = await findWorkflow(github, target, text, signal);
      const { run: started } = await withWorkflow(github, target, workflow_id, signal, async () =>
        dispatchAndWait(
          github,
          { owner, repo, workflow_id, ref, inputs: { ...field } },
          // Found is enough here: `watch` shows the rest.
          { signal, now, sleep, until: () => true, whenBlocked: "wait", marker },
        ),
      );
      const said = `Started run ${started.id}, ${runLabel(started)}.`;
      if (flags.wait) {
        await note(session, said);
        return watchAttempt(session, knownRun(target, started), 1, {
          ...(timeout !== undefined && { timeout }),
        });
      }
      if (options.json) {
        return printJson(session, { run_id: started.id, html_url: started.html_url, ref });
      }
      return printSentence(session, said, `Follow it: ${followUp(`watch ${started.id}`)}`);
    });

/** The branch that is checked out here, else the repository's default branch. */
async function currentBranch(session: Session, target: OpenTarget): Promise<string> {
  const head = await headOf(session.context, target);
  return head?.branch ?? (await defaultBranch(target, session.context.signal));
}

/**
 * The repository's default branch.
 *
 * @throws {UsageError} when GitHub does not tell
 */
export async function defaultBranch(target: OpenTarget, signal: AbortSignal): Promise<string> {
  const repository = await rawGet(target, "", signal);
  const { default_branch: branch } = Object(repository) as { default_branch?: unknown };
  if (typeof branch === "string") return branch;
  throw new UsageError("GitHub does not tell the default branch; give a branch.");
}
