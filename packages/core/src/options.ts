import type { AuthOption } from "./auth.ts";
import type { Middleware } from "./middleware.ts";

/** Options of `createClient`. */
export interface ClientOptions {
  /**
   * A token, a function that gives one (it is asked before each request), or an Octokit auth strategy such
   * as `createAppAuth({ … })`. Default: none, which GitHub allows for public data at 60 requests an hour.
   */
  auth?: AuthOption | undefined;
  /**
   * Root of the API. Default `https://api.github.com`. GitHub Enterprise Server: `https://HOST/api/v3`;
   * GHE.com: `https://api.SUBDOMAIN.ghe.com`.
   */
  baseUrl?: string | undefined;
  /**
   * Value of `X-GitHub-Api-Version`. Default `2022-11-28`.
   * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
   */
  apiVersion?: string | undefined;
  /** Value of `User-Agent`, which GitHub requires. Default `@workflow-runs/core`. Browsers send their own. */
  userAgent?: string | undefined;
  /** The `fetch` to use. Default: `globalThis.fetch`, looked up at each request, so that it can be mocked later. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Rings around every call, the first outermost. See {@link Middleware}. */
  middleware?: readonly Middleware[] | undefined;
}

/** Options of a single call: the second argument of every method. */
export interface CallOptions {
  /** Aborts the call at every stage; it then rejects with the signal's reason (an `AbortError` by default). */
  readonly signal?: AbortSignal | undefined;
  /** Headers for this call, over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * For the downloads, which GitHub answers with a redirect: `"follow"` (default) resolves to the file's
   * response; `"manual"` to GitHub's own 302 response, its `location` header the signed URL, valid for a minute.
   */
  readonly redirect?: "follow" | "manual" | undefined;
}
