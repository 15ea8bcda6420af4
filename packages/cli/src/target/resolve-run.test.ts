import { expect, test } from "vitest";
import {
  createTerminal,
  repositoryName,
  startTime,
  type Terminal,
  type TerminalInit,
} from "../../test/terminal.ts";

const sha = "a123456789abcdef0123456789abcdef01234567";

/** A clone of the repository, on the branch `topic`. */
function clone(init: TerminalInit = {}, branch = "topic"): Terminal {
  return createTerminal({
    env: { GH_REPO: undefined, NO_COLOR: "1" },
    commands: {
      "git remote -v": `origin\tgit@github.com:${repositoryName}.git (fetch)\n`,
      "git rev-parse --verify --quiet HEAD": `${sha}\n`,
      ...(branch && { "git symbolic-ref --quiet --short HEAD": `${branch}\n` }),
    },
    ...init,
  });
}

/** A run of another person on another branch, newer than everything. */
function strangersRun(terminal: Terminal): number {
  return terminal.repository.createRun({
    status: "in_progress",
    branch: "main",
    actor: "somebody-else",
    display_title: "Not yours",
  }).id;
}

const writes = (terminal: Terminal) => terminal.requests.filter(({ method }) => method !== "GET");

test("no RUN is the newest run of HEAD's commit, not of the repository", async () => {
  const terminal = clone();
  const mine = terminal.repository.createRun({ head_sha: sha, created_at: startTime - 60_000 });
  terminal.repository.createRun({ branch: "topic", created_at: startTime - 30_000 });
  strangersRun(terminal);
  for (const words of [[], ["HEAD"], ["latest"], [sha], [sha.slice(0, 7)]]) {
    expect(await terminal.run("view", ...words, "--json", "run.id")).toBe(0);
    expect(terminal.json()).toEqual({ run: { id: mine.id } });
  }
});

test("where HEAD has none it is the newest of the current branch, and says so", async () => {
  const terminal = clone();
  const mine = terminal.repository.createRun({ branch: "topic", created_at: startTime - 60_000 });
  strangersRun(terminal);
  expect(await terminal.run("view", "--jq", ".run.id")).toBe(0);
  expect(terminal.stdout()).toBe(`${mine.id}\n`);
  expect(terminal.stderr()).toMatch(
    /^HEAD \(a123456\) has no run yet; this is the newest of the branch topic, of [\da-f]{7}\.\n$/,
  );
});

test("neither HEAD nor its branch has one: not found, with the names", async () => {
  const terminal = clone();
  strangersRun(terminal);
  expect(await terminal.run("view")).toBe(5);
  expect(terminal.stderr()).toContain("has no run of HEAD (a123456), nor of the branch topic.");
  const detached = clone({}, "");
  strangersRun(detached);
  expect(await detached.run("view")).toBe(5);
  expect(detached.stderr()).toContain("has no run of HEAD (a123456).");
});

test("outside a clone of the repository RUN is required", async () => {
  const terminal = clone();
  for (const command of [
    "view",
    "watch",
    "logs",
    "usage",
    "cancel",
    "rerun",
    "approve",
    "delete",
  ]) {
    expect(await terminal.run(command, "-R", "cli/cli")).toBe(2);
    expect(terminal.stderr()).toMatch(/Say which run: its id or URL, latest\b/);
  }
  expect(terminal.requests).toEqual([]);
});

