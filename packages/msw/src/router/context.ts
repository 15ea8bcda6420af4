import type { Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { Caller, Need } from "../rules/access.ts";
import type { Described } from "../rules/described.ts";
import type { HandledRoute, RouteName } from "../rules/route-name.ts";
import type { Limits } from "../state/limits.ts";
import type { RepositoryRecord, RunRecord, WorkflowRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import type { SentBody } from "./body.ts";

/** What a route that is about no repository is called with. */
export interface AccountRequest extends SentBody {
  route: Route;
  store: Store;
  limits: Limits;
  /** The path parameters, as text. */
  path: Record<string, string>;
  url: URL;
  method: string;
  headers: Headers;
  caller: Caller;
  /** GitHub's `x-github-request-id`: another one for each request. */
  requestId: string;
  now: number;
  urls: FakeUrls;
  /** Makes a run of a workflow that somebody started by hand. */
  dispatch(
    repository: RepositoryRecord,
    workflow: WorkflowRecord,
    trigger: { branch: string; actor: string; inputs: Readonly<Record<string, string>> },
  ): RunRecord;
  /** Whether the caller may know of a repository. */
  mayRead(repository: RepositoryRecord): boolean;
  /**
   * Why the caller may not read a part of a repository, undefined when it may. The permissions are
   * alternatives, and count as used.
   */
  readRefusal(repository: RepositoryRecord, permissions: Need["permissions"]): string | undefined;
  /** The commit a branch is at. */
  branchSha(repository: RepositoryRecord, branch: string): string;
}

/** What a route below `/repos/{owner}/{repo}` is called with. */
export interface RepositoryRequest extends AccountRequest {
  repository: RepositoryRecord;
}

/** A method and a path that the fake serves. */
export type Route = Described & {
  readonly name: RouteName | HandledRoute;
  readonly need: Need;
} & (
    | {
        readonly about: "repository";
        readonly respond: (call: RepositoryRequest) => Reply | Promise<Reply>;
      }
    | {
        readonly about: "account";
        readonly respond: (call: AccountRequest) => Reply | Promise<Reply>;
      }
    | {
        /** An author's own: nothing is known of its parameters. */
        readonly about: "handled";
        readonly respond: (
          call: AccountRequest & { repository: RepositoryRecord | undefined },
        ) => Promise<Reply>;
      }
  );
