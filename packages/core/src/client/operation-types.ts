import type { operations as Schema } from "@workflow-runs/openapi-types";
import type { Operations } from "@workflow-runs/openapi-types/operations";

export type { Operations };

/** Name of an operation: GitHub's operation id in camelCase, which is Octokit's name too. */
export type OperationName = keyof Operations;

/** What is known of an operation at run time: its entry of the operations table. */
export interface Operation {
  /** GitHub's operation id, e.g. `actions/get-workflow-run`. */
  readonly id: string;
  /** HTTP method, lower case. */
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Path template, e.g. `/repos/{owner}/{repo}/actions/runs/{run_id}`. */
  readonly path: string;
  /** Names that stand in the path; all of them are required. */
  readonly pathParameters: readonly string[];
  /** Names that go into the query; all of them are optional. */
  readonly queryParameters: readonly string[];
  /** Names that go into the JSON body. */
  readonly bodyProperties: readonly string[];
  /** Those of `bodyProperties` that are required. */
  readonly requiredBodyProperties: readonly string[];
  /** Statuses GitHub documents for success. */
  readonly success: readonly number[];
  /** For lists: the property of the response that holds the items, e.g. `workflow_runs`. */
  readonly items?: string;
}

type SchemaOf<Name extends OperationName> = Schema[Operations[Name]["id"]];

type PathOf<S> = S extends { parameters: { path: infer Path } } ? Path : unknown;
type QueryOf<S> = S extends { parameters: { query?: infer Query } } ? NonNullable<Query> : unknown;
type BodyOf<S> = S extends { requestBody?: { content: { "application/json": infer Body } } }
  ? NonNullable<Body>
  : unknown;

/** An optional parameter may also be `undefined`, which is as good as absent. */
type Loose<T> = [T] extends [never]
  ? unknown
  : unknown extends T
    ? unknown
    : T extends object
      ? {
          [K in keyof T]: undefined extends { [P in K]: T[P] }[K] ? T[K] | undefined : T[K];
        }
      : T;

/**
 * Parameters of an operation: path, query and body parameters flat in one object, as in Octokit.
 *
 * @example OperationParameters<"getWorkflowRun"> // { owner: string; repo: string; run_id: number; … }
 */
export type OperationParameters<Name extends OperationName> = PathOf<SchemaOf<Name>> &
  Loose<QueryOf<SchemaOf<Name>>> &
  Loose<BodyOf<SchemaOf<Name>>>;

type Json<R> = R extends { content: { "application/json": infer Data } } ? Data : undefined;

/**
 * What an operation resolves to: the JSON body, `undefined` for 204, and for the downloads that GitHub
 * redirects (302) the archive's (or text's) `Response`, its body a stream not yet read.
 */
export type OperationData<Name extends OperationName> =
  SchemaOf<Name> extends { responses: infer R }
    ? R extends { 302: unknown }
      ? Response
      : R extends { 200: infer Ok }
        ? Json<Ok>
        : R extends { 201: infer Created }
          ? Json<Created>
          : R extends { 202: infer Accepted }
            ? Json<Accepted>
            : undefined
    : never;
