import type { Reply } from "../responses/reply.ts";
import type { FakeUrls } from "../responses/urls.ts";
import type { RepositoryRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";
import type { OperationName } from "../rules/operation-name.ts";

/** What an operation is given. */
export interface Call {
  operation: OperationName;
  store: Store;
  repository: RepositoryRecord;
  /** The path parameters after owner and repo, as text. */
  path: Record<string, string>;
  url: URL;
  body: unknown;
  /** Who asks: the token's user. */
  login: string;
  now: number;
  urls: FakeUrls;
}

/** One operation's behaviour. */
export type Operation = (call: Call) => Reply;
