import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type RepositoryClient } from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { CursorError, paginate } from "./index.ts";
import { GitHubServer } from "../test/github-server.ts";
import { burst, evenly, newYear } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const runs = [
  ...evenly(500, 86_400),
  ...burst(230, newYear + 40_000),
  ...burst(40, newYear + 60_000),
];

test("a crash at any request: the cursor of the error gives the rest, and at most a page twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 20, max: 100 }),
      async (crashes, concurrency, per_page) => {
        let fuse = Infinity;
        await using server = await new GitHubServer({
          runs,
          refuse: () => (fuse-- > 0 ? undefined : { status: 404, message: "crash" }),
        }).listen();
        const github = createClient({ baseUrl: server.url });
        const found: number[] = [];
        let from: string | undefined;
        for (const crash of [...crashes, Infinity]) {
          fuse = crash;
          const options = { concurrency, from };
          const list = paginate(
            github,
            "listWorkflowRunsForRepo",
            { ...repository, per_page },
            options,
          );
          const before = found.length;
          try {
            for await (const { id } of list) found.push(id);
            from = list.cursor;
          } catch (error) {
            from = (error as { cursor?: string }).cursor;
            if (from !== list.cursor) throw error;
          }
          const again = found.slice(before).filter((id) => found.indexOf(id) < before);
          expect(again.length).toBeLessThanOrEqual(per_page);
        }
        expect([...new Set(found)]).toEqual(server.runs.map(({ id }) => id));
      },
    ),
    { numRuns: 20, seed: 20_263 },
  );
}, 120_000);

test("the cursor of a page gives what follows it, in a loop left early, after deletions and new runs", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const given: number[] = [];
  let cursor = "";
  for await (const page of paginate(github, "listWorkflowRunsForRepo", repository).pages()) {
    given.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
    if (given.length > 300) break;
  }
  expect(cursor).toBe(JSON.parse(JSON.stringify(cursor)));
  server.remove(given.at(-1) as number, given.at(-2) as number, given[0] as number);
  server.add(...evenly(120, 60, newYear + 90_000));
  const rest = paginate(github, "listWorkflowRunsForRepo", repository, { from: cursor });
  const ids = (await rest.toArray()).map(({ id }) => id);
  const expected = server.runs.filter(
    ({ id, created }) => !given.includes(id) && created < newYear + 90_000,
  );
  expect(ids).toEqual(expected.map(({ id }) => id));
});

test("a cursor is short: some 40 characters, whatever was read", async () => {
  await using server = await new GitHubServer({ runs: evenly(2000, 864_000) }).listen();
  const github = createClient({ baseUrl: server.url });
  for await (const { cursor } of paginate(github, "listWorkflowRunsForRepo", repository).pages())
    expect(cursor.length).toBeLessThanOrEqual(45);
});

test("take() leaves the cursor right behind the last item; at the end it gives nothing more", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const found: number[] = [];
  const totals = new Set<number | undefined>();
  let from: string | undefined;
  for (let taken = Infinity; taken > 0;) {
    const list = paginate(github, "listWorkflowRunsForRepo", repository, { from });
    const items = await list.take(55);
    taken = items.length;
    found.push(...items.map(({ id }) => id));
    from = list.cursor;
    if (taken > 0) totals.add(list.totalCount?.count);
  }
  expect(found).toEqual(server.runs.map(({ id }) => id));
  expect(totals).toEqual(new Set([runs.length]));
  const requests = server.seen.length;
  const over = paginate(github, "listWorkflowRunsForRepo", repository, { from });
  expect(await over.toArray()).toEqual([]);
  expect(server.seen).toHaveLength(requests);
});

test("a cursor of another operation or of other parameters is refused before anything is sent", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository);
  await list.take(10);
  const from = list.cursor;
  const other = { ...repository, status: "failure" } as const;
  expect(() => paginate(github, "listWorkflowRunsForRepo", other, { from })).toThrow(CursorError);
  expect(() =>
    paginate(github, "listWorkflowRuns", { ...repository, workflow_id: 1 }, { from }),
  ).toThrow(CursorError);
  expect(() => paginate(github, "listWorkflowRunsForRepo", repository, { from: "x" })).toThrow(
    'from: "x" is not a cursor',
  );
  const bigger = { ...repository, per_page: 50 };
  expect(await paginate(github, "listWorkflowRunsForRepo", bigger, { from }).take(1)).toHaveLength(
    1,
  );
});

test("a cursor of a client bound to one repository is refused with another, and fits the same list unbound", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github.repository("o/r"), "listWorkflowRunsForRepo", {});
  const first = await list.take(10);
  const from = list.cursor;
  const other = github.repository("o/another");
  expect(() => paginate(other, "listWorkflowRunsForRepo", {}, { from })).toThrow(CursorError);
  const same = paginate(github, "listWorkflowRunsForRepo", repository, { from });
  const ids = [...first, ...(await same.toArray())].map(({ id }) => id);
  expect(ids).toEqual(server.runs.map(({ id }) => id));
});

test("a bound client that does not tell its repository is read and resumed all the same", async () => {
  await using server = await new GitHubServer({ runs }).listen();
  const { listWorkflowRunsForRepo } = createClient({ baseUrl: server.url }).repository("o/r");
  const bound = { listWorkflowRunsForRepo } as RepositoryClient;
  const list = paginate(bound, "listWorkflowRunsForRepo", {});
  await list.take(10);
  const rest = paginate(bound, "listWorkflowRunsForRepo", {}, { from: list.cursor });
  expect(await rest.toArray()).toHaveLength(runs.length - 10);
});

test("a killed process: another one goes on from the stored cursor, and nothing is missing", async () => {
  const runs = evenly(2500, 864_000);
  await using server = await new GitHubServer({ runs, latency: () => 15 }).listen();
  const folder = await mkdtemp(join(tmpdir(), "pagination-"));
  try {
    for (const more of [2, 5, 9]) {
      const { child, exit } = exporter(server.url, folder);
      const until = server.seen.length + more;
      await vi.waitUntil(() => server.seen.length >= until, { timeout: 60_000, interval: 1 });
      child.kill("SIGKILL");
      expect(await exit).toBe("SIGKILL");
    }
    expect(await exporter(server.url, folder).exit).toBe(0);
    const lines = (await readFile(join(folder, "runs.ndjson"), "utf8")).split("\n");
    const ids = lines.filter(Boolean).map((line) => (JSON.parse(line) as { id: number }).id);
    expect([...new Set(ids)]).toEqual(server.runs.map(({ id }) => id));
    expect(ids.length).toBeLessThanOrEqual(runs.length + 3 * 100);
    // It did go on: the first page was not requested each time.
    expect(server.seen.length).toBeLessThan(26 + 2 + 5 + 9 + 3 * 4);
  } finally {
    await rm(folder, { recursive: true });
  }
});

function exporter(
  url: string,
  folder: string,
): {
  child: ChildProcess;
  exit: Promise<number | NodeJS.Signals | null>;
} {
  const program = join(import.meta.dirname, "../test/exporter.ts");
  const child = spawn(process.execPath, [program, url, folder], { stdio: "inherit" });
  const exit = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
  return { child, exit };
}
