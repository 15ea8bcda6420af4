import { expect, test } from "vitest";
import { permissionWords, readAcceptedPermissions, readSsoUrl } from "./permissions.ts";

test.each([
  ["actions=write", [{ actions: "write" }], "actions: write"],
  [
    "actions=read, checks=read;contents=write",
    [{ actions: "read", checks: "read" }, { contents: "write" }],
    "actions: read and checks: read, or contents: write",
  ],
  ["allows_permissionless_access=true", [], ""],
  ["contents=read,allows_permissionless_access=true", [{ contents: "read" }], "contents: read"],
  ["", [], ""],
  [null, [], ""],
  ["; ,=; x", [], ""],
])("x-accepted-github-permissions: %s", (header, expected, words) => {
  const permissions = readAcceptedPermissions(header);
  expect(permissions).toEqual(expected);
  expect(permissionWords(permissions)).toBe(words);
});

test.each([
  [
    "required; url=https://github.com/orgs/o/sso?authorization_request=A",
    "https://github.com/orgs/o/sso?authorization_request=A",
  ],
  ["partial-results; organizations=1,2", undefined],
  ["required; url=nowhere", undefined],
  [null, undefined],
])("x-github-sso: %s", (header, url) => {
  expect(readSsoUrl(header)).toBe(url);
});
