import type { paths } from "@workflow-runs/openapi-types";
import type { CallOptions } from "../options/options.ts";
import type { RateLimit } from "../rate-limit/rate-limit.ts";
import type { OpenapiFetchClient } from "./openapi-fetch.ts";
import type {
  OperationData,
  OperationName,
  OperationParameters,
  Operations,
} from "./operation-types.ts";

/** One operation of the API, as a function. `Bound` are the parameters it already knows. */
export interface Method<Name extends OperationName, Bound extends string = never> {
  /** Calls the operation and resolves to its data, or rejects with a {@link WorkflowRunsError}. */
  (parameters: Free<Name, Bound>, options?: CallOptions): Promise<OperationData<Name>>;
  /** The same, with the response (status, headers) beside the data. The body has been read. */
  withResponse(
    parameters: Free<Name, Bound>,
    options?: CallOptions,
  ): Promise<{ data: OperationData<Name>; response: Response }>;
  /** The operation's entry of the operations table: method, path, parameter names, list key. */
  readonly operation: Operations[Name];
}

type Free<Name extends OperationName, Bound extends string> = [Bound] extends [never]
  ? OperationParameters<Name>
  : DistributiveOmit<OperationParameters<Name>, Bound>;

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** One method for each operation. */
export type Methods<Bound extends string = never> = {
  readonly [Name in OperationName]: Method<Name, Bound>;
};

/** The methods of one repository: as the client's, without `owner` and `repo`. */
export type RepositoryClient = Methods<"owner" | "repo"> & {
  /** The repository's owner. */
  readonly owner: string;
  /** The repository's name. */
  readonly repo: string;
};

/** A typed client: one method per operation, and the raw methods of openapi-fetch beside them. */
export interface Client extends Methods {
  /** openapi-fetch's `GET`, through the same middleware: resolves to `{ data, error, response }`. */
  readonly GET: OpenapiFetchClient<paths>["GET"];
  /** openapi-fetch's `POST`, see `GET`. */
  readonly POST: OpenapiFetchClient<paths>["POST"];
  /** openapi-fetch's `PUT`, see `GET`. */
  readonly PUT: OpenapiFetchClient<paths>["PUT"];
  /** openapi-fetch's `PATCH`, see `GET`. */
  readonly PATCH: OpenapiFetchClient<paths>["PATCH"];
  /** openapi-fetch's `DELETE`, see `GET`. */
  readonly DELETE: OpenapiFetchClient<paths>["DELETE"];
  /**
   * The same methods with `owner` and `repo` filled in.
   * @param name `owner/name`
   * @throws {ParameterError} when the name is not of that form
   */
  repository(name: string): RepositoryClient;
  /** The hourly budget as GitHub last stated it; `undefined` before the first response. */
  readonly rateLimit: RateLimit | undefined;
}
