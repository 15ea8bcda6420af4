import { expect, test, vi } from "vitest";
import { createTerminal } from "../test/terminal.ts";
import { commands } from "./commands/registry.ts";
import { Interrupted, OutputClosed } from "./stop-reasons.ts";

const commandNames = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);

test("--help names every command", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("--help")).toBe(0);
  const help = terminal.stdout();
  for (const command of commandNames) expect(help).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
  expect(terminal.stderr()).toBe("");
});

test.each(commandNames)(
  "%s --help shows its own and the common options, two examples, and where more is described",
  async (command) => {
    const terminal = createTerminal();
    expect(await terminal.run(command, "--help")).toBe(0);
    const help = terminal.stdout();
    expect(help).toContain(`Usage: workflow-runs ${command}`);
    expect(help).toContain("--json");
    const examples =
      /^Examples:\n((?: {2}.*\n)+)/m.exec(help)?.[1]?.match(/^ {2}workflow-runs\b/gm) ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(2);
    expect(help).toMatch(/^Exit codes: https:.*#exit-codes\nEnvironment: https:.*#environment$/m);
    expect(terminal.requests).toHaveLength(0);
  },
);

test("no command at all shows the help on standard error: exit code 2", async () => {
  const terminal = createTerminal();
  expect(await terminal.run()).toBe(2);
  expect(terminal.stderr()).toContain("Usage: workflow-runs");
  expect(terminal.stdout()).toBe("");
});

test("--version", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("--version")).toBe(0);
  expect(terminal.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["lits"], "Did you mean list?"],
  [["list", "--limt", "3"], "Did you mean --limit?"],
  [["list", "--limit", "0"], "whole number of 1 or more"],
  [["list", "--limit", "ten"], "whole number of 1 or more"],
  [["list", "--status", "failed"], "(Did you mean failure?)"],
  [["list", "-s", "in-progress"], "(Did you mean in_progress?)"],
  [["stats", "--by", "wrkflow"], "(Did you mean workflow?)"],
  [["completion", "bsh"], "(Did you mean bash?)"],
  [["list", "extra"], "too many arguments"],
  [["list", "-R"], "argument missing"],
  [["watch", "--timeout", "soon"], "90s, 10m or 1h30m"],
  [["logs", "-C", "-1"], "whole number of 0 or more"],
  [
    ["list", "--created", "yesterday"],
    '--created is "yesterday", not a range that GitHub knows. Write A..B',
  ],
  [["stats", "--created", "2026-02-30"], '--created is "2026-02-30", not a range'],
  [
    ["list", "--created", "2026-11-01..2026-10-01"],
    "The range is reversed: write 2026-10-01..2026-11-01.",
  ],
  [
    ["stats", "--created", "2026-10-02T01:00:00+02:00..2026-10-01T22:59:59"],
    "The range is reversed: write 2026-10-01T22:59:59..2026-10-02T01:00:00+02:00.",
  ],
  [["view", "abc"], 'RUN "abc" is neither'],
  [["view", "0"], 'RUN "0" is not a positive whole number'],
  [["view", "9007199254740993"], "below 2^53"],
  [["list", "-R", "no-slash"], '-R "no-slash" is no repository'],
  [["list", "-R", "a/b/c/d"], "is no repository"],
  [["watch", "--interval", "0"], "1s or more"],
  [
    ["view", "https://github.com/octo-org/octo-repo/actions/runs/42", "-R", "cli/cli"],
    "RUN is a run of github.com/octo-org/octo-repo, but -R says github.com/cli/cli",
  ],
  [["list", "--api-url", "ftp://example.com"], 'URL "ftp://example.com" is no http(s) URL'],
])("%j is a usage error: exit code 2, and nothing is sent", async (args, message) => {
  const terminal = createTerminal();
  expect(await terminal.run(...args)).toBe(2);
  expect(terminal.stderr()).toContain(message);
  expect(terminal.stdout()).toBe("");
  expect(terminal.requests).toHaveLength(0);
});

function responding(status: number, body: object, headers: Record<string, string> = {}) {
  return async () => Response.json(body, { status, headers });
}

test("401 is exit code 4; without a token it says where to put one", async () => {
  const fetch = responding(401, { message: "Bad credentials" });
  const withToken = createTerminal({ fetch });
  expect(await withToken.run("list")).toBe(4);
  expect(withToken.stderr()).toMatch(/^error: 401 GET .*: Bad credentials/);
  expect(withToken.stderr()).not.toContain("GITHUB_TOKEN");
  expect(withToken.stderr()).not.toContain("a-token");
  const without = createTerminal({ fetch, env: { GITHUB_TOKEN: undefined } });
  expect(await without.run("list")).toBe(4);
  expect(without.stderr()).toContain(
    "No token was sent: set GITHUB_TOKEN or GH_TOKEN, or log in with `gh auth login`",
  );
});

test("404 is exit code 5", async () => {
  const terminal = createTerminal({ fetch: responding(404, { message: "Not Found" }) });
  expect(await terminal.run("list")).toBe(5);
  expect(terminal.stderr()).toContain("or the token cannot see it");
});

