import { ParameterError } from "./errors.ts";
import type { Middleware } from "./middleware.ts";

/**
 * Gives a token; asked before each request, so it keeps its own cache. `refresh` is true when GitHub has
 * just answered 401 to the last one: give a new one then.
 */
export type TokenProvider = (options: {
  refresh: boolean;
}) => string | undefined | Promise<string | undefined>;

/** An Octokit auth strategy: the result of `createAppAuth(…)`, `createTokenAuth(…)`, `createOAuthUserAuth(…)`, … */
export interface OctokitAuth {
  // oxlint-disable-next-line typescript/no-explicit-any -- every strategy has options of its own
  (options: any): Promise<object>;
  hook: (...parameters: never[]) => unknown;
}

/** A token, a function that gives one, or an Octokit auth strategy. */
export type AuthOption = string | TokenProvider | OctokitAuth;

/** Adds `Authorization: Bearer …` where the request has none, and asks once for a new token on 401. */
export function authenticate(auth: AuthOption): Middleware {
  return async (request, next) => {
    if (request.headers.has("authorization")) return next(request);
    const token = await tokenOf(auth, false);
    const response = await next(withToken(request, token));
    if (response.status !== 401 || typeof auth === "string") return response;
    const fresh = await tokenOf(auth, true);
    if (fresh === undefined || fresh === token) return response;
    await response.body?.cancel();
    return next(withToken(request, fresh));
  };
}

function withToken(request: Request, token: string | undefined): Request {
  if (token === undefined) return request;
  const copy = request.clone();
  copy.headers.set("authorization", `Bearer ${token}`);
  return copy;
}

async function tokenOf(auth: AuthOption, refresh: boolean): Promise<string | undefined> {
  const given = typeof auth === "string" ? auth : await ask(auth, refresh);
  if (given === undefined) return undefined;
  // A Headers object would put the whole value, token and all, into its error.
  if (typeof given !== "string" || !/^[\x21-\x7e]+$/.test(given))
    throw new ParameterError(
      "auth",
      "auth: the token is empty or holds a character that cannot stand in a header, such as a line break.",
    );
  return given;
}

async function ask(
  auth: TokenProvider | OctokitAuth,
  refresh: boolean,
): Promise<string | undefined> {
  if (!("hook" in auth)) return auth({ refresh });
  const given = await auth({ type: "installation", ...(refresh && { refresh }) });
  return "token" in given ? (given.token as string) : undefined;
}
