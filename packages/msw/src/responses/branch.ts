import { seededHex } from "../rules/seeded.ts";
import type { BranchRecord, RepositoryRecord } from "../state/records.ts";
import { isoDate, type FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** A branch as `repos/list-branches` gives it. */
export function shortBranchBody(
  { name, sha }: BranchRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): { name: string; commit: { sha: string; url: string }; protected: boolean } {
  const base = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  return { name, commit: { sha, url: `${base}/commits/${sha}` }, protected: false };
}

/** What the commit of a branch says. */
export function commitMessage({ name, message }: Pick<BranchRecord, "name" | "message">): string {
  return message ?? `Update ${name}`;
}

/** A branch as `repos/get-branch` gives it. */
export function branchBody(
  branch: BranchRecord,
  repository: RepositoryRecord,
  urls: FakeUrls,
): object {
  const path = `${repository.owner}/${repository.name}`;
  const base = `${urls.api}/repos/${path}`;
  const { name, sha } = branch;
  const tree = seededHex(40, "tree", sha);
  const person = { name: "octocat", email: "octocat@users.noreply.github.com" };
  const signed = { ...person, date: isoDate(repository.createdAt) };
  const url = `${base}/branches/${name}`;
  return {
    ...shortBranchBody(branch, repository, urls),
    commit: {
      sha,
      node_id: btoa(`06:Commit${repository.id}:${sha}`),
      commit: {
        author: signed,
        committer: signed,
        message: commitMessage(branch),
        tree: { sha: tree, url: `${base}/git/trees/${tree}` },
        url: `${base}/git/commits/${sha}`,
        comment_count: 0,
        verification: {
          verified: false,
          reason: "unsigned",
          signature: null,
          payload: null,
          verified_at: null,
        },
      },
      url: `${base}/commits/${sha}`,
      html_url: `${urls.html}/${path}/commit/${sha}`,
      comments_url: `${base}/commits/${sha}/comments`,
      author: userBody("octocat", urls),
      committer: userBody("octocat", urls),
      parents: [],
    },
    _links: { self: url, html: `${urls.html}/${path}/tree/${name}` },
    protection: { enabled: false },
    protection_url: `${url}/protection`,
  };
}
