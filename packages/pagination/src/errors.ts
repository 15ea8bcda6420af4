import { WorkflowRunsError } from "@workflow-runs/core/support";

/** Base of the errors of lists: GitHub's limits, and pages that cannot be read as one list. */
export class PaginationError extends WorkflowRunsError {
  /** Where to go on: pass it as `from`. Absent where nothing was read yet. */
  declare readonly cursor?: string;

  override readonly name: string = "PaginationError";
}

/** `from` is not a cursor, or not one of this list: another operation, other parameters, another version. */
export class CursorError extends PaginationError {
  override readonly name: string = "CursorError";
}

/** With `beyondLimit: "error"`: the list holds more than GitHub shows of it. Nothing was yielded. */
export class BeyondLimitError extends PaginationError {
  /** How many GitHub shows: 1,000 of a filtered list, 40,000 of an unfiltered one. */
  declare readonly limit: number;
  /** What GitHub counts, at most 2,500 or 40,000. */
  declare readonly totalCount: number;

  override readonly name: string = "BeyondLimitError";

  constructor(limit: number, totalCount: number) {
    super(
      `The list holds ${totalCount} or more, and GitHub shows ${limit} of it. ` +
        `Leave \`beyondLimit\` at "split" to read all, or narrow \`created\`.`,
      { limit, totalCount },
    );
  }
}

/**
 * One second holds more runs than a search shows (1,000) or, for `count()`, counts (2,499), and `created` cannot
 * be split below a second. What is newer has been yielded.
 */
export class CrowdedSecondError extends PaginationError {
  /** The second, as in `created_at`: `2026-01-31T12:00:00Z`. */
  declare readonly second: string;
  /** How many runs GitHub counts in it. */
  declare readonly count: number;
  /** True when GitHub stopped counting: there are `count` or more. */
  declare readonly countIsLowerBound: boolean;

  override readonly name: string = "CrowdedSecondError";

  constructor(second: string, count: number, countIsLowerBound: boolean) {
    super(
      `${count}${countIsLowerBound ? " or more" : ""} runs were created in the one second ${second}: more than GitHub ` +
        "lists, and `created` cannot be split further. Narrow the list by event, branch, actor or status, or read " +
        'it with `source: "list"`.',
      { second, count, countIsLowerBound },
    );
  }
}

/** The server's pages contradict each other, and so many requests in a row brought no new item. */
export class UnstableListError extends PaginationError {
  /** The second that cannot be read, as in `created_at`; absent for a list that is read by position. */
  declare readonly second?: string;

  override readonly name: string = "UnstableListError";
}

/**
 * The search index does not hold the runs with which the list from the database ended at 40,000: it is behind, and
 * what it would show of the rest cannot be trusted. Go on from `cursor` later.
 */
export class IndexBehindError extends PaginationError {
  /** Ids of the runs that are in the list and not in the index. */
  declare readonly missing: readonly number[];

  override readonly name: string = "IndexBehindError";

  constructor(missing: readonly number[]) {
    super(
      `GitHub's search index lacks ${missing.length} of the last runs read from the list, ${missing[0]} among them: it is ` +
        "behind. Beyond 40,000 runs there is no other source. Go on from `cursor` in some minutes.",
      { missing },
    );
  }
}

/** Lets an error that ends an iteration say where to go on. */
export function withCursor(error: unknown, cursor: string): unknown {
  if (error instanceof Error && Object.isExtensible(error))
    Object.defineProperty(error, "cursor", { value: cursor, enumerable: true, configurable: true });
  return error;
}
