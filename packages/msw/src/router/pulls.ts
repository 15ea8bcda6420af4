import { fullPullBody, pullBody } from "../responses/pull.ts";
import type { Reply } from "../responses/reply.ts";
import { pageOf } from "../rules/page.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { isOlderVersion } from "./api-version.ts";
import type { RepositoryRequest, AccountRequest } from "./context.ts";
import { notFound, pathNumber, runsOf } from "./found.ts";

/** An open pull request: its number, and the newest of its runs. */
export type Pull = readonly [number: number, run: RunRecord];

/** The pull requests that a repository's runs belong to, the newest first. */
export function openPulls(
  call: Pick<AccountRequest, "store">,
  repository: RepositoryRecord,
): Pull[] {
  const newest = new Map<number, RunRecord>();
  for (const run of runsOf(call, repository, ({ pullRequests }) => pullRequests.length > 0)) {
    for (const number of run.pullRequests) if (!newest.has(number)) newest.set(number, run);
  }
  return [...newest].toSorted(([a], [b]) => b - a);
}

/** Whose branch the pull request's head is. */
export function headOwner(run: RunRecord, repository: RepositoryRecord): string {
  return (run.headRepository ?? repository.owner).split("/")[0] as string;
}

/** `pulls/get`: one that runs belong to */
export function getPull(call: RepositoryRequest): Reply {
  const { repository, urls } = call;
  const wanted = pathNumber(call, "pull_number");
  const pull = openPulls(call, repository).find(([number]) => number === wanted);
  return pull === undefined
    ? notFound(call)
    : { status: 200, body: fullPullBody(...pull, repository, urls, isOlderVersion(call.headers)) };
}

/** `pulls/list`: those that runs belong to, newest first. */
export function listPulls(call: RepositoryRequest): Reply {
  const { repository, urls, url } = call;
  const query = url.searchParams;
  const older = isOlderVersion(call.headers);
  const [head, base] = [query.get("head"), query.get("base")];
  const closed = query.get("state") === "closed";
  const pulls = openPulls(call, repository).filter(
    ([, run]) =>
      !closed &&
      // GitHub heeds `owner:branch` only.
      (!head?.includes(":") || head === `${headOwner(run, repository)}:${run.branch}`) &&
      (!base || base === repository.defaultBranch),
  );
  if (query.get("direction") === "asc") pulls.reverse();
  const page = pageOf(query, pulls.length);
  const body = pulls
    .slice(page.start, page.end)
    .map(([number, run]) => pullBody(number, run, repository, urls, older));
  return { status: 200, body, page };
}