test("a run that the search does not show yet is found in the list", async () => {
  const terminal: Terminal = clone({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isSearch = request.url.includes("head_sha=");
      return isSearch
        ? Response.json({ total_count: 0, workflow_runs: [] })
        : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun({ head_sha: sha });
  expect(await terminal.run("view", "--jq", ".run.id")).toBe(0);
  expect(terminal.stdout()).toBe(`${id}\n`);
});

test("several runs of HEAD are offered on a terminal; elsewhere it is the newest", async () => {
  const create = ({ repository }: Terminal) => {
    const workflows = ["ci.yml", "docs.yml"];
    return workflows.map((workflow, at) =>
      repository.createRun({ workflow, head_sha: sha, created_at: startTime - 90_000 + at }),
    );
  };
  const person = clone({ choice: "CI" });
  const pipe = clone();
  const [ci] = create(person);
  const [, docs] = create(pipe);
  expect(await person.run("view", "--jq", ".run.id")).toBe(0);
  expect(person.stdout()).toBe(`${ci?.id}\n`);
  expect(person.questions).toEqual(["Which run of HEAD?"]);
  expect(person.choices).toHaveLength(2);
  expect(await pipe.run("view", "--jq", ".run.id")).toBe(0);
  expect(pipe.stdout()).toBe(`${docs?.id}\n`);
});

test.each([
  ["cancel", "latest"],
  ["cancel", "failed"],
  ["cancel", "latest", "--yes"],
  ["rerun", "latest", "--yes"],
  ["approve", "latest", "--yes"],
  ["delete", "failed", "--yes"],
])(
  "%s %s sends nothing where the newest run is another person's on another branch",
  async (...args) => {
    const outside = createTerminal();
    const inClone = clone();
    for (const terminal of [outside, inClone]) {
      strangersRun(terminal);
      expect(await terminal.run(...args)).not.toBe(0);
      expect(writes(terminal)).toEqual([]);
    }
    expect(outside.requests).toEqual([]);
  },
);

test.each([
  [["cancel"], "in_progress", "Cancel"],
  [["rerun"], "completed", "Re-run"],
  [["rerun", "failed", "--failed"], "completed", "Re-run the failed jobs of"],
  [["delete", "--logs"], "completed", "Delete the logs of"],
] as const)("%j names the run, and asks", async (args, status, question) => {
  const run = {
    status,
    head_sha: sha,
    branch: "topic",
    display_title: "Mine",
    jobs: [{ name: "test", conclusion: "failure" as const }],
  };
  const expected = `${question} run 16000000001, Mine (topic, by octocat)`;
  const no = clone({ typed: "" });
  no.repository.createRun(run);
  expect(await no.run(...args)).toBe(1);
  expect(no.questions[0]).toContain(expected);
  expect(no.stderr()).toBe("Nothing was changed.\n");
  expect(writes(no)).toEqual([]);

  const nobody = clone();
  nobody.repository.createRun(run);
  expect(await nobody.run(...args)).toBe(2);
  expect(nobody.stderr()).toContain(
    `${expected}${args[0] === "delete" ? " for good" : ""}? Nobody is there to ask; give --yes, or the run's id.`,
  );
  expect(writes(nobody)).toEqual([]);

  const yes = clone({ typed: "y" });
  yes.repository.createRun(run);
  expect(await yes.run(...args)).toBe(0);
  expect(writes(yes)).toHaveLength(1);
  expect(yes.stdout()).toContain("run 16000000001, Mine (topic, by octocat)");

  const flag = clone();
  flag.repository.createRun(run);
  expect(await flag.run(...args, "--yes")).toBe(0);
  expect(writes(flag)).toHaveLength(1);
});

test("approve names the run and the environments, and asks", async () => {
  const run = {
    head_sha: sha,
    branch: "topic",
    display_title: "Mine",
    jobs: [{ name: "deploy", environment: "staging" }],
  };
  const terminal = clone({ typed: "n" });
  terminal.repository.createRun(run);
  await terminal.context.sleep(60_000);
  expect(await terminal.run("approve")).toBe(1);
  expect(terminal.questions).toEqual([
    "Approve the deployment to staging of run 16000000001, Mine (topic, by octocat)? [y/N] ",
  ]);
  expect(writes(terminal)).toEqual([]);
});

test("a job's URL without its run leads to the run", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    status: "completed",
    jobs: [{ name: "one" }, { name: "two" }],
  });
  const job = terminal.repository.run(id)?.jobs[1]?.id;
  const url = `https://github.com/${repositoryName}/runs/${job}?check_suite_focus=true`;
  expect(await terminal.run("view", url, "--jq", ".run.id")).toBe(0);
  expect(terminal.stdout()).toBe(`${id}\n`);
  expect(await terminal.run("logs", url, "--jq", ".job")).toBe(0);
  expect(new Set(terminal.stdout().trim().split("\n"))).toEqual(new Set(["two"]));
});

test("a short SHA is completed by the newest runs where git does not know it", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ head_sha: sha });
  expect(await terminal.run("view", sha.slice(0, 8), "--jq", ".run.id")).toBe(0);
  expect(terminal.stdout()).toBe(`${id}\n`);
  expect(await terminal.run("view", "bbcdef1")).toBe(2);
  expect(terminal.stderr()).toContain("give its full SHA of 40 characters");
});
