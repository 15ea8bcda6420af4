import type { RepositoryRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import { matchOperation, type Match } from "./match.ts";

/** The path of a URL below a base, undefined when it is somewhere else. */
export function below(url: URL, base: string): string | undefined {
  const root = new URL(base);
  const prefix = root.pathname === "/" ? "" : root.pathname;
  return url.origin === root.origin && url.pathname.startsWith(`${prefix}/`)
    ? url.pathname.slice(prefix.length)
    : undefined;
}

/** GitHub's links and redirects name a repository by its id: `/repositories/{id}/…`. */
export function matchPath(store: Store, method: string, pathname: string): Match | undefined {
  const byId = /^\/repositories\/(\d+)(\/.*)$/.exec(pathname);
  if (byId === null) return matchOperation(method, pathname);
  const record = store.repositories().find(({ id }) => String(id) === byId[1]);
  return record && matchOperation(method, `/repos/${record.owner}/${record.name}${byId[2]}`);
}

/** The repository of a path by its present name, or by one it had before. Case does not matter. */
export function findRepository(
  store: Store,
  { path }: Pick<Match, "path">,
): { repository: RepositoryRecord; moved: boolean } | undefined {
  const name = `${path["owner"]}/${path["repo"]}`.toLowerCase();
  for (const repository of store.repositories()) {
    if (`${repository.owner}/${repository.name}`.toLowerCase() === name)
      return { repository, moved: false };
  }
  const repository = store.repositories().find(({ formerNames }) => formerNames.includes(name));
  return repository && { repository, moved: true };
}
