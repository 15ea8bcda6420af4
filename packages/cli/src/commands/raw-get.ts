import type { OpenRun } from "./open-run.ts";
import type { OpenTarget } from "../session.ts";

/**
 * What GitHub responds to a GET below the repository that is none of the client's operations; undefined for any response
 * but success.
 */
export async function rawGet(
  {
    github,
    baseUrl,
    owner,
    repo,
  }: Pick<OpenTarget | OpenRun, "github" | "baseUrl" | "owner" | "repo">,
  path: string,
  signal: AbortSignal,
): Promise<unknown> {
  const url = `${baseUrl.replace(/\/$/, "")}/repos/${owner}/${repo}${path}`;
  const headers = { accept: "application/vnd.github+json" };
  const response = await github.fetch(url, { headers, signal });
  if (response.ok) return response.json();
  await response.body?.cancel();
  return undefined;
}
