import type { Refusal } from "./rerun.ts";

/** What a token may do. */
export interface TokenInit {
  /** Whose it is. Default `"octocat"`. */
  login?: string;
  /** Full names of the repositories it reaches; public ones may always be read. Default all. */
  repositories?: readonly string[];
  /** Default `"write"`. */
  permission?: "read" | "write";
  /** Requests an hour. Default 5,000. */
  rate_limit?: number;
}

/** Who asks. */
export interface Caller {
  /** What requests are counted by: the token, or nobody in particular. */
  key: string;
  login: string;
  anonymous: boolean;
  rateLimit: number;
  token: TokenInit | undefined;
}

/** The token of an `Authorization` header, undefined when there is none. */
export function tokenOf(authorization: string | null): string | undefined {
  const match = /^(?:bearer|token)\s+(\S+)$/i.exec(authorization ?? "");
  if (match !== null) return match[1];
  const basic = /^basic\s+(\S+)$/i.exec(authorization ?? "");
  if (basic === null) return authorization === null ? undefined : authorization;
  try {
    return atob(basic[1] as string).replace(/^[^:]*:/, "");
  } catch {
    return basic[1];
  }
}

/**
 * Who a request comes from. As long as no tokens are declared, every token is good and even a request
 * without one may do everything.
 */
export function callerOf(
  tokens: Readonly<Record<string, TokenInit>> | undefined,
  authorization: string | null,
): Caller | Refusal {
  const secret = tokenOf(authorization);
  const key = secret === undefined ? "anonymous" : `token ${secret}`;
  if (tokens === undefined) {
    return { key, login: "octocat", anonymous: false, rateLimit: 5000, token: undefined };
  }
  if (secret === undefined) {
    return { key, login: "", anonymous: true, rateLimit: 60, token: undefined };
  }
  const token = Object.hasOwn(tokens, secret) ? tokens[secret] : undefined;
  if (token === undefined) return { status: 401, message: "Bad credentials" };
  return {
    key,
    login: token.login ?? "octocat",
    anonymous: false,
    rateLimit: token.rate_limit ?? 5000,
    token,
  };
}

/** What an operation asks of its caller. */
export type Need = "read" | "logs" | "write";

/** Why a caller may not do that to a repository: 404 when it may not even know that it is there. */
export function accessRefusal(
  caller: Caller,
  repository: { fullName: string; private: boolean },
  need: Need,
  authorization: string | null,
): Refusal | undefined {
  if (caller.token === undefined && !caller.anonymous) return undefined;
  const reaches =
    caller.token !== undefined &&
    (caller.token.repositories === undefined ||
      caller.token.repositories.some(
        (name) => name.toLowerCase() === repository.fullName.toLowerCase(),
      ));
  if (repository.private && !reaches) return { status: 404, message: "Not Found" };
  if (need === "read") return undefined;
  if (caller.anonymous) {
    return { status: 403, message: "Must have admin rights to Repository." };
  }
  if (need === "logs") return undefined;
  if (reaches && caller.token?.permission !== "read") return undefined;
  const secret = tokenOf(authorization) ?? "";
  const message = secret.startsWith("github_pat_")
    ? "Resource not accessible by personal access token"
    : secret.startsWith("ghs_")
      ? "Resource not accessible by integration"
      : "Must have admin rights to Repository.";
  return { status: 403, message };
}
