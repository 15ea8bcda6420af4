import type { FakeRepository } from "@workflow-runs/msw/fake";
import { type FakeServer, listen } from "@workflow-runs/msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands } from "../src/commands/registry.ts";
import { textWidth } from "../src/terminal/text-width.ts";
import { hasScript, type ProcessInit, runProcess } from "./pty.ts";
import { createWorld, failedRun, matrixRun, worldRepository } from "./world.ts";

/** How one command is called, and what it prints. */
interface Row {
  /** Its arguments without its name; a run of its own where it changes one. */
  args: (repository: FakeRepository) => readonly string[];
  exitCode?: number;
  /** On a terminal of any width, and in a pipe where there is no table. */
  text: RegExp;
  /** Values in a line of its table in a pipe. */
  values?: number;
  /** What its JSON, or the first line or item of it, has; undefined where it prints none. */
  json?: object;
  keys?: ProcessInit["keys"];
}

const anything: unknown = expect.anything();
const created = (
  repository: FakeRepository,
  init: Parameters<FakeRepository["createRun"]>[0],
): [string] => [String(repository.createRun({ display_title: "Of a test", ...init }).id)];
const untilUrl = [{ after: /curl|"repositories"/, type: "\u0003" }];

/** Every command of the program. */
const rows: Readonly<Record<string, Row>> = {
  list: {
    args: () => ["-L", "5", "-b", "main"],
    text: /Merge pull requ/,
    values: 8,
    json: { id: anything, status: anything },
  },
  view: {
    args: () => [matrixRun],
    text: /windows-latest/,
    json: { run: { id: Number(matrixRun) }, jobs: { length: 60 } },
  },
  open: {
    args: () => [matrixRun, "--print"],
    text: /\/octo-org\/octo-repo\/actions\/runs\/16000000058$/m,
    json: { run_id: Number(matrixRun) },
  },
  logs: {
    args: () => [failedRun, "--tail", "2"],
    text: /Process completed with exit code 1/,
    json: { job: "soak", level: anything },
  },
  explain: {
    args: () => [failedRun],
    text: /AssertionError: expected 1 to be 2/,
    json: { job: "soak", step_name: "Run soak" },
  },
  watch: {
    args: () => [failedRun],
    exitCode: 3,
    text: /Run 16000000057, attempt 1:\s+failure/,
    json: { run: { id: Number(failedRun) } },
  },
  run: {
    args: () => ["deploy.yml", "-r", "main"],
    text: /Started\s+run\s+\d+/,
    json: { run_id: anything, ref: "main" },
  },
  rerun: {
    args: (repository) => created(repository, { status: "completed" }),
    text: /as\s+attempt\s+2/,
    json: { run_id: anything, run_attempt: 2 },
  },
  cancel: {
    args: (repository) => created(repository, { status: "in_progress" }),
    text: /GitHub\s+cancels\s+run/,
    json: { run_id: anything, force: false },
  },
  approve: {
    args: (repository) => created(repository, { approval: "required" }),
    text: /run\s+\d+,\s+Of\s+a\s+test/i,
    json: { run_id: anything, state: "approved" },
  },
  deployments: {
    args: () => ["16000000059"],
    text: /production/,
    values: 4,
    json: { pending_deployments: [{ environment: { name: "production" } }], reviews: [] },
  },
  delete: {
    args: (repository) => created(repository, { status: "completed" }),
    text: /Deleted run \d+/,
    json: { run_id: anything, deleted: "run" },
  },
  usage: {
    args: () => [failedRun],
    text: /soak/,
    values: 3,
    json: { run_id: Number(failedRun), usage: { billable: anything } },
  },
  stats: {
    args: () => ["-L", "30", "-w", "ci.yml"],
    text: /CI/,
    values: 11,
    json: { repository: worldRepository, all: { ended: anything } },
  },
  flaky: {
    args: () => [failedRun],
    text: /soak/,
    values: 7,
    json: { run_id: Number(failedRun), suspects: [{ job: "soak" }] },
  },
  mock: {
    args: () => ["--port", "0"],
    text: /A fake of GitHub's API is at http:/,
    json: { repositories: ["octo-org/fake-rocket"] },
    keys: untilUrl,
  },
  completion: { args: () => ["bash"], text: /complete -F/ },
  complete: { args: () => ["--", "wat"], text: /^watch\t/m },
  demo: { args: () => [], text: /Run \d+, attempt 2: success/ },
};

/** Commands whose lines are whole on any terminal: those of a log or of a shell. */
const whole = new Set(["completion", "demo", "mock", "logs"]);

let server: FakeServer;
let repository: FakeRepository;
beforeAll(async () => {
  const fake = createWorld();
  repository = fake.repository(worldRepository);
  repository.workflow("deploy.yml", { on: { workflow_dispatch: {} }, jobs: [{ name: "deploy" }] });
  repository.createRun({
    created_at: Date.now() - 60_000,
    jobs: [{ name: "deploy", environment: "production" }],
  });
  server = await listen(fake);
});
afterAll(async () => server.close());

const run = async (name: string, init: ProcessInit, ...more: string[]) => {
  const { args, keys = [] } = rows[name] as Row;
  const where = ["-R", worldRepository, "--api-url", server.url];
  return runProcess([...where, name, ...args(repository), ...more], { ...init, keys });
};

test("each command has a row", () => {
  expect(Object.keys(rows)).toEqual(commands.map(({ name }) => name));
});

test.skipIf(!hasScript).each(Object.keys(rows))(
  `%s on terminals of 40, 80 and 120 columns${hasScript ? "" : " (skipped: no `script` of util-linux)"}`,
  async (name) => {
    const { exitCode = 0, text } = rows[name] as Row;
    await Promise.all(
      [40, 80, 120].map(async (columns) => {
        const ended = await run(name, { columns });
        expect(ended).toMatchObject({ exitCode, text: expect.stringMatching(text) as string });
        const lines = whole.has(name) ? [] : ended.text.split("\n");
        // URLs, and commands that hold one, are to be copied.
        const tooWide = lines.filter(
          (line) => textWidth(line) > columns && !/│|:\/\/|\t/.test(line),
        );
        expect(tooWide).toEqual([]);
      }),
    );
  },
);

test.each(Object.keys(rows))("%s in a pipe: text, or tab-separated values", async (name) => {
  const { exitCode = 0, text, values } = rows[name] as Row;
  const ended = await run(name, {});
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.raw).not.toContain("\u001B");
  expect(ended.text).toMatch(values === undefined ? text : /\t/);
  const lines = values === undefined ? [] : ended.text.trimEnd().split("\n");
  expect(lines.filter((line) => line.split("\t").length !== values)).toEqual([]);
});

const withJson = Object.entries(rows).flatMap(([name, { json }]) =>
  json === undefined ? [] : [{ name, json }],
);
test.each(withJson)("$name --json is JSON and nothing else", async ({ name, json }) => {
  const { exitCode = 0 } = rows[name] as Row;
  const ended = await run(name, {}, "--json");
  expect(ended.exitCode).toBe(exitCode);
  const text = ended.text.trim();
  const documents = /^[[{]\s*$/m.test(text) ? [text] : text.split("\n");
  const [first] = documents.flatMap((document) => JSON.parse(document) as unknown);
  expect(first).toMatchObject(json);
});