test("a 404 without a token says that one is needed if the repository is private, unless it was just read", async () => {
  const env = { GITHUB_TOKEN: undefined };
  const unread = createTerminal({ fetch: responding(404, { message: "Not Found" }), env });
  const cases = [
    [["list"], "Check the repository's name: GH_REPO says octo-org/octo-repo"],
    [["list", "-w", "none.yml"], "Check the repository's name: GH_REPO says octo-org/octo-repo"],
    [["view", "42"], "Check the run's id, 42: `workflow-runs list` shows the runs."],
  ] as const;
  for (const [args, check] of cases) {
    expect(await unread.run(...args)).toBe(5);
    const said = unread.stderr();
    expect(said).toContain(check);
    expect(said).toContain(
      "No token was sent. If the repository is private, set GITHUB_TOKEN or GH_TOKEN",
    );
  }
  const read = createTerminal({ env });
  const { id } = read.repository.createRun({ status: "completed" });
  for (const command of ["view", "logs"]) {
    expect(await read.run(command, String(id), "--attempt", "7")).toBe(5);
    const text = read.stderr();
    expect(text).toMatch(/^error: 404 /);
    expect(text).not.toContain("token was sent");
  }
});

test("a 404 of a run that is another repository's says which repository was meant, and whose token was sent", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("view", "42", "-R", "octo-org/other")).toBe(5);
  expect(terminal.stderr().split("\n").slice(1)).toEqual([
    "Check the run's id, 42: `workflow-runs list -R octo-org/other` shows the runs. -R says octo-org/other; another repository is named by -R OWNER/NAME.",
    "If the repository is private, the token, which is that of GITHUB_TOKEN, must be one that may read it.",
    "",
  ]);
  const url = "https://github.com/octo-org/octo-repo/actions/runs/42";
  expect(await terminal.run("view", url)).toBe(5);
  expect(terminal.stderr()).toContain(" RUN says octo-org/octo-repo; ");
});

test("a workflow that is not there is a 404 that names those there are", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ workflow: "deploy.yml" });
  for (const args of [
    ["list", "-w", "deplyo.yml"],
    ["run", "deplyo.yml"],
    ["stats", "-w", "deplyo.yml"],
  ]) {
    expect(await terminal.run(...args)).toBe(5);
    expect(terminal.stderr()).toMatch(
      /^error: There is no workflow "deplyo\.yml"\. Workflows: .*deploy\.yml/,
    );
  }
});

test("a rate limit that lasts is exit code 7", async () => {
  const reset = String(Math.ceil(Date.now() / 1_000) + 3_600);
  const terminal = createTerminal({
    fetch: responding(
      403,
      { message: "API rate limit exceeded" },
      { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
    ),
  });
  expect(await terminal.run("list")).toBe(7);
});

test("a response that does not come is exit code 1, in words of the terminal's", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const terminal = createTerminal({ fetch: () => new Promise(() => undefined) });
    const finished = terminal.run("list");
    await vi.waitUntil(() => terminal.requests.length > 0);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await finished).toBe(1);
    expect(terminal.stderr()).toBe(
      "error: GitHub did not respond within 30s. Is https://www.githubstatus.com well?\n",
    );
  } finally {
    vi.useRealTimers();
  }
});

test("what a server says cannot draw on the terminal", async () => {
  const message = "Not\u001B[2J\u001B]0;title\u0007 Found\u009B31m";
  const terminal = createTerminal({ fetch: responding(404, { message }), isTTY: true });
  expect(await terminal.run("list", "--no-color")).toBe(5);
  expect(terminal.stderr()).not.toMatch(/[^\P{Cc}\n]/u);
});

test("a port that fetch refuses is a usage error at once: no try can ever work", async () => {
  const terminal = createTerminal({ fetch: globalThis.fetch });
  expect(await terminal.run("list", "--api-url", "http://127.0.0.1:1")).toBe(2);
  expect(terminal.stderr()).toBe(
    `error: The API's URL "http://127.0.0.1:1" has a port that fetch never connects to ("bad port"); serve the API on another.\n`,
  );
  expect(terminal.requests).toHaveLength(1);
});

test("422 is exit code 1 with GitHub's reason", async () => {
  const terminal = createTerminal({ fetch: responding(422, { message: "Validation Failed" }) });
  expect(await terminal.run("list")).toBe(1);
  expect(terminal.stderr()).toContain("Validation Failed");
});

test("Ctrl-C is exit code 130 without a word, SIGTERM 143", async () => {
  for (const [name, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const terminal = createTerminal();
    terminal.repository.createRun({ status: "in_progress" });
    terminal.after(60_000, () => terminal.stop.abort(new Interrupted(name)));
    expect(await terminal.run("watch", "latest")).toBe(exitCode);
    expect(terminal.stderr()).toBe("");
  }
});

test("a reader that went away is no error", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      await Promise.resolve();
      terminal.stop.abort(new OutputClosed());
      return terminal.fake.fetch(input, init);
    },
  });
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stderr()).toBe("");
});

test("errors are red on a terminal only", async () => {
  const fetch = responding(404, { message: "Not Found" });
  const terminal = createTerminal({ fetch, isTTY: true });
  expect(await terminal.run("list")).toBe(5);
  expect(terminal.stderr()).toContain("\u001B[31merror:");
  expect(await terminal.run("list", "--no-color")).toBe(5);
  expect(terminal.stderr()).toMatch(/^error:/);
});
