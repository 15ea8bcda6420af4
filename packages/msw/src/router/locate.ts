import type { FakeUrls } from "../responses/urls.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";

/** Where an API has GraphQL: beside `/api/v3` on GHES. */
export function graphqlUrl(base: string): string {
  return base.endsWith("/api/v3") ? base.replace(/v3$/, "graphql") : `${base}/graphql`;
}

/** The path of a URL below a base, undefined when it is somewhere else. */
export function below(url: URL, base: string): string | undefined {
  if (`${url.origin}${url.pathname}` === graphqlUrl(base)) return "/graphql";
  const root = new URL(base);
  const prefix = root.pathname === "/" ? "" : root.pathname;
  if (url.origin === root.origin && url.pathname === prefix) return "/";
  return url.origin === root.origin && url.pathname.startsWith(`${prefix}/`)
    ? url.pathname.slice(prefix.length)
    : undefined;
}

/**
 * Whether a URL is the log service's: everything on its host, and only the signed paths where the API has the same
 * origin.
 */
export function isOnLogs(url: URL, { api, logs }: Pick<FakeUrls, "api" | "logs">): boolean {
  if (url.href.startsWith(`${logs}/actions-results/`)) return true;
  const { origin } = new URL(logs);
  return url.origin === origin && new URL(api).origin !== origin;
}

/** The repository of a path by its present name, or by one it had before. Case does not matter. */
export function findRepository(
  store: Store,
  path: Readonly<Record<string, string>>,
): { repository: RepositoryRecord; moved: boolean } | undefined {
  const name = `${path["owner"]}/${path["repo"]}`.toLowerCase();
  for (const repository of store.repositories()) {
    if (`${repository.owner}/${repository.name}`.toLowerCase() === name)
      return { repository, moved: false };
  }
  const repository = store.repositories().find(({ formerNames }) => formerNames.includes(name));
  return repository && { repository, moved: true };
}
