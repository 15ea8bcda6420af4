import type { Context } from "../context.ts";
import { UsageError } from "../stop-reasons.ts";
import type { Target } from "./target.ts";

/** A token, and where it was found. */
export interface FoundToken {
  token: string;
  /** A variable's name, or `gh auth token`. */
  source: string;
}

/** The environment's variables that may hold a token for a host, the first wins. */
export function tokenVariables(takesGitHubToken: boolean): readonly string[] {
  return takesGitHubToken
    ? ["GITHUB_TOKEN", "GH_TOKEN"]
    : ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];
}

/**
 * The token to send: from the environment, else from `gh auth token`; undefined when there is none. As with gh, a token for
 * github.com is never sent to a server that is neither github.com nor the one the environment names.
 *
 * @throws {UsageError} when what is found there cannot be a token
 */
export async function findToken(
  { env, run }: Pick<Context, "env" | "run">,
  { host, takesGitHubToken }: Pick<Target, "host" | "takesGitHubToken">,
): Promise<FoundToken | undefined> {
  for (const name of tokenVariables(takesGitHubToken)) {
    const token = env[name]?.trim();
    if (token) return { token: checked(name, token), source: name };
  }
  const output = await run("gh", ["auth", "token", "--hostname", host]);
  const token = output?.trim();
  if (!token) return undefined;
  const source = "`gh auth token`";
  return { token: checked(`What ${source} prints`, token), source };
}

/** Never tells what it was: a part of it may be the token. */
function checked(source: string, token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    `${source} is no token: it holds a space, or a character that no token has. It must be the token alone, without "Bearer".`,
  );
}
