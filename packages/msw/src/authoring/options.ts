import {
  anyText,
  callback,
  check,
  flag,
  is,
  isObject,
  listOf,
  object,
  oneOf,
  recordOf,
  required,
  short,
  text,
  whole,
  type Fields,
} from "../input/check.ts";
import { fullName, url } from "../input/text-forms.ts";
import type { PermissionLevel, TokenInit } from "../rules/access.ts";

/** What {@link createActionsFake} takes. */
export interface ActionsFakeOptions {
  /** The API's base URL; for GHES `"https://HOST/api/v3"`. @default "https://api.github.com" */
  baseUrl?: string | undefined;
  /** Everything made up follows from it: same seed, same ids and dates. @default 1 */
  seed?: number | string | undefined;
  /**
   * The tokens there are, and what each may do. Without this every token is good, and a request
   * without one may do everything; with it, a request without one reads public repositories.
   */
  tokens?: Readonly<Record<string, TokenInit>> | undefined;
  /**
   * What happens to a request that the description does not know, e.g. a misspelt query parameter
   * that GitHub would ignore: `"error"` rejects it, `"warn"` logs to the console.
   * @default "warn"
   */
  onInvalidRequest?: "error" | "warn" | ((problem: string) => void) | undefined;
  /**
   * How many requests {@link ActionsFake.requests} keeps: the newest so many, all with `true`, none
   * with `false`.
   * @default 10_000, so that a fake that is polled for days does not grow
   */
  recordRequests?: boolean | number | undefined;
  /** The time in ms since 1970. @default Date.now, read at each request, so that fake timers work */
  clock?: (() => number) | undefined;
}

/** A branch, and the commit it is at. */
export interface BranchInit {
  name: string;
  /** @default made up from the name */
  sha?: string | undefined;
}

/** What {@link FakeRepository | a repository} is created with. */
export interface RepositoryInit {
  /** Only tokens that may see it get a response other than 404. @default false */
  private?: boolean | undefined;
  /** @default "main" */
  default_branch?: string | undefined;
  description?: string | undefined;
  /**
   * Branches beside the default one: their names, or with their commits. Runs and pushes add theirs by
   * themselves.
   * @default none
   */
  branches?: readonly (string | BranchInit)[] | undefined;
}

const token = object<TokenInit>({
  login: text,
  repositories: listOf(fullName),
  permission: oneOf({ read: true, write: true }),
  permissions: recordOf(oneOf<PermissionLevel>({ none: true, read: true, write: true })),
  scopes: listOf(text),
  rate_limit: whole(0),
});
const tokens = is<Record<string, TokenInit>>("an object", isObject);

const actionsFakeOptions = object<ActionsFakeOptions>({
  baseUrl: url,
  seed: is("a number or text", (value) => typeof value === "number" || typeof value === "string"),
  tokens,
  onInvalidRequest: short("function", callback, oneOf({ error: true, warn: true })),
  recordRequests: short("boolean", flag, whole(0)),
  clock: callback,
});

/** What `repository` takes. */
export const repositoryFields: Fields<RepositoryInit> = {
  private: flag,
  default_branch: text,
  description: anyText,
  branches: listOf(short("string", text, object<BranchInit>({ name: required(text), sha: text }))),
};
const repositoryInit = object<RepositoryInit>(repositoryFields);

/** @throws {InvalidInputError} when an option is unknown or of another type */
export function checkOptions(options: unknown): void {
  const call = "createActionsFake";
  // A token may be a real one: messages name it by its position.
  const secrets = isObject(options) ? options["tokens"] : undefined;
  if (secrets !== undefined) {
    check(tokens, secrets, call, { path: "tokens", secret: true });
    for (const [index, init] of Object.values(secrets).entries())
      check(token, init, call, { path: `tokens[${index}]`, secret: true });
  }
  check(actionsFakeOptions, options, call);
}

/** @throws {InvalidInputError} when it is no repository */
export function checkRepository(name: unknown, init: unknown): void {
  check(fullName, name, "repository");
  check(repositoryInit, init, "repository");
}
