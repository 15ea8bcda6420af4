import { branchBody, shortBranchBody } from "../responses/branch.ts";
import { fullRepositoryBody } from "../responses/full-repository.ts";
import type { Reply } from "../responses/reply.ts";
import { pageOf } from "../rules/page.ts";
import type { BranchRecord } from "../state/records.ts";
import { isOlderVersion } from "./api-version.ts";
import type { RepositoryRequest } from "./context.ts";
import { refuse } from "./found.ts";

/** `repos/get` */
export function getRepository(call: RepositoryRequest): Reply {
  const { anonymous } = call.caller;
  const may = call.caller.token?.permission !== "read";
  const permissions = anonymous
    ? undefined
    : { admin: may, maintain: may, push: may, triage: may, pull: true };
  const older = isOlderVersion(call.headers);
  return { status: 200, body: fullRepositoryBody(call.repository, call.urls, permissions, older) };
}

/** Every branch that is known, by its name; the default one is there from the start. */
function branchesOf(call: RepositoryRequest): BranchRecord[] {
  const { repository } = call;
  const { branches, defaultBranch } = repository;
  const all = branches.some(({ name }) => name === defaultBranch)
    ? branches
    : [...branches, { name: defaultBranch, sha: call.branchSha(repository, defaultBranch) }];
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `repos/list-branches` */
export function listBranches(call: RepositoryRequest): Reply {
  const all = call.url.searchParams.get("protected") === "true" ? [] : branchesOf(call);
  const page = pageOf(call.url.searchParams, all.length);
  const body = all
    .slice(page.start, page.end)
    .map((branch) => shortBranchBody(branch, call.repository, call.urls));
  return { status: 200, body, page };
}

/** `repos/get-branch` */
export function getBranch(call: RepositoryRequest): Reply {
  const branch = branchesOf(call).find(({ name }) => name === call.path["branch"]);
  if (branch === undefined) return refuse(call, { status: 404, message: "Branch not found" });
  return { status: 200, body: branchBody(branch, call.repository, call.urls) };
}
