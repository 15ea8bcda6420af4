import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";
import { separateFields } from "./fields-argument.ts";
import { selectFields } from "./select-fields.ts";

test.each([
  ["list --json id,name", "list --json=id,name"],
  ["list --json actor.login", "list --json=actor.login"],
  ["view --json 42", "view --json= 42"],
  ["view --json latest", "view --json= latest"],
  ["view --json 0a1b2c3", "view --json= 0a1b2c3"],
  ["view --json run.id 42", "view --json=run.id 42"],
  ["logs --json run.zip", "logs --json= run.zip"],
  ["--json list", "--json= list"],
  ["list --json", "list --json="],
  ["list --json -L 3", "list --json= -L 3"],
  ["list --json=id", "list --json=id"],
  ["list -- --json id", "list -- --json id"],
])("%s is %s", (before, after) => {
  expect(separateFields(before.split(" "))).toEqual(after.split(" "));
});

test("fields are picked from each object, members of members too", () => {
  const value = [
    { id: 1, name: "a", actor: { login: "x", id: 7 }, jobs: [{ id: 3, name: "j" }] },
    { id: 2, name: "b", actor: null, jobs: [] },
  ];
  expect(selectFields(value, ["name", "actor.login", "jobs.id"])).toEqual([
    { name: "a", actor: { login: "x" }, jobs: [{ id: 3 }] },
    { name: "b", actor: null, jobs: [] },
  ]);
  expect(selectFields([], ["id"])).toEqual([]);
  expect(selectFields(value, [])).toBe(value);
});

test("a field that is not there is a usage error that lists those that are", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun();
  expect(await terminal.run("list", "--json", "id,conclusoin")).toBe(2);
  const said = terminal.stderr();
  expect(said).toMatch(/--json has no field "conclusoin"\. Fields: actor, .*, conclusion, /);
  expect(said).toContain("\n(Did you mean conclusion?)\n");
  expect(terminal.stdout()).toBe("");
});

test.each([
  ["nmae", "name"],
  ["headBranch", "head_branch"],
  ["databaseId", "id"],
  ["workflowName", "name"],
  ["actor.lgoin", "login"],
])("--json %s offers %s", async (typed, word) => {
  const terminal = createTerminal();
  terminal.repository.createRun();
  expect(await terminal.run("list", "--json", typed)).toBe(2);
  expect(terminal.stderr()).toContain(`\n(Did you mean ${word}?)\n`);
});

test("where no word is near, none is offered", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun();
  expect(await terminal.run("list", "--json", "zzzzzzzz")).toBe(2);
  expect(terminal.stderr()).not.toContain("Did you mean");
});

test("--json FIELDS prints these fields", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("list", "--json", "id,conclusion,actor.login")).toBe(0);
  expect(terminal.json()).toEqual([{ id, conclusion: "success", actor: { login: "octocat" } }]);
});

test("--jq is jq: strings without quotes, one line for each result", async () => {
  const terminal = createTerminal();
  terminal.repository.createRuns(2, () => ({ status: "completed" }));
  const program = '.[] | select(.conclusion == "success") | "\\(.name) \\(.event)"';
  expect(await terminal.run("list", "--jq", program)).toBe(0);
  expect(terminal.stdout()).toBe("CI push\nCI push\n");
  expect(await terminal.run("list", "--json", "id", "--jq", "map(keys)[0]")).toBe(0);
  expect(terminal.stdout()).toBe('["id"]\n');
  expect(await terminal.run("list", "--jq", "empty")).toBe(0);
  expect(terminal.stdout()).toBe("");
});

test.each([
  [".[] | nope", "--jq '.[] | nope': nope/0 is not defined, at column 7."],
  [
    ".[] | .a(",
    "--jq '.[] | .a(': syntax error, unexpected '(', expecting end of file, at column 9.",
  ],
  [".[", "--jq '.[': syntax error, unexpected end of file, at column 2."],
  [".a\n| nope", "--jq '.a\n| nope': nope/0 is not defined, at line 2, column 3."],
])(
  "the jq program %j is a usage error in jq's words, before anything is sent",
  async (program, message) => {
    const terminal = createTerminal();
    expect(await terminal.run("list", "--jq", program)).toBe(2);
    expect(terminal.stderr()).toBe(`error: ${message}\n`);
    expect(terminal.requests).toEqual([]);
  },
);

test("what a jq program cannot do with the result is said in jq's words", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun();
  expect(await terminal.run("list", "--jq", ".[0].id | keys")).toBe(2);
  expect(terminal.stderr()).toBe(`error: --jq '.[0].id | keys': number (${id}) has no keys.\n`);
});

test("a command that prints line after line runs jq on each", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ jobs: [{ name: "lint" }, { name: "test" }] });
  expect(await terminal.run("watch", "latest", "--jq", ".jobs[].name")).toBe(0);
  expect(new Set(terminal.stdout().trim().split("\n"))).toEqual(new Set(["lint", "test"]));
});
