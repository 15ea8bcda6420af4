import { expect, test } from "vitest";
import { createTerminal, repositoryName, type Terminal } from "../../test/terminal.ts";

function deployable(terminal: Terminal): void {
  terminal.repository.workflow("deploy.yml", {
    name: "Deploy",
    on: { workflow_dispatch: { inputs: { environment: { required: true } } } },
    jobs: [{ name: "deploy", steps: [{ name: "Run ./deploy", seconds: 20 }] }],
  });
}

const body = async (terminal: Terminal): Promise<unknown> =>
  terminal.requests.find(({ method }) => method === "POST")?.json();

test("starts a workflow by its name or file, with inputs, and says which run it is", async () => {
  for (const name of ["deploy", "deploy.yml"]) {
    const terminal = createTerminal();
    deployable(terminal);
    const args = ["-r", "main", "-f", "environment=staging=1"];
    expect(await terminal.run("run", name, ...args)).toBe(0);
    expect(terminal.stdout()).toMatch(
      /^Started run (\d+), .*\.\nFollow it: workflow-runs watch \1\n$/,
    );
    expect(await body(terminal)).toMatchObject({
      ref: "main",
      inputs: { environment: "staging=1" },
    });
  }
});

test("--wait watches the run to its end", async () => {
  const terminal = createTerminal();
  deployable(terminal);
  const args = ["run", "deploy.yml", "-r", "main", "-f", "environment=staging"];
  expect(await terminal.run(...args, "--wait")).toBe(0);
  expect(terminal.stderr()).toMatch(/^Started run \d+, /);
  expect(terminal.stdout()).toMatch(/^✓ Run \d+, attempt 1: success in \d+s$/m);
  expect(await terminal.run(...args, "--timeout", "5s")).toBe(2);
});

test("the branch is the current one, else the default branch", async () => {
  const clone = createTerminal({
    env: { GH_REPO: undefined },
    commands: {
      "git remote -v": `origin\tgit@github.com:${repositoryName}.git (fetch)\n`,
      "git rev-parse --verify --quiet HEAD": `${"a".repeat(40)}\n`,
      "git symbolic-ref --quiet --short HEAD": "topic\n",
    },
  });
  deployable(clone);
  // GitHub does not know the branch, which was not pushed, and says so.
  expect(await clone.run("run", "deploy.yml", "-f", "environment=x")).toBe(1);
  expect(await body(clone)).toMatchObject({ ref: "topic" });
  const elsewhere = createTerminal();
  deployable(elsewhere);
  expect(await elsewhere.run("run", "deploy.yml", "-f", "environment=x", "--json")).toBe(0);
  expect(elsewhere.json()).toMatchObject({ ref: "main" });
});

test("what GitHub refuses is reported: no such trigger, a missing input", async () => {
  const terminal = createTerminal();
  deployable(terminal);
  terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("run", "ci.yml", "-r", "main")).toBe(1);
  expect(terminal.stderr()).toMatch(
    /Workflow does not have 'workflow_dispatch' trigger.*\nAdd `workflow_dispatch:` below `on:`/,
  );
  expect(await terminal.run("run", "deploy.yml", "-r", "main")).toBe(1);
  expect(terminal.stderr()).toMatch(
    /Required input 'environment' not provided.*\nGive it with `-f environment=VALUE`\.\n$/,
  );
  expect(await terminal.run("run", "nope")).toBe(5);
  expect(terminal.stderr()).toMatch(/There is no workflow "nope"\. Workflows: .*Deploy \(/);
  expect(await terminal.run("run", "deploy.yml", "-f", "environment")).toBe(2);
});

test("list -w takes a name", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ workflow: "ci.yml" });
  terminal.repository.createRun({ workflow: "nightly.yml" });
  expect(await terminal.run("list", "-w", "nightly", "--jq", ".[].name")).toBe(0);
  expect(terminal.stdout()).toBe("Nightly\n");
});
