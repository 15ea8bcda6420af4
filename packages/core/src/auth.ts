import type { Answer } from "./answer.ts";
import { ParameterError } from "./errors.ts";
import type { Ring } from "./middleware.ts";

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
export function authenticate(auth: AuthOption | undefined): Ring {
  const tokenOf = async (refresh: boolean): Promise<string | undefined> => {
    if (typeof auth !== "function") return checked(auth);
    if (!("hook" in auth)) return checked(await auth({ refresh }));
    // The type matters to app strategies only; the others have one kind of token.
    const strategy = auth as unknown as (options: object) => Promise<{ token?: unknown }>;
    return checked((await strategy({ type: "installation", refresh })).token);
  };
  if (typeof auth !== "function") checked(auth);
  return async (request, next) => {
    if (request.headers["authorization"] !== undefined) return next(request);
    const send = (token: string | undefined): Promise<Answer> =>
      next(
        token === undefined
          ? request
          : { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } },
      );
    const token = await tokenOf(false);
    const answer = await send(token);
    if (answer.response.status !== 401) return answer;
    const fresh = await tokenOf(true);
    return fresh === undefined || fresh === token ? answer : send(fresh);
  };
}

// fetch would put the whole header, token and all, into its error.
function checked(token: unknown): string | undefined {
  if (token === undefined || (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)))
    return token;
  throw new ParameterError(
    "auth",
    'auth: the token is empty, not a string, or holds a character that no token has, such as a space or a line break. Give the token alone, without "Bearer".',
  );
}
