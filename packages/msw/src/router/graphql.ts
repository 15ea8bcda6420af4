import type { GraphQLSchema } from "graphql";
import { nodeId } from "../responses/node-id.ts";
import { pullId } from "../responses/pull.ts";
import type { Reply } from "../responses/reply.ts";
import { isoDate } from "../responses/urls.ts";
import { userId } from "../responses/user.ts";
import { jobStatus, runState } from "../rules/run-state.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import type { AccountRequest } from "./context.ts";
import { refuse, runsOf } from "./found.ts";
import { cursorError, errorBody, ForbiddenError, sizeError } from "./graphql-errors.ts";
import { schemaText } from "./graphql-schema.ts";
import { findRepository } from "./locate.ts";
import { headOwner, openPulls, type Pull } from "./pulls.ts";

let schema: GraphQLSchema | undefined;

/**
 * What it takes to read a part of a repository. GitHub was seen to refuse `repository.pullRequests` and
 * `repository.pullRequest`, a commit's `statusCheckRollup`, its `contexts.nodes.0` and the
 * `checkSuite.workflowRun` of one, each by itself (cli/cli#12597, facebook/sapling#993).
 */
const permissionsOf = {
  metadata: [{ metadata: "read" }],
  pulls: [{ pull_requests: "read" }],
  rollup: [{ checks: "read" }, { statuses: "read" }],
  checks: [{ checks: "read" }],
  runs: [{ actions: "read" }],
} as const;

function refusedRead(
  call: AccountRequest,
  repository: RepositoryRecord,
  part: keyof typeof permissionsOf,
): ForbiddenError | undefined {
  const message = call.readRefusal(repository, permissionsOf[part]);
  return message === undefined ? undefined : new ForbiddenError(message);
}

/** @throws {ForbiddenError} when the token may not */
function mustRead(
  call: AccountRequest,
  repository: RepositoryRecord,
  part: keyof typeof permissionsOf,
): void {
  const refused = refusedRead(call, repository, part);
  if (refused !== undefined) throw refused;
}

/**
 * GraphQL as far as `gh` needs it on its way to runs: the viewer, a repository with its default branch,
 * and the pull requests of runs with their checks. Any other field is an error in GraphQL's form.
 */
export async function graphql(call: AccountRequest): Promise<Reply> {
  if (call.caller.anonymous) {
    const message = "This endpoint requires you to be authenticated.";
    return refuse(call, { status: 401, message });
  }
  const { query, variables, operationName } = (call.body ?? {}) as {
    query?: unknown;
    variables?: unknown;
    operationName?: string | null;
  };
  const refused = (message: string): Reply => ({ status: 200, body: { errors: [{ message }] } });
  if (typeof query !== "string")
    return refused("A query attribute must be specified and must be a string.");
  if (!isVariables(variables)) return refused("The variables attribute must be an object.");
  const { buildSchema, graphql: execute, isEnumType, print } = await import("graphql");
  schema ??= buildSchema(schemaText);
  const { data, errors } = await execute({
    schema,
    source: query,
    rootValue: rootOf(call),
    variableValues: variables,
    operationName: operationName ?? null,
  });
  const enums = (name: string): string[] | undefined => {
    const type = schema?.getType(name);
    return isEnumType(type) ? type.getValues().map((one) => one.name) : undefined;
  };
  const body = {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map((error) =>
            errorBody(error, variables ?? {}, { signature: print, enums }),
          ),
        }),
  };
  return { status: 200, body, headers: { "x-ratelimit-resource": "graphql" } };
}

function isVariables(
  value: unknown,
): value is Readonly<Record<string, unknown>> | null | undefined {
  return (typeof value === "object" || value === undefined) && !Array.isArray(value);
}

