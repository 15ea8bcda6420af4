import { seeded, seededHex } from "../rules/seeded.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import { fullRepositoryBody } from "./full-repository.ts";
import { nodeId } from "./node-id.ts";
import { isoDate, type FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** The id of a pull request, as runs name it too. */
export function pullId(repository: Pick<RepositoryRecord, "id">, number: number): number {
  return 1 + (seeded("pull", repository.id, number) % 2_000_000_000);
}

/** An open pull request as `pulls/list` gives it, as far as the newest of its runs tells. @param older with what version 2026-03-10 has dropped */
export function pullBody(
  number: number,
  run: RunRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
  older: boolean,
): object {
  const name = `${repository.owner}/${repository.name}`;
  const url = `${urls.api}/repos/${name}/pulls/${number}`;
  const issue = `${urls.api}/repos/${name}/issues/${number}`;
  const page = `${urls.html}/${name}/pull/${number}`;
  const statuses = `${urls.api}/repos/${name}/statuses/${run.headSha}`;
  const base = fullRepositoryBody(repository, urls, undefined, older);
  const [owner = repository.owner] = (run.headRepository ?? name).split("/");
  const ref = run.branch ?? repository.defaultBranch;
  const date = isoDate(run.createdAt);
  return {
    id: pullId(repository, number),
    node_id: nodeId("PullRequest", repository.id, pullId(repository, number)),
    number,
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${urls.api}/repos/${name}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    state: "open",
    locked: false,
    title: run.displayTitle,
    user: userBody(run.actor, urls),
    body: null,
    created_at: date,
    updated_at: date,
    closed_at: null,
    merged_at: null,
    ...(older ? { merge_commit_sha: null, assignee: null } : {}),
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: false,
    author_association: "CONTRIBUTOR",
    auto_merge: null,
    head: {
      label: `${owner}:${ref}`,
      ref,
      sha: run.headSha,
      user: userBody(owner, urls, owner === repository.owner ? "Organization" : "User"),
      repo: base,
    },
    base: {
      label: `${repository.owner}:${repository.defaultBranch}`,
      ref: repository.defaultBranch,
      sha: seededHex(40, "base", repository.id, number),
      user: userBody(repository.owner, urls, "Organization"),
      repo: base,
    },
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${urls.api}/repos/${name}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
  };
}

/** An open pull request as `pulls/get` gives it: of its diff the runs tell nothing. */
export function fullPullBody(
  number: number,
  run: RunRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
  older: boolean,
): object {
  return {
    ...pullBody(number, run, repository, urls, older),
    merged: false,
    mergeable: null,
    rebaseable: null,
    mergeable_state: "unknown",
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  };
}
