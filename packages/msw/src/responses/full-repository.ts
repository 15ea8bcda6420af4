import type { components } from "@workflow-runs/openapi-types";
import type { RepositoryRecord } from "../state/records.ts";
import { repositoryBody } from "./repository.ts";
import { isoDate, type FakeUrls } from "./urls.ts";
import { userBody } from "./user.ts";

/** What a caller may do in a repository. */
export interface RepositoryPermissions {
  admin: boolean;
  maintain: boolean;
  push: boolean;
  triage: boolean;
  pull: boolean;
}

/** A repository as `repos/get` gives it. @param older with what version 2026-03-10 has dropped */
export function fullRepositoryBody(
  repository: RepositoryRecord,
  urls: FakeUrls,
  permissions: RepositoryPermissions | undefined,
  older: boolean,
): components["schemas"]["minimal-repository"] & {
  default_branch: string;
  [name: string]: unknown;
} {
  const body = repositoryBody(repository, urls);
  const { host } = new URL(urls.html);
  const name = body.full_name;
  const created = isoDate(repository.createdAt);
  return {
    ...body,
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    clone_url: `${urls.html}/${name}.git`,
    svn_url: `${urls.html}/${name}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    default_branch: repository.defaultBranch,
    visibility: repository.private ? "private" : "public",
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    ...(older ? { has_downloads: true } : {}),
    has_pages: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    network_count: 0,
    size: 108,
    stargazers_count: 0,
    subscribers_count: 0,
    watchers: 0,
    watchers_count: 0,
    created_at: created,
    updated_at: created,
    pushed_at: created,
    organization: userBody(repository.owner, urls, "Organization"),
    ...(permissions === undefined ? {} : { permissions }),
  };
}
