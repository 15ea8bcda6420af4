import { ParameterError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import type { Outgoing } from "./request.ts";

/**
 * Gives a token; asked before each request, so it keeps its own cache. `refresh` is true when GitHub has
 * just answered 401 to the last one: give a new one then.
 */
export type TokenProvider = (options: {
  refresh: boolean;
}) => string | undefined | Promise<string | undefined>;

/** An Octokit auth strategy: the result of `createAppAuth(…)`, `createTokenAuth(…)`, `createOAuthUserAuth(…)`, … */
export interface OctokitAuth {
  // Strategies are functions too, each with options of its own; saying so here would leave a provider's
  // parameter without a type.
  // oxlint-disable-next-line typescript/no-explicit-any -- never called, it only tells a strategy from a provider
  hook: (...parameters: any[]) => unknown;
}

/** A token, a function that gives one, or an Octokit auth strategy. */
export type AuthOption = string | TokenProvider | OctokitAuth;

/** Adds `Authorization: Bearer …` where the request has none, and asks once for a new token on 401. */
export function authenticate(auth: AuthOption): Ring {
  const given = (request: Outgoing): boolean => request.headers["authorization"] !== undefined;
  if (typeof auth === "string") {
    checked(auth);
    return (request, next) => next(given(request) ? request : withToken(request, auth));
  }
  return async (request, next) => {
    if (given(request)) return next(request);
    const token = await tokenOf(auth, false);
    const answer = await next(withToken(request, token));
    if (answer.status !== 401) return answer;
    const fresh = await tokenOf(auth, true);
    return fresh === undefined || fresh === token ? answer : next(withToken(request, fresh));
  };
}

function withToken(request: Outgoing, token: string | undefined): Outgoing {
  if (token === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

async function tokenOf(
  auth: TokenProvider | OctokitAuth,
  refresh: boolean,
): Promise<string | undefined> {
  if (!("hook" in auth)) return checked(await auth({ refresh }));
  // The type matters to app strategies only; the others have one kind of token.
  const strategy = auth as unknown as (options: object) => Promise<{ token?: unknown }>;
  const { token } = await strategy({ type: "installation", ...(refresh && { refresh }) });
  return checked(token);
}

// fetch would put the whole header, token and all, into its error.
function checked(token: unknown): string | undefined {
  if (token === undefined || (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)))
    return token;
  throw new ParameterError(
    "auth",
    "auth: the token is empty, not a string, or holds a character that cannot stand in a header, such as a line break.",
  );
}
