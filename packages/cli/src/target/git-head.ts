import type { Context } from "../context.ts";
import { parseRemotes } from "./git-remotes.ts";
import type { RepositoryName } from "./repository-name.ts";

/** What is checked out. */
export interface Head {
  /** The commit's full SHA. */
  sha: string;
  /** Undefined where no branch is checked out. */
  branch: string | undefined;
}

/** What is checked out here, if here is a clone of the repository (one of its remotes points there). */
export async function headOf(
  { run }: Pick<Context, "run">,
  { host, owner, repo }: RepositoryName,
): Promise<Head | undefined> {
  const name = `${host}/${owner}/${repo}`.toLowerCase();
  const remotes = parseRemotes((await run("git", ["remote", "-v"])) ?? "");
  const isClone = remotes.some(
    (remote) => `${remote.host}/${remote.owner}/${remote.repo}`.toLowerCase() === name,
  );
  if (!isClone) return undefined;
  const sha = (await run("git", ["rev-parse", "--verify", "--quiet", "HEAD"]))?.trim();
  if (!sha) return undefined;
  const branch = (await run("git", ["symbolic-ref", "--quiet", "--short", "HEAD"]))?.trim();
  return { sha, branch: branch || undefined };
}

/** The full SHA of a commit of this clone; undefined where git does not know it. */
export async function fullSha(
  { run }: Pick<Context, "run">,
  short: string,
): Promise<string | undefined> {
  const sha = await run("git", [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${short}^{commit}`,
  ]);
  return sha?.trim() || undefined;
}
