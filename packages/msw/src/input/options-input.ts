import type { ActionsFakeOptions, RepositoryInit } from "../authoring/create-fake.ts";
import type { PermissionLevel, TokenInit } from "../rules/access.ts";
import {
  check,
  anyText,
  callback,
  flag,
  is,
  listOf,
  object,
  oneOf,
  recordOf,
  secret,
  short,
  text,
  whole,
  type Check,
  type Fields,
} from "./check.ts";
import { fullName, url } from "./text-forms.ts";

const token: Check = object<TokenInit>({
  login: text,
  repositories: listOf(fullName),
  permission: oneOf<NonNullable<TokenInit["permission"]>>({ read: true, write: true }),
  permissions: recordOf(oneOf<PermissionLevel>({ none: true, read: true, write: true })),
  scopes: listOf(text),
  rate_limit: whole(0),
});

/** Messages name a token by its position: it may be a real one. */
const tokens: Check = secret(recordOf(token, { keep: false }));

const options: Check = object<ActionsFakeOptions>({
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
};
const repository: Check = object<RepositoryInit>(repositoryFields);

/** @throws {InvalidInputError} when an option is unknown or of another type */
export function checkOptions(given: unknown): void {
  check(options, given, { call: "createActionsFake", path: "" });
}

/** @throws {InvalidInputError} when it is no repository */
export function checkRepository(name: unknown, init: unknown): void {
  check(fullName, name, { call: "repository", path: "" });
  check(repository, init, { call: "repository", path: "" });
}
