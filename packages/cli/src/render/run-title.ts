import type { WorkflowRun } from "@workflow-runs/core";
import { plain } from "../terminal/plain.ts";

/**
 * The title GitHub shows for a run: `display_title`; older servers have none, and show the first line of the
 * commit's message.
 */
export function runTitle(run: WorkflowRun): string {
  const { display_title: title, head_commit: commit, name } = run as Partial<WorkflowRun>;
  return plain(title || commit?.message.split("\n")[0] || name || `run ${run.id}`);
}

/** Title, branch and actor: enough to see whose run it is. */
export function runLabel(run: WorkflowRun): string {
  const facts = [
    run.head_branch === null ? "no branch" : plain(run.head_branch),
    run.actor ? `by ${plain(run.actor.login)}` : "",
  ];
  return `${runTitle(run)} (${facts.filter(Boolean).join(", ")})`;
}
