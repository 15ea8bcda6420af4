import type { Client } from "@workflow-runs/core";
import { explain, openRunLogs } from "@workflow-runs/logs";
import { Octokit } from "octokit";

/**
 * Says on the pull requests of a failed run why it failed, and gives their numbers. Octokit does what core has no methods
 * for; as its `fetch` is the client's, one token, one rate-limit budget and one cache serve both.
 */
export async function commentOnFailure(
  github: Client,
  { owner, repo, run_id }: { owner: string; repo: string; run_id: number },
): Promise<number[]> {
  const run = await github.getWorkflowRun({ owner, repo, run_id });
  if (run.conclusion !== "failure") return [];
  const { text } = await explain(await openRunLogs(github, { owner, repo, run_id }), {
    maxChars: 4_000,
  });

  const octokit = new Octokit({
    // The client retries and waits already: with both, a 502 that stays is requested sixteen times.
    retry: { enabled: false },
    throttle: { enabled: false },
    request: { fetch: github.fetch },
  });
  const { data: pulls } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: run.head_sha,
  });
  const body = [`[${run.name} #${run.run_number}](${run.html_url}) failed:`, "```", text, "```"];
  for (const { number } of pulls)
    await octokit.rest.issues.createComment({
      owner,
      repo,
      issue_number: number,
      body: body.join("\n"),
    });
  return pulls.map(({ number }) => number);
}