function rootOf(call: AccountRequest): object {
  const { caller, now } = call;
  return {
    viewer: () => ownerNode(call, caller.login),
    repository({ owner, name }: { owner: string; name: string }) {
      const found = findRepository(call.store, { owner, repo: name })?.repository;
      if (found === undefined || !call.mayRead(found)) {
        throw new Error(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      mustRead(call, found, "metadata");
      return repositoryNode(call, found);
    },
    node({ id }: { id: string }) {
      for (const repository of call.store.repositories().filter((one) => call.mayRead(one))) {
        if (nodeId("Repository", repository.id) === id) return repositoryNode(call, repository);
        const pull = openPulls(call, repository).find(
          ([number]) => pullNodeId(repository, number) === id,
        );
        if (pull === undefined) continue;
        mustRead(call, repository, "pulls");
        return pullNode(call, repository, pull);
      }
      throw new Error(`Could not resolve to a node with the global id of '${id}'`);
    },
    search({ query, type, ...page }: PageOfGraphql & { query: string; type: string }) {
      return searchNode(call, type === "ISSUE" ? query : "", page);
    },
    rateLimit() {
      const resetAt = isoDate(now + 3_600_000);
      return { limit: 5000, cost: 1, remaining: 5000, used: 0, resetAt };
    },
  };
}

function ownerNode({ urls }: AccountRequest, login: string, kind?: "Organization"): object {
  const __typename = login.endsWith("[bot]") ? "Bot" : (kind ?? "User");
  return {
    __typename,
    id: nodeId(__typename, userId(login)),
    login,
    name: login,
    url: `${urls.html}/${login}`,
  };
}

function repositoryNode(call: AccountRequest, repository: RepositoryRecord): object {
  const { urls, caller } = call;
  const { id, owner, name, defaultBranch } = repository;
  const url = `${urls.html}/${owner}/${name}`;
  let known: Pull[] | undefined;
  // Read when it is selected: each pull request has a repository of its own.
  const pulls = (): Pull[] => (known ??= openPulls(call, repository));
  const changedAt = isoDate(repository.createdAt);
  return {
    __typename: "Repository",
    id: nodeId("Repository", id),
    databaseId: id,
    name,
    nameWithOwner: `${owner}/${name}`,
    owner: ownerNode(call, owner, "Organization"),
    description: repository.description,
    url,
    sshUrl: `git@${new URL(urls.html).host}:${owner}/${name}.git`,
    createdAt: isoDate(repository.createdAt),
    isPrivate: repository.private,
    isFork: false,
    isArchived: false,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    hasIssuesEnabled: true,
    hasWikiEnabled: true,
    hasProjectsEnabled: true,
    viewerPermission: caller.token?.permission === "read" ? "READ" : "ADMIN",
    homepageUrl: null,
    pushedAt: changedAt,
    updatedAt: changedAt,
    forkCount: 0,
    stargazerCount: 0,
    watchers: nothing,
    isEmpty: false,
    isInOrganization: true,
    isMirror: false,
    isTemplate: false,
    hasDiscussionsEnabled: false,
    deleteBranchOnMerge: false,
    viewerCanAdminister: caller.token?.permission !== "read",
    viewerDefaultMergeMethod: "MERGE",
    licenseInfo: null,
    latestRelease: null,
    primaryLanguage: null,
    languages: nothing,
    repositoryTopics: nothing,
    issues: nothing,
    labels: nothing,
    defaultBranchRef: () => refNode(call, repository, defaultBranch),
    ref({ qualifiedName }: { qualifiedName: string }) {
      const branch = qualifiedName.replace(/^refs\/heads\//, "");
      const known = repository.branches.some((one) => one.name === branch);
      return known || branch === defaultBranch ? refNode(call, repository, branch) : null;
    },
    parent: null,
    mergeCommitAllowed: true,
    rebaseMergeAllowed: true,
    squashMergeAllowed: true,
    pullRequest({ number }: { number: number }) {
      mustRead(call, repository, "pulls");
      const pull = pulls().find(([one]) => one === number);
      if (pull === undefined)
        throw new Error(`Could not resolve to a PullRequest with the number of ${number}.`);
      return pullNode(call, repository, pull);
    },
    pullRequests(filter: PullsFilter) {
      mustRead(call, repository, "pulls");
      return pullsNode(call, repository, pulls(), filter);
    },
  };
}

/** A list of something that the fake's repositories and pull requests have none of. */
const nothing = {
  totalCount: 0,
  nodes: [],
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
};

function refNode(call: AccountRequest, repository: RepositoryRecord, branch: string): object {
  const oid = call.branchSha(repository, branch);
  return {
    id: nodeId("Ref", repository.id, userId(branch)),
    name: branch,
    prefix: "refs/heads/",
    target: {
      ...commitNode(oid, `Update ${branch}`, repository.createdAt),
      statusCheckRollup: null,
    },
    branchProtectionRule: null,
  };
}

function commitNode(oid: string, title: string, at: number, author?: string): object {
  return {
    oid,
    messageHeadline: title,
    messageBody: "",
    committedDate: isoDate(at),
    authoredDate: isoDate(at),
    authors: { totalCount: 1, nodes: [{ name: author ?? "octocat", email: null, user: null }] },
  };
}

interface PageOfGraphql {
  first?: number | null;
  after?: string | null;
}

interface PullsFilter extends PageOfGraphql {
  states?: readonly string[];
  headRefName?: string | null;
  baseRefName?: string | null;
  orderBy?: { direction: "ASC" | "DESC" };
}

/** @throws {PageError} when it is none of ours */
function positionOf(cursor: string): number {
  const text = /^[A-Za-z0-9+/]+={0,2}$/.test(cursor) && cursor.length % 4 === 0 ? atob(cursor) : "";
  if (!/^\d{1,9}$/.test(text)) throw cursorError(cursor);
  return Number(text);
}

/**
 * One page of a list, by cursors that are positions.
 *
 * @throws {PageError} when there is no such page
 */
function pageNode<T>(
  connection: string,
  all: readonly T[],
  { first, after }: PageOfGraphql,
  nodeOf: (one: T) => object,
): Record<string, unknown> {
  const refused = sizeError(connection, first);
  if (refused !== undefined) throw refused;
  const start = typeof after === "string" ? positionOf(after) : 0;
  const end = Math.min(start + (first ?? 0), all.length);
  const nodes = (): object[] => all.slice(start, end).map(nodeOf);
  return {
    totalCount: all.length,
    nodes,
    edges: () => nodes().map((node, index) => ({ cursor: btoa(String(start + index + 1)), node })),
    pageInfo: { hasNextPage: end < all.length, endCursor: btoa(String(end)) },
  };
}

/** Pull requests, by the qualifiers `repo`, `author`, `head` and `base`; nothing else is found. */
function searchNode(call: AccountRequest, query: string, page: PageOfGraphql): object {
  const qualifiers = new Map(
    [...query.matchAll(/(?<=^|\s)([\w-]+):"?([^\s"]+)"?/g)].map((match) => [match[1], match[2]]),
  );
  const [owner = "", repo = ""] = (qualifiers.get("repo") ?? "").split("/");
  const found = findRepository(call.store, { owner, repo })?.repository;
  const open =
    found !== undefined &&
    call.mayRead(found) &&
    refusedRead(call, found, "pulls") === undefined &&
    !qualifiers.has("review-requested") &&
    qualifiers.get("is") !== "issue" &&
    (qualifiers.get("state") ?? "open") === "open";
  const is = (name: string, value: string | null): boolean =>
    !qualifiers.has(name) || qualifiers.get(name) === value;
  const pulls = (open ? openPulls(call, found) : []).filter(
    ([, run]) =>
      is("author", run.actor) && is("head", run.branch) && is("base", found?.defaultBranch ?? ""),
  );
  const { totalCount, ...list } = pageNode("search", pulls, page, (pull) =>
    pullNode(call, found as RepositoryRecord, pull),
  );
  return { issueCount: totalCount, ...list };
}

function pullsNode(
  call: AccountRequest,
  repository: RepositoryRecord,
  pulls: readonly Pull[],
  { states, headRefName, baseRefName, orderBy, ...page }: PullsFilter,
): object {
  const matched = pulls.filter(
    ([, { branch }]) =>
      states?.includes("OPEN") !== false &&
      (!headRefName || headRefName === branch) &&
      (!baseRefName || baseRefName === repository.defaultBranch),
  );
  const ordered = orderBy?.direction === "DESC" ? matched : matched.toReversed();
  return pageNode("pullRequests", ordered, page, (pull) => pullNode(call, repository, pull));
}

function pullNodeId(repository: RepositoryRecord, number: number): string {
  return nodeId("PullRequest", repository.id, pullId(repository, number));
}

function pullNode(call: AccountRequest, repository: RepositoryRecord, [number, run]: Pull): object {
  const owner = headOwner(run, repository);
  const foreign = run.headRepository !== `${repository.owner}/${repository.name}`;
  const rollup = (): Rollup | null => rollupOf(call, repository, run);
  const rollupState = (): string => rollup()?.state ?? "SUCCESS";
  const commit = (): object => ({
    ...commitNode(run.headSha, run.displayTitle, run.createdAt, run.actor),
    statusCheckRollup() {
      mustRead(call, repository, "rollup");
      return rollup();
    },
  });
  return {
    __typename: "PullRequest",
    id: pullNodeId(repository, number),
    number,
    title: run.displayTitle,
    state: "OPEN",
    url: `${call.urls.html}/${repository.owner}/${repository.name}/pull/${number}`,
    body: "",
    isDraft: false,
    isCrossRepository: foreign,
    createdAt: isoDate(run.createdAt),
    author: ownerNode(call, run.actor),
    baseRefName: repository.defaultBranch,
    headRefName: run.branch ?? repository.defaultBranch,
    headRefOid: run.headSha,
    headRepositoryOwner: ownerNode(call, owner, foreign ? undefined : "Organization"),
    headRepository: () => repositoryNode(call, { ...repository, owner }),
    commits: { totalCount: 1, nodes: () => [{ commit: commit() }] },
    fullDatabaseId: String(pullId(repository, number)),
    additions: 1,
    deletions: 1,
    changedFiles: 1,
    closed: false,
    closedAt: null,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    potentialMergeCommit: null,
    updatedAt: isoDate(run.createdAt),
    mergeable: "MERGEABLE",
    mergeStateStatus: () => (rollupState() === "SUCCESS" ? "CLEAN" : "UNSTABLE"),
    maintainerCanModify: foreign,
    isInMergeQueue: false,
    isMergeQueueEnabled: false,
    autoMergeRequest: null,
    baseRef: () => refNode(call, repository, repository.defaultBranch),
    baseRefOid: () => call.branchSha(repository, repository.defaultBranch),
    reviewDecision: null,
    reviewRequests: nothing,
    reviews: nothing,
    latestReviews: nothing,
    comments: nothing,
    assignees: nothing,
    labels: nothing,
    files: nothing,
    milestone: null,
    projectCards: nothing,
    projectItems: nothing,
    closingIssuesReferences: nothing,
    reactionGroups: [],
  };
}

interface Rollup {
  state: "FAILURE" | "PENDING" | "SUCCESS";
  contexts: object;
}

type RunsByCommit = Map<string, RunRecord[]>;
const byCommit = new WeakMap<AccountRequest, Map<number, RunsByCommit>>();

/** The runs of a commit. A query may want those of each pull request: the repository's are read once. */
function runsOfCommit(
  call: AccountRequest,
  repository: RepositoryRecord,
  headSha: string,
): readonly RunRecord[] {
  const read = byCommit.get(call) ?? new Map<number, RunsByCommit>();
  byCommit.set(call, read);
  let commits = read.get(repository.id);
  if (commits === undefined) {
    commits = new Map();
    for (const run of runsOf(call, repository, () => true)) {
      const same = commits.get(run.headSha);
      if (same === undefined) commits.set(run.headSha, [run]);
      else same.push(run);
    }
    read.set(repository.id, commits);
  }
  return commits.get(headSha) ?? [];
}

/** The checks of the commit of a run; null without any. */
function rollupOf(
  call: AccountRequest,
  repository: RepositoryRecord,
  { headSha }: RunRecord,
): Rollup | null {
  const { now } = call;
  const checks = runsOfCommit(call, repository, headSha).flatMap((run) =>
    runState(run, run.attempts.length, repository.environments, now)
      .jobs.filter(({ createdAt }) => createdAt <= now)
      .map((job) => ({ job, node: checkNode(call, repository, run, job) })),
  );
  const states = checks.map(({ job }) => (job.completedAt <= now ? job.conclusion : "pending"));
  const bad = states.some((state) => ["failure", "cancelled", "timed_out"].includes(state));
  const state = bad ? "FAILURE" : states.includes("pending") ? "PENDING" : "SUCCESS";
  const counts = new Map<string, number>();
  for (const { node } of checks) {
    const { status, conclusion } = node as { status: string; conclusion: string | null };
    counts.set(conclusion ?? status, (counts.get(conclusion ?? status) ?? 0) + 1);
  }
  const contexts = {
    totalCount: checks.length,
    // Each by itself: the others, and the state of all, are read.
    nodes: () => checks.map(({ node }) => refusedRead(call, repository, "checks") ?? node),
    pageInfo: { hasNextPage: false, endCursor: null },
    checkRunCount: checks.length,
    checkRunCountsByState: [...counts].map(([one, count]) => ({ state: one, count })),
    statusContextCount: 0,
    statusContextCountsByState: [],
  };
  return checks.length === 0 ? null : { state, contexts };
}

function checkNode(
  call: AccountRequest,
  repository: RepositoryRecord,
  run: RunRecord,
  job: JobTimes,
): object {
  const { urls, now } = call;
  const page = `${urls.html}/${repository.owner}/${repository.name}/actions/runs/${run.id}`;
  const status = jobStatus(job, run.attempts.at(-1)?.hold, now);
  const over = status === "completed";
  const workflow = repository.workflows.find(({ path }) => path === run.workflowPath);
  return {
    __typename: "CheckRun",
    id: nodeId("CheckRun", repository.id, job.id),
    databaseId: null,
    name: job.plan.name,
    status: status.toUpperCase(),
    conclusion: over ? job.conclusion.toUpperCase() : null,
    startedAt: job.startedAt <= now ? isoDate(job.startedAt) : null,
    completedAt: over ? isoDate(job.completedAt) : null,
    detailsUrl: `${page}/job/${job.id}`,
    isRequired: false,
    title: null,
    summary: null,
    checkSuite: {
      id: nodeId("CheckSuite", repository.id, run.checkSuiteId),
      workflowRun() {
        mustRead(call, repository, "runs");
        return {
          id: nodeId("WorkflowRun", repository.id, run.id),
          databaseId: null,
          event: run.event,
          url: page,
          runNumber: run.number,
          workflow: { id: nodeId("Workflow", repository.id, workflow?.id ?? 0), name: run.name },
        };
      },
    },
  };
}
