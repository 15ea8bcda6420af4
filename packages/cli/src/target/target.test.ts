import { expect, test } from "vitest";
import { createTerminal, type TerminalInit } from "../../test/terminal.ts";
import { findTarget, type TargetOptions } from "./target.ts";
import { findToken } from "./token.ts";

const noEnv = { GH_REPO: undefined, GITHUB_TOKEN: undefined };

async function find(init: TerminalInit, options: TargetOptions = {}) {
  const { context } = createTerminal({ ...init, env: { ...noEnv, ...init.env } });
  const target = await findTarget(context, options);
  const { token } = (await findToken(context, target)) ?? {};
  return { repository: `${target.owner}/${target.repo}`, baseUrl: target.baseUrl, token };
}

const remotes = (...lines: string[]) => ({
  "git remote -v": lines.flatMap((line) => [`${line} (fetch)`, `${line} (push)`]).join("\n"),
});

test("-R goes before GH_REPO, which goes before the git remote, which goes before GITHUB_REPOSITORY", async () => {
  const commands = remotes("origin\thttps://github.com/remote/r.git");
  const env = { GH_REPO: "gh-repo/r", GITHUB_REPOSITORY: "workflow/r" };
  expect((await find({ commands, env }, { repo: "flag/r" })).repository).toBe("flag/r");
  expect((await find({ commands, env })).repository).toBe("gh-repo/r");
  expect((await find({ commands, env: { ...env, GH_REPO: undefined } })).repository).toBe(
    "remote/r",
  );
  expect((await find({ env: { GITHUB_REPOSITORY: "workflow/r" } })).repository).toBe("workflow/r");
});

test("of several remotes, upstream, github and origin come first", async () => {
  const commands = remotes(
    "fork\tgit@github.com:me/r.git",
    "origin\tgit@github.com:mine/r.git",
    "upstream\tgit@github.com:theirs/r.git",
  );
  expect((await find({ commands })).repository).toBe("theirs/r");
});

test("the environment's tokens, then gh's", async () => {
  const options = { repo: "cli/cli" };
  const commands = { "gh auth token --hostname github.com": "gh-token\n" };
  const env = { GITHUB_TOKEN: "github-token", GH_TOKEN: "gh-env-token" };
  expect((await find({ commands, env }, options)).token).toBe("github-token");
  expect((await find({ commands, env: { ...env, GITHUB_TOKEN: "" } }, options)).token).toBe(
    "gh-env-token",
  );
  expect((await find({ commands }, options)).token).toBe("gh-token");
  expect((await find({}, options)).token).toBeUndefined();
});

test("a GitHub token never goes to a server that only a remote or -R names", async () => {
  const env = { GITHUB_TOKEN: "secret", GH_TOKEN: "secret" };
  const other = await find({ env }, { repo: "git.example.com/team/app" });
  expect(other).toMatchObject({ baseUrl: "https://git.example.com/api/v3", token: undefined });
  const commands = remotes("origin\thttps://gitlab.com/team/app.git");
  await expect(find({ env, commands })).rejects.toThrow(
    "No git remote here is on github.com (found gitlab.com)",
  );
});

test("an enterprise server has tokens of its own", async () => {
  const env = {
    GITHUB_TOKEN: "secret",
    GH_ENTERPRISE_TOKEN: "enterprise",
    GH_HOST: "ghes.example.com",
  };
  const commands = remotes("origin\tgit@ghes.example.com:team/app.git");
  expect(await find({ env, commands })).toEqual({
    repository: "team/app",
    baseUrl: "https://ghes.example.com/api/v3",
    token: "enterprise",
  });
  expect(await find({ env }, { repo: "github.com/cli/cli" })).toMatchObject({
    baseUrl: "https://api.github.com",
    token: "secret",
  });
});

test("inside a workflow of an enterprise server its own variables are enough", async () => {
  const env = {
    GITHUB_TOKEN: "workflow-token",
    GITHUB_SERVER_URL: "https://ghes.example.com",
    GITHUB_API_URL: "https://ghes.example.com/api/v3",
    GITHUB_REPOSITORY: "team/app",
  };
  expect(await find({ env })).toEqual({
    repository: "team/app",
    baseUrl: "https://ghes.example.com/api/v3",
    token: "workflow-token",
  });
});

test("a GHE.com subdomain has its API beside it", async () => {
  expect(await find({ env: { GH_TOKEN: "t" } }, { repo: "acme.ghe.com/team/app" })).toMatchObject({
    baseUrl: "https://api.acme.ghe.com",
    token: "t",
  });
});

test("--api-url and GITHUB_API_URL say where the API is", async () => {
  const apiUrl = "http://127.0.0.1:4000";
  expect(await find({}, { repo: "cli/cli", apiUrl })).toMatchObject({ baseUrl: apiUrl });
  const env = { GITHUB_API_URL: apiUrl };
  expect(await find({ env }, { repo: "cli/cli" })).toMatchObject({ baseUrl: apiUrl });
  expect(await find({ env }, { repo: "ghes.example.com/cli/cli" })).toMatchObject({
    baseUrl: "https://ghes.example.com/api/v3",
  });
});
