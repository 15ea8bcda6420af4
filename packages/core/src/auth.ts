import { refuse } from "./checks.ts";

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

/** The header for a token; none for none. A token that fetch would refuse is refused here: fetch's error would show it. */
export function authorizationOf(token: unknown): { authorization?: string } {
  if (token === undefined) return {};
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token)
    ? { authorization: `Bearer ${token}` }
    : refuse("auth", token && "…", 'a bare token, without "Bearer" or spaces');
}
