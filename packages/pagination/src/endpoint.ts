import {
  checkClient,
  checkValue,
  invalidValue,
  kinds,
  ParameterError,
} from "@workflow-runs/core/support";
import { createdIn, type CreatedRange, formatCreated, parseCreated } from "./created-range.ts";
import { fingerprint } from "./cursor.ts";
import { PaginationError } from "./errors.ts";
import { limits, searchParameters } from "./limits.ts";
import { runFilter } from "./run-filter.ts";

/** One page of a list, as the server sent it; an item that it repeats is in it once. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Second in which each item was created; NaN where `created_at` is missing. */
  readonly seconds: readonly number[];
  readonly total: number;
  /** True when GitHub stopped counting at `total`. */
  readonly isLowerBound: boolean;
  /** Whether `Link` names a next page; undefined for a server that never sent a `Link`. */
  readonly next: boolean | undefined;
  readonly response: Response;
}

/** Which page of a list. */
export interface PageQuery {
  readonly page: number;
  readonly perPage: number;
  /** Absent: without `created`. */
  readonly created?: CreatedRange | undefined;
}

/** What a request passes to the client, beside its parameters. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Called before the client waits for a rate limit. */
  readonly onLimit?: (event: { readonly limit: string }) => void;
}

/** A list of the API: which limits hold for it, and how to request a page of it. */
export interface Endpoint<Item> {
  readonly fingerprint: string;
  /** The caller's `created`. */
  readonly range: CreatedRange;
  /** Lists of runs have `created`; lists of jobs have not. */
  readonly hasCreated: boolean;
  /** True for the search index, false for the database. */
  readonly isSearch: boolean;
  /** Items that GitHub shows of it. */
  readonly limit: number;
  readonly perPage: number;
  /** The caller's filters, as far as the server may not apply them. */
  readonly filter: ((item: Item) => boolean) | undefined;
  get(query: PageQuery, options: RequestOptions): Promise<Page<Item>>;
}

interface ListMethod {
  withResponse(
    parameters: object,
    options: RequestOptions,
  ): Promise<{ data: unknown; response: Response }>;
  readonly operation: {
    readonly id: string;
    readonly queryParameters: readonly string[];
    readonly items?: string;
  };
}

const parameterKinds = {
  per_page: {
    allows: (value: unknown) => kinds.count.allows(value) && (value as number) <= limits.perPage,
    words: `an integer from 1 to ${limits.perPage}`,
  },
  created: kinds.text,
  // As an unset variable leaves it: GitHub would show all runs.
  ...Object.fromEntries(
    searchParameters
      .filter((name) => name !== "created" && name !== "check_suite_id")
      .map((name) => [
        name,
        { allows: Boolean, words: "a value to filter by; leave it out to see all" },
      ]),
  ),
};

/**
 * @throws {ParameterError} for an operation that is no list, for `page`, and for a bad `per_page` or `created`
 */
export function endpointOf<Item extends { id: number }>(
  client: object,
  name: string,
  // Absent only in plain JavaScript: a bound client needs none, any other names the one that is missing.
  parameters: object = {},
  source: "search" | "list" = "search",
): Endpoint<Item> {
  const methods = Object(client) as Record<string, ListMethod | undefined>;
  const method = methods[name];
  const key = method?.operation?.items;
  if (!method || key === undefined) {
    const lists = Object.keys(methods).filter((other) => methods[other]?.operation?.items);
    if (lists.length === 0) checkClient("paginate", client, name);
    throw invalidValue("paginate", "operation", name, `a list. Lists: ${lists.join(", ")}`);
  }
  checkValue("paginate", "parameters", parameters, kinds.object);
  const all = parameters as Record<string, unknown>;
  if (all["page"] !== undefined)
    throw new ParameterError(
      "paginate: leave out page, the pages are counted here. To go on where you were, pass a cursor as `from`.",
      { parameter: "page" },
    );
  for (const [parameter, kind] of Object.entries(parameterKinds))
    if (all[parameter] !== undefined) checkValue("paginate", parameter, all[parameter], kind);

  const {
    created,
    per_page = limits.perPage,
    ...rest
  } = all as { created?: string; per_page?: number };
  const hasCreated = method.operation.queryParameters.includes("created");
  const filters = hasCreated && searchParameters.some((filter) => all[filter] !== undefined);
  const isSearch = filters && source === "search";
  const range = hasCreated && created !== undefined ? parseCreated(created) : {};
  const sent = Object.fromEntries(
    Object.entries(rest).filter(
      ([name]) => isSearch || !filters || !searchParameters.includes(name),
    ),
  );
  const listed = { ...all, ...boundRepository(client), source: filters ? source : undefined };
  // Once a server has sent a Link, a page without one is the last.
  let sendsLink = false;

  return {
    fingerprint: fingerprint(method.operation.id, listed),
    range,
    hasCreated,
    isSearch,
    limit: hasCreated ? (isSearch ? limits.search : limits.list) : Infinity,
    perPage: per_page,
    filter: hasCreated ? runFilter(isSearch ? { created } : all, range) : undefined,
    async get({ page, perPage, created: part = {} }, options) {
      const created = formatCreated(part);
      const query = { ...sent, created, per_page: perPage, page: page === 1 ? undefined : page };
      const { data, response } = await method.withResponse(query, options);
      const { total_count: total, [key]: list } = Object(data) as Record<string, unknown>;
      if (typeof total !== "number" || !Array.isArray(list))
        throw new PaginationError(
          `${method.operation.id}: the response has no total_count and ${key}; it is not GitHub's list.`,
        );
      const link = response.headers.get("link");
      sendsLink ||= link !== null;
      const items = [...new Map((list as Item[]).map((item) => [item.id, item])).values()];
      return {
        items,
        seconds: items.map(createdIn),
        total,
        isLowerBound:
          hasCreated &&
          total >= (isSearch || created !== undefined ? limits.searchCount : limits.list),
        next: sendsLink ? /\brel="?next\b/.test(link ?? "") : undefined,
        response,
      };
    },
  };
}

/**
 * Whether more may follow a page. The end is proved by `Link`, an empty page or the count, never by a short page.
 *
 * @param shown items of the list up to the end of this page
 */
export function mayFollow(page: Page<unknown>, shown: number): boolean {
  if (page.next === undefined) return page.items.length > 0 && shown < page.total;
  return page.next && (page.items.length > 0 || page.total > 0);
}

/** The repository of a client that is bound to one and says which. */
export function boundRepository(client: object): { owner?: string; repo?: string } {
  if (!("owner" in client && "repo" in client)) return {};
  const { owner, repo } = client;
  return typeof owner === "string" && typeof repo === "string" ? { owner, repo } : {};
}
