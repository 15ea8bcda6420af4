import { type CreatedRange, formatCreated, parseCreated, secondOf } from "./created-range.ts";
import { PaginationError, PaginationOptionError } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import { listTotal, maxPerPage, searchParameters, searchTotal } from "./limits.ts";
import { checkParameters } from "./option-check.ts";
import type { Link } from "./chain.ts";

/** One answer to a list request. */
export interface Answer<Item> {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  readonly totalCount: number;
  /** True when GitHub stopped counting at `totalCount`. */
  readonly totalIsLowerBound: boolean;
  readonly response: Response;
}

/** What one request asks for, beside the caller's own parameters. */
export interface PageQuery {
  readonly page: number;
  readonly perPage: number;
  /** Newest second wanted; undefined for the caller's own `created`, as it was written. */
  readonly until?: number | undefined;
  /** Oldest second wanted; undefined for the caller's own. */
  readonly since?: number;
}

/** A list of GitHub's: which limits hold for it, and how to ask for a page of it. */
export interface ListSource<Item> {
  readonly fingerprint: string;
  /** The caller's `created`. */
  readonly range: CreatedRange;
  /** True when it can be read by time. */
  readonly hasCreated: boolean;
  /** True when the caller's own parameters make it a search, with its limit of 1,000. */
  readonly isSearch: boolean;
  readonly perPage: number;
  get(query: PageQuery, options?: RequestOptions): Promise<Answer<Item>>;
  /** `total_count` of a range; undefined for the caller's own. */
  total(range: CreatedRange | undefined, options?: RequestOptions): Promise<Answer<Item>>;
}

/** What a request tells the client, beside its parameters. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Told before the client waits for a rate limit. */
  readonly onLimit?: (event: { readonly limit: string }) => void;
}

interface ListMethod {
  withResponse(
    parameters: object,
    options?: RequestOptions,
  ): Promise<{ data: unknown; response: Response }>;
  readonly operation: {
    readonly id: string;
    readonly queryParameters: readonly string[];
    readonly items?: string;
  };
}

/**
 * @throws {PaginationOptionError} for an operation that is no list, `page`, and a bad `per_page` or `created`
 */
export function listSource<Item extends { id: number }>(
  client: object,
  name: string,
  // Absent only in plain JavaScript: a bound client needs none, any other names the one that is missing.
  parameters: object = {},
): ListSource<Item> {
  const methods = client as Record<string, ListMethod | undefined>;
  const method = methods[name];
  const key = method?.operation?.items;
  if (!method || key === undefined) {
    const lists = Object.keys(methods).filter((other) => methods[other]?.operation?.items);
    throw new PaginationOptionError(
      "operation",
      `paginate: ${JSON.stringify(name)} is not an operation that answers with a list. It takes ${lists.join(", ")}.`,
    );
  }
  checkParameters(parameters);
  const { created, per_page = maxPerPage } = parameters as { created?: string; per_page?: number };
  const hasCreated = method.operation.queryParameters.includes("created");
  const isSearch = searchParameters.some(
    (parameter) => (parameters as Record<string, unknown>)[parameter] !== undefined,
  );
  const range = hasCreated && created !== undefined ? parseCreated(created) : {};

  async function ask(
    query: { page?: number; per_page: number; created?: string | undefined },
    search: boolean,
    options: RequestOptions = {},
  ): Promise<Answer<Item>> {
    const asked: object = { ...parameters, ...query };
    const { data, response } = await (method as ListMethod).withResponse(asked, options);
    const { total_count: totalCount, [key as string]: items } = (data ?? {}) as Record<
      string,
      unknown
    >;
    if (typeof totalCount !== "number" || !Array.isArray(items))
      throw new PaginationError(
        `${method?.operation.id}: the answer has no total_count and ${key}; it is not GitHub's list.`,
      );
    return {
      items: items as Item[],
      links: (items as Item[]).map((item) => ({
        id: item.id,
        second: hasCreated ? second(item) : 0,
      })),
      totalCount,
      totalIsLowerBound: hasCreated && totalCount >= (search ? searchTotal : listTotal),
      response,
    };
  }

  return {
    fingerprint: fingerprint(method.operation.id, { ...parameters, ...boundRepository(client) }),
    range,
    hasCreated,
    isSearch,
    perPage: per_page,
    get({ page, perPage, until, since }, options) {
      const from = since === undefined ? range : { from: since };
      const to = Math.min(until ?? Infinity, range.to ?? Infinity);
      const bounded = until === undefined ? {} : { created: formatCreated({ ...from, to }) };
      const numbered = page === 1 ? {} : { page };
      return ask(
        { ...bounded, ...numbered, per_page: perPage },
        isSearch || until !== undefined,
        options,
      );
    },
    total(part, options) {
      const bounded = part === undefined ? {} : { created: formatCreated(part) };
      return ask({ ...bounded, per_page: 1 }, isSearch || part !== undefined, options);
    },
  };
}

/** The repository of a client that is bound to one and tells it. */
function boundRepository(client: object): { owner?: string; repo?: string } {
  if (!("owner" in client && "repo" in client)) return {};
  const { owner, repo } = client;
  return typeof owner === "string" && typeof repo === "string" ? { owner, repo } : {};
}

function second(item: { id: number; created_at?: unknown }): number {
  const at = secondOf(String(item.created_at));
  if (Number.isNaN(at))
    throw new PaginationError(
      `run ${item.id}: created_at is ${String(item.created_at)}, not a time.`,
    );
  return at;
}
