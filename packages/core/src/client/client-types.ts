import type { CallOptions } from "../options/call-options.ts";
import type { RateLimit } from "../rate-limit/rate-limit.ts";
import type { OpenapiFetchClient } from "./openapi-fetch.ts";
import type { OperationData, OperationParameters, Operations, PathsOf } from "./operation-types.ts";

/** One operation of the API, as a function. `Bound` are the parameters it already knows. */
export interface Method<
  Name extends keyof Table,
  Bound extends string = never,
  Table = Operations,
> {
  // Calls the operation and resolves to its data, or rejects with a WorkflowRunsError. A comment that editors show
  // would hide the operation's own, which the table brings.
  (
    parameters: Free<OperationParameters<Name, Table>, Bound>,
    options?: CallOptions,
  ): Promise<OperationData<Name, Table>>;
  /** The same, with the response (status, headers) beside the data. The body has been read. */
  withResponse(
    parameters: Free<OperationParameters<Name, Table>, Bound>,
    options?: CallOptions,
  ): Promise<{ data: OperationData<Name, Table>; response: Response }>;
  /** The operation's entry of the operations table: method, path, parameter names, list key. */
  readonly operation: Table[Name];
}

type Free<Parameters, Bound extends string> = [Bound] extends [never]
  ? Parameters
  : DistributiveOmit<Parameters, Bound>;

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** One method for each operation of a table. */
export type Methods<Bound extends string = never, Table = Operations> = {
  readonly [Name in keyof Table as Name & string]: Method<Name, Bound, Table>;
};

/** The methods of one repository: as the client's, without `owner` and `repo`. */
export type RepositoryClient<Table = Operations> = Methods<"owner" | "repo", Table> & {
  /** The repository's owner. */
  readonly owner: string;
  /** The repository's name. */
  readonly repo: string;
};

type Raw<Table> = OpenapiFetchClient<PathsOf<Table>>;

/** What a client has beside the methods. */
export interface ClientMembers<Table = Operations> {
  /** openapi-fetch's `GET`, through the same middleware: resolves to `{ data, error, response }`. */
  readonly GET: Raw<Table>["GET"];
  /** openapi-fetch's `POST`, see `GET`. */
  readonly POST: Raw<Table>["POST"];
  /** openapi-fetch's `PUT`, see `GET`. */
  readonly PUT: Raw<Table>["PUT"];
  /** openapi-fetch's `PATCH`, see `GET`. */
  readonly PATCH: Raw<Table>["PATCH"];
  /** openapi-fetch's `DELETE`, see `GET`. */
  readonly DELETE: Raw<Table>["DELETE"];
  /**
   * A standard `fetch` with this client's token, budget, cache, retries and middleware, for URLs below `baseUrl`. It
   * adds the token and a `User-Agent`, no API version, and resolves to any response, as `fetch` does.
   *
   * @example new Octokit({ retry: { enabled: false }, throttle: { enabled: false }, request: { fetch: github.fetch } })
   * @throws {ParameterError} for any other URL; nothing is sent then
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The same methods with `owner` and `repo` filled in.
   * @param name `owner/name`
   * @throws {ParameterError} when the name is not of that form
   */
  repository(name: string): RepositoryClient<Table>;
  /** The hourly budget as GitHub last stated it; `undefined` before the first response. */
  readonly rateLimit: RateLimit | undefined;
}

/** A typed client: one method per operation, and the raw methods of openapi-fetch beside them. */
export type Client<Table = Operations> = Methods<never, Table> & ClientMembers<Table>;
