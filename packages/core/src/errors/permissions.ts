/** Fine-grained permissions that are enough together, e.g. `{ actions: "write" }`. */
export type Permissions = Readonly<Record<string, string>>;

/**
 * What `x-accepted-github-permissions` says: alternatives, each of which is enough.
 *
 * @example readAcceptedPermissions("actions=write,checks=read; contents=write") // [{ actions: "write", checks: "read" }, { contents: "write" }]
 * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions
 */
export function readAcceptedPermissions(header: string | null): Permissions[] {
  return (header ?? "")
    .split(";")
    .map((alternative) =>
      Object.fromEntries(
        // `allows_permissionless_access=true` is none.
        [...alternative.matchAll(/([\w-]+)\s*=\s*(read|write|admin)\b/g)].map(([, name, level]) => [
          name,
          level,
        ]),
      ),
    )
    .filter((permissions) => Object.keys(permissions).length > 0);
}

/** `actions: write and checks: read, or contents: write`. */
export function permissionWords(alternatives: readonly Permissions[]): string {
  return alternatives
    .map((permissions) =>
      Object.entries(permissions)
        .map(([name, level]) => `${name}: ${level}`)
        .join(" and "),
    )
    .join(", or ");
}

/** The address where a token is authorized for an organization's single sign-on, from `x-github-sso`. */
export function readSsoUrl(header: string | null): string | undefined {
  const [, url] = /^\s*required\s*;\s*url=(\S+)/i.exec(header ?? "") ?? [];
  return url && URL.canParse(url) ? url : undefined;
}
