import type { Client, RepositoryClient, WorkflowRun } from "@workflow-runs/core";
import {
  checkClient,
  checkOptions,
  kinds,
  type OptionKind,
  ParameterError,
} from "@workflow-runs/core/support";

/** The part of core's client that watching several runs needs: of the client, or of one of its repositories. */
export type RunsClient = Pick<
  Client,
  "listWorkflowRunsForRepo" | "listWorkflowRuns" | "getWorkflowRun"
>;

/** Which runs, for a client bound to its repository, `github.repository("owner/name")`. */
export interface BoundRunsQuery {
  /** The account that owns the repository: the client's own, so it may be left out. */
  owner?: string | undefined;
  /** The repository's name, without its owner: the client's own, so it may be left out. */
  repo?: string | undefined;
  /** The commit, all 40 (or 64) digits of its SHA. Of a pull request it is the head, not the merge. */
  head_sha?: string | undefined;
  /** The branch, without `refs/heads/`. */
  branch?: string | undefined;
  /** What triggered them: `push`, `pull_request`, … */
  event?: string | undefined;
  /** Id or file name of the workflow. @default all workflows of the repository */
  workflow_id?: number | string | undefined;
  /** Login of who triggered them. */
  actor?: string | undefined;
  /** When they were created, in GitHub's search syntax: `>=2026-01-31T12:00:00Z`. */
  created?: string | undefined;
}

/** Which runs: at least one of `head_sha`, `branch`, `event`, `workflow_id`, `actor` and `created`. */
export interface RunsQuery extends BoundRunsQuery {
  /** The account that owns the repository. */
  owner: string;
  /** The repository's name, without its owner. */
  repo: string;
}

/** Which runs, for this client: `BoundRunsQuery` if it is bound to a repository, else `RunsQuery`. */
export type RunsQueryOf<C extends RunsClient> = [C] extends [
  Pick<RepositoryClient, "getWorkflowRun">,
]
  ? BoundRunsQuery
  : RunsQuery;

const nonEmptyText: OptionKind = {
  allows: (value) => typeof value === "string" && value !== "",
  words: "a string that is not empty",
};

const queryParameters: Readonly<Record<keyof RunsQuery, OptionKind>> = {
  owner: nonEmptyText,
  repo: nonEmptyText,
  head_sha: {
    // GitHub finds nothing, without a word, for a short one.
    allows: (value) => typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value),
    words: "the whole SHA of a commit, 40 or 64 hexadecimal digits",
  },
  branch: nonEmptyText,
  event: nonEmptyText,
  workflow_id: {
    allows: (value) => kinds.count.allows(value) || nonEmptyText.allows(value),
    words: "the id or the file name of a workflow",
  },
  actor: nonEmptyText,
  created: nonEmptyText,
};

const selecting = ["head_sha", "branch", "event", "workflow_id", "actor", "created"] as const;

/**
 * Refuses a query that no compiler has seen, and one that would wait for every run of the repository.
 *
 * @throws {ParameterError}
 */
export function checkQuery(caller: string, client: unknown, query: BoundRunsQuery): void {
  if (query === undefined)
    throw new ParameterError(`${caller}: parameters is undefined, not { owner, repo, head_sha }.`, {
      parameter: "parameters",
    });
  checkClient(caller, client, "listWorkflowRunsForRepo");
  checkOptions(caller, query, queryParameters);
  if (selecting.every((name) => query[name] === undefined))
    throw new ParameterError(
      `${caller}: head_sha is missing. Say which runs: give at least one of ${selecting.join(", ")}.`,
      { parameter: "head_sha" },
    );
}

/** The query in a few words, for a message: `head_sha 0123… and event push`. */
export function wordsForQuery(query: BoundRunsQuery): string {
  return selecting
    .filter((name) => query[name] !== undefined)
    .map((name) => `${name} ${query[name]}`)
    .join(" and ");
}

/**
 * Whether a run of an unfiltered list is one of the query, as GitHub means its filters. `created` is not looked at
 * here, and neither is `workflow_id`, which is in the list's path.
 */
export function matchesQuery(run: WorkflowRun, query: BoundRunsQuery): boolean {
  const { head_sha, branch, event, actor } = query;
  return (
    (head_sha === undefined || run.head_sha === head_sha.toLowerCase()) &&
    (branch === undefined || run.head_branch === branch) &&
    (event === undefined || run.event === event) &&
    (actor === undefined || run.actor?.login.toLowerCase() === actor.toLowerCase())
  );
}
