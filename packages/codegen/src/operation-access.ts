import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** What each of the permissions in it must be at least, by the name GitHub's apps and workflows use: `{ actions: "write" }`. */
export interface Permissions {
  readonly [permission: string]: "read" | "write" | "admin";
}

/** Who may call an operation. */
export interface OperationAccess {
  /** The fine-grained permissions: alternatives, each of which is enough. From `x-permissions`. */
  permissions?: Permissions[];
  /** Whether the documentation says that it works without a token on public repositories. From `x-public-read`. */
  publicRead?: boolean;
  /** The scopes that an OAuth or classic personal access token needs, on private repositories at least. */
  scopes: string[];
}

/**
 * Who may call an operation, from what an overlay adds to it and what its description says.
 *
 * @throws {InputError} when `x-permissions` or `x-public-read` has another form.
 */
export function operationAccess(operation: JsonObject): OperationAccess {
  const { operationId, "x-permissions": permissions, "x-public-read": publicRead } = operation;
  const id = typeof operationId === "string" ? `${operationId}: ` : "";
  return {
    ...(permissions !== undefined && { permissions: permissionsOf(permissions, id) }),
    ...(publicRead !== undefined && { publicRead: flagOf(publicRead, id) }),
    scopes: scopesOf(operation["description"]),
  };
}

const levels: ReadonlySet<Json> = new Set(["read", "write", "admin"]);

function permissionsOf(value: Json, id: string): Permissions[] {
  const isAlternative = (item: Json) =>
    isObject(item) &&
    Object.keys(item).length > 0 &&
    Object.values(item).every((level) => levels.has(level));
  if (!Array.isArray(value) || value.length === 0 || !value.every(isAlternative)) {
    throw new InputError(
      `${id}x-permissions must be a list of alternatives such as [{ actions: write }], each level read, write or admin; it is ${JSON.stringify(value)}`,
    );
  }
  return value as unknown as Permissions[];
}

function flagOf(value: Json, id: string): boolean {
  if (typeof value === "boolean") return value;
  throw new InputError(`${id}x-public-read must be true or false; it is ${JSON.stringify(value)}`);
}

/** GitHub writes the scopes into the text: "personal access tokens (classic) need the `repo` scope to use this endpoint". */
function scopesOf(description: Json | undefined): string[] {
  if (typeof description !== "string") return [];
  const names = new Set<string>();
  for (const [, text] of description.matchAll(scopeSentences)) {
    for (const [, name] of text!.matchAll(/`([\w:]+)`/g)) names.add(name!);
  }
  return [...names];
}

const scopeSentences = /tokens?\b[^.]*?\bneed (?:the|an?) ([^.]*?)\bscopes?\b/gi;
