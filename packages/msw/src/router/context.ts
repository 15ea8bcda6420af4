import type { Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { Caller, Need } from "../rules/access.ts";
import type { Described } from "../rules/described.ts";
import type { RouteName } from "../rules/route-name.ts";
import type { Limits } from "../state/limits.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";

/** What a route that is about no repository is given. */
export interface RootCall {
  route: Route;
  store: Store;
  limits: Limits;
  /** The path parameters, as text. */
  path: Record<string, string>;
  url: URL;
  body: unknown;
  caller: Caller;
  now: number;
  urls: FakeUrls;
}

/** What a route below `/repos/{owner}/{repo}` is given. */
export interface Call extends RootCall {
  repository: RepositoryRecord;
}

/** A method and a path that the fake answers for. */
export type Route = Described & {
  readonly name: RouteName;
  /** The page that errors point to in `documentation_url`. */
  readonly documentationUrl: string;
  readonly need: Need;
} & (
    | { readonly about: "repository"; readonly respond: (call: Call) => Reply }
    | { readonly about: "account"; readonly respond: (call: RootCall) => Reply }
  );
