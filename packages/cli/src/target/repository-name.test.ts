import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseRepository } from "./repository-name.ts";

const onGithub = { host: "github.com", owner: "cli", repo: "cli" };
const onServer = { host: "github.example.com", owner: "team", repo: "app.js" };

test.each([
  ["cli/cli", onGithub],
  ["github.com/cli/cli", onGithub],
  ["https://github.com/cli/cli", onGithub],
  ["https://github.com/cli/cli.git", onGithub],
  ["https://www.github.com/cli/cli/", onGithub],
  ["https://github.com/cli/cli/actions/runs/42", onGithub],
  ["https://user:secret@github.com/cli/cli.git", onGithub],
  ["git@github.com:cli/cli.git", onGithub],
  ["ssh://git@github.com/cli/cli.git", onGithub],
  ["ssh://git@ssh.github.com:443/cli/cli.git", onGithub],
  ["git://github.com/cli/cli.git", onGithub],
  ["GitHub.com/cli/cli", onGithub],
  ["github.example.com/team/app.js", onServer],
  ["https://github.example.com/team/app.js.git", onServer],
  ["github.example.com:team/app.js.git", onServer],
  ["https://github.example.com:8443/team/app.js", { ...onServer, host: "github.example.com:8443" }],
])("%s is a repository", (text, repository) => {
  expect(parseRepository(text)).toEqual(repository);
});

test.each([
  "",
  "cli",
  "cli/",
  "/cli",
  "a/b/c/d",
  "../cli",
  "cli/..",
  "cli/a b",
  "cli/a?b",
  "file:///srv/cli",
  "/srv/git/cli.git",
  "./cli/cli",
  "C:\\src\\cli",
  "https://github.com/cli",
])("%j is none", (text) => {
  expect(parseRepository(text)).toBeUndefined();
});

test("whatever the text, a part never holds what would change the URL's path", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.stringMatching(/^.*\/.*$/)), (text) => {
      const repository = parseRepository(text);
      if (repository === undefined) return;
      expect(`${repository.owner} ${repository.repo}`).toMatch(/^[\w.-]+ [\w.-]+$/);
      expect([repository.owner, repository.repo]).not.toContain("..");
      expect(repository.host).toMatch(/^[\w.-]+(:\d+)?$/);
    }),
  );
});

test("the default host is for plain names only", () => {
  expect(parseRepository("team/app", "github.example.com")?.host).toBe("github.example.com");
  expect(parseRepository("github.com/team/app", "github.example.com")?.host).toBe("github.com");
});
