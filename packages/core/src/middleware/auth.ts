import { ParameterError } from "../support/workflow-runs-error.ts";
import { invalidValue } from "../support/options.ts";
import type { PlainResponse } from "../transport/response.ts";
import type { InnerMiddleware } from "./chain.ts";

/**
 * Gives a token; called before each request, so it keeps its own cache. `refresh` is true when GitHub has
 * just responded with 401 to the last one: give a new one then.
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

/**
 * Adds the token to requests below `baseUrl` that have none; a middleware, or a raw call's own `baseUrl`, may lead
 * elsewhere. A provider or strategy is called for each request, and once more for a new token on 401.
 */
export function authorize(
  auth: AuthOption | undefined,
  baseUrl: string,
): InnerMiddleware | undefined {
  if (auth === undefined) return undefined;
  const token = typeof auth === "string" ? authorizationOf(auth) : undefined;
  return async (request, next) => {
    if (request.headers["authorization"] !== undefined || !request.url.startsWith(`${baseUrl}/`))
      return next(request);
    const send = (header: object): Promise<PlainResponse> =>
      next({ ...request, headers: { ...request.headers, ...header } });
    if (typeof auth === "string") return send(token!);
    const header = await tokenOf(auth, false);
    const first = await send(header);
    if (first.response.status !== 401) return first;
    const { authorization } = await tokenOf(auth, true);
    return authorization === undefined || authorization === header.authorization
      ? first
      : send({ authorization });
  };
}

async function tokenOf(
  auth: TokenProvider | OctokitAuth,
  refresh: boolean,
): Promise<{ authorization?: string }> {
  if (!("hook" in auth)) return authorizationOf(await auth({ refresh }));
  // The type matters to app strategies only; the others have one kind of token.
  const strategy = auth as unknown as (options: object) => Promise<{ token?: unknown }>;
  return authorizationOf((await strategy({ type: "installation", refresh })).token);
}

/** The header for a token; none for none. A token that fetch would refuse is refused here: fetch's error would show it. */
function authorizationOf(token: unknown): { authorization?: string } {
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
