import type { Context } from "../context.ts";
import { UsageError } from "../stop-reasons.ts";
import { chooseRemote, parseRemotes } from "./git-remotes.ts";
import { githubHost, parseRepository, type RepositoryName } from "./repository-name.ts";

/** Where requests go: a repository and the API of its host. */
export interface Target extends RepositoryName {
  baseUrl: string;
  /** What named the repository: `-R`, an environment variable, or the git remote. */
  source: string;
  /** What named the server, for somebody who cannot reach it. */
  hostSource: string;
  /** Whether `GITHUB_TOKEN` and `GH_TOKEN` are meant for that host. */
  takesGitHubToken: boolean;
}

/** What the user said about it. */
export interface TargetOptions {
  /** `-R`. */
  repo?: string | undefined;
  /** `--api-url`. */
  apiUrl?: string | undefined;
}

/** The API of a host: github.com, a GHE.com subdomain, or a GitHub Enterprise Server. */
export function apiOf(host: string): string {
  if (host === githubHost) return "https://api.github.com";
  return host.endsWith(".ghe.com") ? `https://api.${host}` : `https://${host}/api/v3`;
}

/**
 * Finds the repository: `-R`, else `GH_REPO`, else the git remote, else `GITHUB_REPOSITORY` (set inside a workflow).
 *
 * @throws {UsageError} when there is none, or a name is not `owner/name`
 */
export async function findTarget(context: Context, options: TargetOptions): Promise<Target> {
  const { env } = context;
  const serverHost = hostOf(env["GITHUB_SERVER_URL"] ?? "") ?? githubHost;
  const name = await findName(context, options.repo, env["GH_HOST"] || serverHost);
  const isServer = name.host === serverHost;
  const apiUrl = options.apiUrl ?? (isServer ? env["GITHUB_API_URL"] || undefined : undefined);
  if (apiUrl !== undefined && hostOf(apiUrl) === undefined) {
    throw new UsageError(
      `The API's URL ${JSON.stringify(apiUrl)} is no http(s) URL; for GitHub Enterprise Server it is https://HOST/api/v3.`,
    );
  }
  return {
    ...name,
    baseUrl: apiUrl ?? apiOf(name.host),
    hostSource:
      options.apiUrl !== undefined
        ? "--api-url"
        : apiUrl !== undefined
          ? "GITHUB_API_URL"
          : name.hostSource,
    takesGitHubToken:
      isServer ||
      name.host === githubHost ||
      name.host.endsWith(".ghe.com") ||
      options.apiUrl !== undefined,
  };
}

/** A repository, and what named it and its host. */
type NamedRepository = RepositoryName & Pick<Target, "source" | "hostSource">;

async function findName(
  context: Context,
  flag: string | undefined,
  defaultHost: string,
): Promise<NamedRepository> {
  const { env } = context;
  const defaultSource = ["GH_HOST", "GITHUB_SERVER_URL"].find((variable) => env[variable]);
  const named = (source: string, text: string): NamedRepository => {
    const repository = parseRepository(text, defaultHost);
    if (repository === undefined)
      throw new UsageError(
        `${source} ${JSON.stringify(text)} is no repository; write owner/name, host/owner/name, or its URL.`,
      );
    const isDefault = repository.host === defaultHost;
    return { ...repository, source, hostSource: (isDefault && defaultSource) || source };
  };
  if (flag !== undefined) return named("-R", flag);
  if (env["GH_REPO"]) return named("GH_REPO", env["GH_REPO"]);
  const remotes = parseRemotes((await context.run("git", ["remote", "-v"])) ?? "");
  const remote = chooseRemote(remotes, [defaultHost]);
  if (remote !== undefined) {
    const source = `the git remote ${remote.name}`;
    return { ...remote, source, hostSource: source };
  }
  if (env["GITHUB_REPOSITORY"]) return named("GITHUB_REPOSITORY", env["GITHUB_REPOSITORY"]);
  throw new UsageError(
    remotes.length > 0
      ? `No git remote here is on ${defaultHost} (found ${remotes.map(({ host }) => host).join(", ")}). Say which repository with -R owner/name, or -R host/owner/name.`
      : "No repository: this is no git clone of one. Say which with -R owner/name.",
  );
}

function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? host : undefined;
}
