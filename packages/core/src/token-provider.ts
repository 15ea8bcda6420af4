import type { Answer } from "./answer.ts";
import type { authorizationOf, OctokitAuth, TokenProvider } from "./auth.ts";
import type { Ring } from "./middleware.ts";

/** Asks a provider or strategy for the token of each request that has none, and once for a new one on 401. */
export function askForToken(
  auth: TokenProvider | OctokitAuth,
  headerOf: typeof authorizationOf,
): Ring {
  const ask = async (refresh: boolean): Promise<{ authorization?: string }> => {
    if (!("hook" in auth)) return headerOf(await auth({ refresh }));
    // The type matters to app strategies only; the others have one kind of token.
    const strategy = auth as unknown as (options: object) => Promise<{ token?: unknown }>;
    return headerOf((await strategy({ type: "installation", refresh })).token);
  };
  return async (request, next) => {
    if (request.headers["authorization"] !== undefined) return next(request);
    const send = (header: object): Promise<Answer> =>
      next({ ...request, headers: { ...request.headers, ...header } });
    const header = await ask(false);
    const answer = await send(header);
    if (answer.response.status !== 401) return answer;
    const { authorization } = await ask(true);
    return authorization === undefined || authorization === header.authorization
      ? answer
      : send({ authorization });
  };
}
