import type {
  Client,
  OperationData,
  OperationName,
  Operations,
  RepositoryClient,
} from "@workflow-runs/core";

/** Operations that return a list. */
export type ListOperationName = {
  [Name in OperationName]: Operations[Name] extends { readonly items: string } ? Name : never;
}[OperationName];

type ItemsKey<Name extends ListOperationName> = Operations[Name]["items"] & string;

/** One item of a list: `WorkflowRun` or `Job`. */
export type ListItem<Name extends ListOperationName> =
  OperationData<Name> extends Record<ItemsKey<Name>, (infer Item)[]> ? Item : never;

/** A client, or one of its repositories: `github` or `github.repository("owner/name")`. */
export type ListClient = Client | RepositoryClient;

/** Parameters of a list, flat, as the client's method takes them, but for `page`. */
export type ListParameters<C extends ListClient, Name extends ListOperationName> =
  C extends Record<Name, (parameters: infer P, ...rest: never[]) => unknown>
    ? Omit<P, "page">
    : never;
