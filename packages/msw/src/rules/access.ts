import type { Refusal } from "./rerun.ts";

/** What a permission lets a token do; `write` includes `read`. */
export type PermissionLevel = "none" | "read" | "write";

/** What a token may do. */
export interface TokenInit {
  /** Whose it is. @default "octocat" */
  login?: string | undefined;
  /** Full names of the repositories it reaches; public ones may always be read. @default all */
  repositories?: readonly string[] | undefined;
  /** The short way to say that it may only read. @default "write", which is everything */
  permission?: "read" | "write" | undefined;
  /**
   * A fine-grained token's (`github_pat_…`), or those of an App's installation or `GITHUB_TOKEN`
   * (`ghs_…`, and any other name): `{ actions: "read", deployments: "write" }`. What is not named is
   * `"none"`.
   */
  permissions?: Readonly<Record<string, PermissionLevel>> | undefined;
  /** A classic token's: `["repo", "workflow"]`. */
  scopes?: readonly string[] | undefined;
  /** Requests an hour. @default 5_000 */
  rate_limit?: number | undefined;
}

/** Who sent a request. */
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

/** What an operation needs of its caller. */
export interface Need {
  kind: "read" | "logs" | "artifact" | "write";
  /** Alternatives of fine-grained permissions; none for what any token may do. */
  permissions: readonly Readonly<Record<string, string>>[];
  /** Whether it works without any on a public repository. */
  publicRead: boolean;
}

/** A refusal, with the headers that say what was missing. */
export interface AccessRefusal extends Refusal {
  headers?: Record<string, string>;
}

/** Why a caller may not do that to a repository: 404 when it may not even know that it is there. */
export function accessRefusal(
  caller: Caller,
  repository: { fullName: string; private: boolean },
  need: Need,
  authorization: string | null,
): AccessRefusal | undefined {
  const { token } = caller;
  if (token === undefined && !caller.anonymous) return undefined;
  const reaches =
    token !== undefined &&
    (token.repositories === undefined ||
      token.repositories.some((name) => name.toLowerCase() === repository.fullName.toLowerCase()));
  if (repository.private && !reaches) return { status: 404, message: "Not Found" };
  const denied: AccessRefusal = { status: 403, message: deniedWords(need) };
  if (token === undefined) return need.kind === "read" ? undefined : denied;
  if (token.permissions !== undefined)
    return permissionRefusal(token.permissions, repository, need, reaches, authorization);
  if (token.scopes !== undefined) return scopeRefusal(token.scopes, repository, need, reaches);
  if (need.kind !== "write") return undefined;
  if (reaches && token.permission !== "read") return undefined;
  return { status: 403, message: deniedMessage(authorization) };
}

/**
 * GitHub's words for who has no right at all. An artifact has its own, on public repositories too
 * (brewsci/homebrew-bio#1332, nextstrain/nextstrain.org#643).
 */
function deniedWords({ kind }: Need): string {
  return kind === "artifact"
    ? "You must have the actions scope to download artifacts."
    : "Must have admin rights to Repository.";
}

/** GitHub's words for a token that may not, which depend on its kind. */
function deniedMessage(authorization: string | null, unknown?: string): string {
  const secret = tokenOf(authorization) ?? "";
  if (secret.startsWith("github_pat_")) return "Resource not accessible by personal access token";
  if (secret.startsWith("ghs_")) return "Resource not accessible by integration";
  return unknown ?? "Must have admin rights to Repository.";
}

function permissionRefusal(
  permissions: Readonly<Record<string, PermissionLevel>>,
  repository: { private: boolean },
  need: Need,
  reaches: boolean,
  authorization: string | null,
): AccessRefusal | undefined {
  if (!repository.private && need.publicRead && need.kind === "read") return undefined;
  const enough = (all: Readonly<Record<string, string>>): boolean =>
    Object.entries(all).every(([name, level]) => {
      const own = permissions[name] ?? (name === "metadata" ? "read" : "none");
      return own === "write" || own === level;
    });
  const allowed = need.permissions.length === 0 || need.permissions.some(enough);
  if (reaches && allowed) return undefined;
  return {
    status: 403,
    message: deniedMessage(authorization, "Resource not accessible by integration"),
    headers: { "x-accepted-github-permissions": acceptedPermissions(need) },
  };
}

/** `actions=write`, or alternatives: `actions=read; contents=read`. */
export function acceptedPermissions({ permissions }: Pick<Need, "permissions">): string {
  return permissions
    .map((all) =>
      Object.entries(all)
        .map(([name, level]) => `${name}=${level}`)
        .join(","),
    )
    .join("; ");
}

/** A classic token needs `repo` where the repository is private, and a part of it to change a public one. */
function scopeRefusal(
  scopes: readonly string[],
  repository: { private: boolean },
  need: Need,
  reaches: boolean,
): AccessRefusal | undefined {
  if (!repository.private && need.kind === "read") return undefined;
  const enough = repository.private ? ["repo"] : ["repo", "public_repo"];
  if (reaches && enough.some((scope) => scopes.includes(scope))) return undefined;
  // Without the scope a private repository is not there.
  return repository.private
    ? { status: 404, message: "Not Found", headers: { "x-accepted-oauth-scopes": "repo" } }
    : {
        status: 403,
        message: deniedWords(need),
        headers: { "x-accepted-oauth-scopes": enough.join(", ") },
      };
}

/** The headers about a token and the operation, which are on every response. */
export function tokenHeaders(caller: Caller, need: Need | undefined): Record<string, string> {
  const { token } = caller;
  if (token?.permissions !== undefined) {
    return need === undefined || need.permissions.length === 0
      ? {}
      : { "x-accepted-github-permissions": acceptedPermissions(need) };
  }
  if (token?.scopes !== undefined)
    return { "x-oauth-scopes": token.scopes.join(", "), "x-accepted-oauth-scopes": "" };
  return {};
}
