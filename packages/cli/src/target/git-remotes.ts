import { githubHost, parseRepository, type RepositoryName } from "./repository-name.ts";

const preferred = ["upstream", "github", "origin"];

/** A repository that a git remote points to. */
export interface Remote extends RepositoryName {
  name: string;
}

/** Reads the output of `git remote -v`: the fetch URLs that name a repository, in the order of preference. */
export function parseRemotes(output: string): Remote[] {
  const remotes = output.split("\n").flatMap((line) => {
    const [, name, url] = /^(\S+)\t(\S+) \(fetch\)/.exec(line) ?? [];
    const repository = url === undefined ? undefined : parseRepository(url);
    return name === undefined || repository === undefined ? [] : [{ name, ...repository }];
  });
  const rank = ({ name }: Remote): number => {
    const at = preferred.indexOf(name);
    return at === -1 ? preferred.length : at;
  };
  return remotes.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The remote to work on: the first on github.com, GHE.com, or a host the user has named. A token is never sent
 * to a host only because a remote points there.
 */
export function chooseRemote(
  remotes: readonly Remote[],
  hosts: readonly string[],
): Remote | undefined {
  return remotes.find(
    ({ host }) => host === githubHost || host.endsWith(".ghe.com") || hosts.includes(host),
  );
}
