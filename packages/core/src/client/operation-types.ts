import type { operations } from "@workflow-runs/openapi-types/operations";

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
  /** Those of `queryParameters` that take a list too, each item of it sent as a parameter of that name. */
  readonly arrayParameters?: readonly string[];
  /** Names that go into the JSON body. */
  readonly bodyProperties: readonly string[];
  /** Those of `bodyProperties` that are required. */
  readonly requiredBodyProperties: readonly string[];
  /** Statuses GitHub documents for success. */
  readonly success: readonly number[];
  /** The media type of a body that is no JSON, e.g. `text/plain`: text is returned as a string, anything else as a `Response`. */
  readonly mediaType?: string;
  /** For lists: the property of the response that holds the items, e.g. `workflow_runs`. */
  readonly items?: string;
  /** One line of what it does. */
  readonly summary?: string;
  /** GitHub's page about it. */
  readonly documentationUrl?: string;
  /** True for what GitHub will remove. */
  readonly deprecated?: boolean;
  /** The fine-grained permissions that a token needs: alternatives, each of which is enough, e.g. `[{ actions: "write" }]`. */
  readonly permissions?: readonly Readonly<Record<string, string>>[];
  /** Whether it works without a token on public repositories. */
  readonly publicRead?: boolean;
  /** The scopes that a classic token needs. */
  readonly scopes?: readonly string[];
}

/** A table of operations, as `workflow-runs-codegen` generates it: operation name → what is known of it. */
export type OperationsTable = Readonly<Record<string, Operation>>;

/** The table that a client has by default: GitHub's pages on workflow runs and jobs. */
export type Operations = typeof operations;

/** Name of an operation: GitHub's operation id in camelCase, which is Octokit's name too. */
export type OperationName<Table = Operations> = keyof Table & string;

/** The paths of the description that a table was generated from, which the table's type brings along. */
export type PathsOf<Table> = NonNullable<Table[keyof Table & symbol]>;

type SchemaOf<Name extends keyof Table, Table> = Table[Name] extends {
  readonly path: infer Path extends keyof PathsOf<Table>;
  readonly method: infer Method;
}
  ? PathsOf<Table>[Path][Method & keyof PathsOf<Table>[Path]]
  : never;

type PathOf<S> = S extends { parameters: { path: infer Path } } ? Path : unknown;
type QueryOf<S> = S extends { parameters: { query?: infer Query } } ? NonNullable<Query> : unknown;
/** Flat parameters can be the properties of an object, but no list and no bare word. */
type BodyOf<S> = S extends { requestBody?: { content: { "application/json": infer Body } } }
  ? Exclude<NonNullable<Body>, readonly unknown[] | string | number | boolean>
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

type ParametersOf<S> = PathOf<S> & Loose<QueryOf<S>> & Loose<BodyOf<S>>;

/**
 * Parameters of an operation: path, query and body parameters flat in one object, as in Octokit.
 *
 * @example OperationParameters<"getWorkflowRun"> // { owner: string; repo: string; run_id: number; … }
 */
export type OperationParameters<Name extends keyof Table, Table = Operations> = ParametersOf<
  SchemaOf<Name, Table>
>;

type ContentOf<R> = R extends { content: infer C }
  ? C extends { "application/json": infer Data }
    ? Data
    : keyof C extends infer Type extends string
      ? Type extends `${string}json${string}`
        ? C[Type & keyof C]
        : Type extends `text/${string}`
          ? string
          : Response
      : never
  : undefined;

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | "2XX";

type DataOf<S> = S extends { responses: infer R }
  ? [keyof R & Success] extends [never]
    ? R extends { 302: unknown }
      ? Response
      : undefined
    : ContentOf<R[keyof R & Success]>
  : never;

/**
 * What an operation resolves to: the JSON body, the text of another one, `undefined` for 204, and for the downloads that
 * GitHub redirects (302) the archive's (or text's) `Response`, its body a stream not yet read.
 */
export type OperationData<Name extends keyof Table, Table = Operations> = DataOf<
  SchemaOf<Name, Table>
>;
