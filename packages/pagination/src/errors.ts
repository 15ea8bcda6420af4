/** Base of the errors this package throws by itself; errors of the client pass through as they are. */
export class PaginationError extends Error {
  /** Where to go on: give it as `from`. Absent where nothing was read yet. */
  declare readonly cursor?: string;

  static {
    named(this, "PaginationError");
  }
}

/** A parameter or an option that cannot be used: it names the value and what is accepted. Nothing was sent. */
export class PaginationOptionError extends PaginationError {
  /** Name of the parameter or option. */
  readonly option: string;

  static {
    named(this, "PaginationOptionError");
  }

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}

/** `from` is not a cursor, or not one of this list: another operation, other parameters, another version. */
export class CursorError extends PaginationError {
  static {
    named(this, "CursorError");
  }
}

/** With `beyondLimit: "error"`: the list holds more than GitHub shows of it. Nothing was yielded. */
export class BeyondLimitError extends PaginationError {
  /** How many GitHub shows: 1,000 of a filtered list, 40,000 of an unfiltered one. */
  readonly limit: number;
  /** What GitHub counts, at most 2,500 or 40,000. */
  readonly totalCount: number;

  static {
    named(this, "BeyondLimitError");
  }

  constructor(limit: number, totalCount: number) {
    super(
      `The list holds ${totalCount} or more, and GitHub shows ${limit} of it. ` +
        `Leave \`beyondLimit\` at "split" to read all, or narrow \`created\`.`,
    );
    this.limit = limit;
    this.totalCount = totalCount;
  }
}

/**
 * One second holds more runs than a search shows (1,000) or, for `count()`, counts (2,499), and `created` cannot
 * be split below a second. What came before it has been yielded, and of that second as much as GitHub shows.
 */
export class CrowdedSecondError extends PaginationError {
  /** The second, as in `created_at`: `2026-01-31T12:00:00Z`. */
  readonly second: string;
  /** How many runs GitHub counts in it. */
  readonly count: number;
  /** True when GitHub stopped counting: there are `count` or more. */
  readonly countIsLowerBound: boolean;

  static {
    named(this, "CrowdedSecondError");
  }

  constructor(second: string, count: number, countIsLowerBound: boolean) {
    super(
      `${count}${countIsLowerBound ? " or more" : ""} runs were created in the one second ${second}: more than GitHub ` +
        "lists, and `created` cannot be split further. Narrow the list by event, branch, actor or status.",
    );
    this.second = second;
    this.count = count;
    this.countIsLowerBound = countIsLowerBound;
  }
}

/** Lets an error that ends an iteration say where to go on. */
export function withCursor(error: unknown, cursor: string | undefined): unknown {
  if (error instanceof Error && cursor !== undefined && Object.isExtensible(error))
    Object.defineProperty(error, "cursor", { value: cursor, enumerable: true, configurable: true });
  return error;
}

function named(error: { prototype: object }, name: string): void {
  Object.defineProperty(error.prototype, "name", { value: name, configurable: true });
}
