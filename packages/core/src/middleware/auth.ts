import { orAbort } from "../support/abort.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import { invalidValue } from "../support/options.ts";
import type { InnerMiddleware } from "./chain.ts";

/**
 * Gives a token; called before each request, so it keeps its own cache. `refresh` is true when GitHub has
 * just responded with 401 to the last one: give a new one then.
 */
export type TokenProvider = (options: { refresh: boolean }) => TokenResult | Promise<unknown>;

// `unknown` above for `octokit.auth`, which promises no more than that. What is no token is refused when it comes.
type TokenResult = string | undefined | { token?: string };

/** An Octokit auth strategy: the result of `createAppAuth(…)`, `createTokenAuth(…)`, `createOAuthUserAuth(…)`, … */
export interface OctokitAuth {
  // Strategies are functions too, each with options of its own; saying so here would leave a provider's
  // parameter without a type.
  // oxlint-disable-next-line typescript/no-explicit-any -- never called, it only distinguishes a strategy from a provider
  hook: (...parameters: any[]) => unknown;
}

/** An Octokit, whose token is shared. */
export interface OctokitWithAuth {
  // oxlint-disable-next-line typescript/no-explicit-any -- what it takes depends on its strategy
  auth: (...parameters: any[]) => Promise<unknown>;
}

/** A token, a function that gives one (`octokit.auth` is one), an Octokit auth strategy, or an Octokit. */
export type AuthOption = string | TokenProvider | OctokitAuth | OctokitWithAuth;

/**
 * Adds the token to requests below `baseUrl` that have none; a middleware, or a raw call's own `baseUrl`, may lead
 * elsewhere. A provider or strategy is called for each request, and for a new token on 401: once for all the calls
 * that get a 401 at the same time, as a refresh may make the token before it invalid.
 */
export function authorize(
  auth: AuthOption | undefined,
  baseUrl: string,
): InnerMiddleware | undefined {
  if (auth === undefined) return undefined;
  const provider = typeof auth === "object" ? (auth as OctokitWithAuth).auth : auth;
  const authorized =
    typeof provider === "string"
      ? withToken(authorizationOf(provider))
      : withProvider((refresh) => tokenOf(provider, refresh));
  const root = `${baseUrl}/`;
  return (request, next) =>
    request.headers["authorization"] === undefined && request.url.startsWith(root)
      ? authorized(request, next)
      : next(request);
}

interface Authorization {
  authorization?: string;
}

function withToken(token: Authorization): InnerMiddleware {
  return (request, next) => next({ ...request, headers: { ...request.headers, ...token } });
}

function withProvider(ask: (refresh: boolean) => Promise<Authorization>): InnerMiddleware {
  let refreshing: Promise<Authorization> | undefined;
  let latest: Authorization = {};
  // How many there were, so that a call knows whether its token is older than the latest.
  let refreshes = 0;
  let waiting = 0;
  const begin = (): Promise<Authorization> => {
    const own: Promise<Authorization> = ask(true)
      .then((token) => {
        if (refreshing === own) {
          refreshes++;
          latest = token;
        }
        return token;
      })
      .finally(() => {
        if (refreshing === own) refreshing = undefined;
      });
    return own;
  };
  const refresh = async (signal: AbortSignal | undefined): Promise<Authorization> => {
    waiting++;
    try {
      return await orAbort((refreshing ??= begin()), signal);
    } finally {
      // A refresh that hangs must not hold the calls that come after all those have aborted.
      if (--waiting === 0) refreshing = undefined;
    }
  };

  return async (request, next) => {
    let refreshed = false;
    let since = refreshes;
    let token = await ask(false);
    for (let tries = 1; ; tries++) {
      const received = await withToken(token)(request, next);
      if (received.status !== 401 || tries > maxRefreshes) return received;
      const outdated =
        refreshes > since && !refreshing && latest.authorization !== token.authorization;
      if (!outdated && refreshed) return received;
      refreshed ||= !outdated;
      const fresh = outdated ? latest : await refresh(request.signal);
      since = refreshes;
      if (fresh.authorization === undefined || fresh.authorization === token.authorization)
        return received;
      token = fresh;
    }
  };
}

// Others may refresh again and again while this call is under way.
const maxRefreshes = 5;

async function tokenOf(
  auth: Exclude<AuthOption, string | OctokitWithAuth> | OctokitWithAuth["auth"],
  refresh: boolean,
): Promise<Authorization> {
  // The type matters to app strategies only; the others have one kind of token.
  const strategy = auth as (options: object) => unknown;
  const result = await strategy("hook" in auth ? { type: "installation", refresh } : { refresh });
  const { type, token } = Object(result) as { type?: unknown; token?: unknown };
  // What a strategy of Octokit resolves to.
  return authorizationOf(token !== undefined || type === "unauthenticated" ? token : result);
}

/** The header for a token; none for none. A token that fetch would refuse is refused here: fetch's error would show it. */
function authorizationOf(token: unknown): Authorization {
  if (token === undefined) return {};
  if (token === "")
    throw new ParameterError(
      "createClient: auth is empty. Is the secret or the environment variable set? Leave `auth` out to send requests without a token.",
      { parameter: "auth" },
    );
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token))
    return { authorization: `Bearer ${token}` };
  const words = 'a bare token, without "Bearer" or spaces';
  throw invalidValue("createClient", "auth", token, words, true);
}
