import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";

test.each([
  [{ GITHUB_TOKEN: "Bearer s3cret" }, "GITHUB_TOKEN is no token:"],
  [{ GITHUB_TOKEN: undefined, GH_TOKEN: "token s3cret" }, "GH_TOKEN is no token:"],
  [{ GITHUB_TOKEN: "s3cret\ns3cret" }, "GITHUB_TOKEN is no token:"],
  [{ GITHUB_TOKEN: "“s3cret”" }, "GITHUB_TOKEN is no token:"],
  [
    { GH_REPO: "github.example.com/octo-org/octo-repo", GH_ENTERPRISE_TOKEN: "Bearer s3cret" },
    "GH_ENTERPRISE_TOKEN is no token:",
  ],
])(
  "a token that is more than a token is refused by the name of its variable: %j",
  async (env, name) => {
    const terminal = createTerminal({ env });
    expect(await terminal.run("list")).toBe(2);
    const text = terminal.stderr();
    expect(text).toContain(name);
    expect(text).toContain('the token alone, without "Bearer"');
    expect(text).not.toContain("s3cret");
    expect(terminal.requests).toEqual([]);
  },
);

test("what `gh auth token` prints is refused by that name", async () => {
  const terminal = createTerminal({
    env: { GITHUB_TOKEN: undefined },
    commands: { "gh auth token --hostname github.com": "you are logged out\n" },
  });
  expect(await terminal.run("list")).toBe(2);
  expect(terminal.stderr()).toContain("What `gh auth token` prints is no token:");
});

test("space around a token is no part of it", async () => {
  const terminal = createTerminal({ env: { GITHUB_TOKEN: " a-token\n" } });
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.requests[0]?.headers.get("authorization")).toBe("Bearer a-token");
});
