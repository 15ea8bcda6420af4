import type { Client } from "@workflow-runs/core";
import { explain, openRunLogs } from "@workflow-runs/logs";
import { dispatchAndWait, waitForRuns, type WaitOptions } from "@workflow-runs/watch";

/**
 * Releases a commit: waits until all that runs for it has passed, starts the release workflow, approves its staging
 * deployment, and says why when it fails.
 */
export async function release(
  github: Client,
  where: { owner: string; repo: string },
  { head_sha, version }: { head_sha: string; version: string },
  { timeout = 3_600_000, now, sleep }: Pick<WaitOptions, "timeout" | "now" | "sleep"> = {},
): Promise<string> {
  const waiting = { timeout, now, sleep };
  const checks = await waitForRuns(github, { ...where, head_sha }, waiting);
  if (checks.conclusion !== "success") {
    const failed = checks.runs.filter(({ conclusion }) => conclusion === "failure");
    return `not released: ${failed.map(({ name }) => name).join(", ")} failed`;
  }
  const { run } = await dispatchAndWait(
    github,
    { ...where, workflow_id: "release.yml", ref: "main", inputs: { version } },
    {
      ...waiting,
      onBlocked: (_, { approve }) => approve({ environments: ["staging"], comment: version }),
    },
  );
  if (run.conclusion === "success") return `released ${version}: ${run.html_url}`;
  const logs = await openRunLogs(github, { ...where, run_id: run.id });
  const { text } = await explain(logs, { maxChars: 2_000 });
  return `the release failed: ${run.html_url}\n${text}`;
}
