/** A repository, and the host it is on. */
export interface RepositoryName {
  host: string;
  owner: string;
  repo: string;
}

export const githubHost = "github.com";

const validName = /^[\w.-]+$/;

/**
 * Reads `owner/name`, `host/owner/name`, or the URL of a repository (https, ssh, git); undefined for anything else.
 *
 * @param defaultHost The host of a plain `owner/name`.
 */
export function parseRepository(
  text: string,
  defaultHost: string = githubHost,
): RepositoryName | undefined {
  return parseUrl(text) ?? parsePath(text, defaultHost);
}

function parsePath(text: string, defaultHost: string): RepositoryName | undefined {
  const parts = text.split("/");
  if (parts.length === 2) return check(defaultHost, parts[0], parts[1]);
  return parts.length === 3 ? check(parts[0], parts[1], parts[2]) : undefined;
}

function parseUrl(text: string): RepositoryName | undefined {
  // git@github.com:owner/name.git, which is no URL
  const scp = /^(?:[\w.-]+@)?([\w.-]+\.[\w.-]+):(?!\/\/)\/?([^/]+)\/([^/]+?)\/?$/.exec(text);
  if (scp !== null) return check(scp[1], scp[2], scp[3]);
  if (!/^(https?|ssh|git|git\+ssh):\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, host, protocol, pathname } = new URL(text);
  const [owner, repo] = pathname.slice(1).split("/");
  return check(protocol.startsWith("http") ? host : hostname, owner, repo);
}

function check(
  host: string | undefined,
  owner: string | undefined,
  name: string | undefined,
): RepositoryName | undefined {
  const repo = name?.replace(/\.git$/, "");
  if (!host || !owner || !repo || ![owner, repo].every((part) => validName.test(part)))
    return undefined;
  if ([owner, repo].some((part) => part === "." || part === "..")) return undefined;
  if (!/^[a-z\d][\w.-]*(:\d+)?$/i.test(host)) return undefined;
  const plainHost = host.toLowerCase().replace(/^(www|ssh)\.(?=github\.com$)/, "");
  return { host: plainHost, owner, repo };
}
