import { createClient, ParameterError, type WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { attemptsOf, type SyncBatch, type SyncOptions, syncRuns, type SyncState } from "./index.ts";
import { iso, type Random, randomOf } from "../test/model.ts";

const repository = { owner: "o", repo: "r" };
const day = 86_400;
const start = 1_767_225_600;

interface Attempt {
  status: string;
  conclusion: string | null;
}

/** A repository whose runs begin, end, are re-run and deleted; only the list without filters and single attempts are served. */
class Repository {
  now = start;
  requests: string[] = [];
  failAt = Infinity;
  readonly runs: { id: number; created: number; attempts: Attempt[] }[] = [];
  #nextId = 1000;

  create(status = "in_progress"): void {
    const attempts = [{ status, conclusion: status === "completed" ? "success" : null }];
    this.runs.unshift({ id: (this.#nextId += 3), created: this.now, attempts });
  }

  end(random: Random, { attempts }: { attempts: Attempt[] }): void {
    Object.assign(attempts.at(-1)!, {
      status: "completed",
      conclusion: random.pick(["success", "failure"]),
    });
  }

  /** The rows a copy should have, as `id attempt` → conclusion. */
  rows(): Map<string, string | null> {
    return new Map(
      this.runs.flatMap(({ id, attempts }) =>
        attempts.map(({ conclusion }, index) => [`${id} ${index + 1}`, conclusion] as const),
      ),
    );
  }

  readonly fetch = async (input: string | URL | Request): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = { date: new Date(this.now * 1000).toUTCString() };
    this.requests.push(`${url.pathname.split("/actions/")[1]}${url.search}`);
    if (this.requests.length === this.failAt) throw new Error("killed");
    const [, id, attempt] = /runs\/(\d+)(?:\/attempts\/(\d+))?$/.exec(url.pathname) ?? [];
    if (id !== undefined) {
      const run = this.runs.find((run) => run.id === Number(id));
      const body = run && this.#body(run, Number(attempt ?? run.attempts.length));
      return Response.json(body ?? { message: "Not Found" }, { status: body ? 200 : 404, headers });
    }
    const perPage = Number(url.searchParams.get("per_page"));
    const end = Number(url.searchParams.get("page") ?? 1) * perPage;
    const workflow_runs = this.runs
      .slice(end - perPage, end)
      .map((run) => this.#body(run, run.attempts.length));
    const link = end < this.runs.length ? { link: `<${url.origin}/?page=9>; rel="next"` } : {};
    return Response.json(
      { total_count: this.runs.length, workflow_runs },
      { headers: { ...headers, ...link } },
    );
  };

  #body(
    { id, created, attempts }: Repository["runs"][number],
    run_attempt: number,
  ): object | undefined {
    const attempt = attempts[run_attempt - 1];
    return (
      attempt && {
        id,
        run_attempt,
        created_at: iso(created),
        ...attempt,
        repository: { name: "r", owner: { login: "o" } },
      }
    );
  }
}

/** A table of rows, and the state that was stored with them. */
class Copy {
  readonly rows: Map<string, string | null> = new Map();
  state: SyncState | undefined;
  store(batch: SyncBatch): void {
    for (const run of batch.runs) this.rows.set(`${run.id} ${run.run_attempt}`, run.conclusion);
    this.state = JSON.parse(JSON.stringify(batch.state)) as SyncState;
  }
  async sync(source: Repository, options: Partial<SyncOptions> = {}): Promise<void> {
    const github = createClient({ fetch: source.fetch, retry: false });
    await syncRuns(github, repository, {
      state: this.state,
      onRuns: (batch) => this.store(batch),
      ...options,
    });
  }
}

test.each([
  { attempts: true, what: "with every attempt" },
  { attempts: false, what: "with the attempts that were seen" },
])(
  "a copy $what is right after months of changes, killed at any request",
  { timeout: 600_000 },
  async ({ attempts }) => {
    for (let seed = 0; seed < 12; seed++) {
      const random = randomOf(seed + 1);
      const source = new Repository();
      const copy = new Copy();
      for (let today = 0; today < 90; today++) {
        for (let left = random.below(12); left > 0; left--) {
          source.now += random.below(2 * 3600);
          source.create(random.pick(["in_progress", "waiting", "completed"]));
        }
        source.now = start + (today + 1) * day;
        for (const run of source.runs) {
          const age = source.now - run.created;
          if (run.attempts.at(-1)!.status !== "completed" && random.chance(0.3))
            source.end(random, run);
          else if (
            age < 30 * day &&
            run.attempts.at(-1)!.status === "completed" &&
            random.chance(0.01)
          )
            run.attempts.push({ status: "queued", conclusion: null });
        }
        if (random.chance(0.2) && source.runs.length > 0)
          source.runs.splice(random.below(source.runs.length), 1);
        if (random.chance(0.3)) continue;
        source.failAt = random.chance(0.4)
          ? source.requests.length + 1 + random.below(6)
          : Infinity;
        await copy.sync(source, { attempts }).catch((error: unknown) => {
          if (
            !(error instanceof Error && error.message.includes("killed")) &&
            !String((error as Error).cause).includes("killed")
          )
            throw error;
        });
      }
      for (const run of source.runs)
        if (run.attempts.at(-1)!.status !== "completed") source.end(random, run);
      source.failAt = Infinity;
      await copy.sync(source, { attempts });
      await copy.sync(source, { attempts });
      const truth = source.rows();
      const expected = [...truth].filter(([row]) => attempts || copy.rows.has(row));
      const copied = expected.map(([row]) => [row, copy.rows.get(row)]);
      expect(copied, `seed ${seed}`).toEqual(expected);
      const newest = source.runs.map(({ id, attempts }) => `${id} ${attempts.length}`);
      expect(newest.filter((row) => !copy.rows.has(row))).toEqual([]);
    }
  },
);

test("the second call asks only for what may have changed", async () => {
  const source = new Repository();
  for (let index = 0; index < 2000; index++) {
    source.create("completed");
    source.now += 7200;
  }
  source.runs.at(-1)!.attempts[0] = { status: "waiting", conclusion: null };
  const copy = new Copy();
  await copy.sync(source);
  expect(source.requests.length).toBeLessThan(30);
  const { length } = source.requests;
  source.now += day;
  await copy.sync(source);
  // 36 days of twelve runs each, a page of older ones that end the reading, and the one run that had not ended.
  expect(source.requests.length - length).toBeLessThanOrEqual(9);
  const waiting = source.runs.at(-1)!.id;
  expect(source.requests.filter((request) => request.includes("attempts"))).toEqual([
    `runs/${waiting}/attempts/1`,
  ]);
});

test("since leaves older runs out, and a state says what it belongs to", async () => {
  const source = new Repository();
  for (let index = 0; index < 20; index++) {
    source.create("completed");
    source.now += day;
  }
  const copy = new Copy();
  await copy.sync(source, { since: iso(start + 15 * day) });
  expect(copy.rows.size).toBe(5);
  const github = createClient({ fetch: source.fetch });
  const onRuns = (): void => expect.unreachable();
  const state = copy.state;
  await expect(syncRuns(github, { owner: "o", repo: "other" }, { state, onRuns })).rejects.toThrow(
    "syncRuns: state is not one",
  );
  await expect(syncRuns(github, repository, { onRuns, since: "last week" })).rejects.toBeInstanceOf(
    ParameterError,
  );
  await expect(syncRuns(github, repository, { onRuns: undefined as never })).rejects.toThrow(
    "onRuns is undefined, not a function",
  );
  await expect(syncRuns(github, repository, { onRuns, lookBack: 3 } as never)).rejects.toThrow(
    'Did you mean "lookback"?',
  );
});

test("what onRuns throws ends the call, and the state before it goes on", async () => {
  const source = new Repository();
  for (let index = 0; index < 350; index++) source.create("completed");
  const copy = new Copy();
  let calls = 0;
  const onRuns = (batch: SyncBatch): void => {
    if (++calls === 3) throw new Error("disk full");
    copy.store(batch);
  };
  await expect(copy.sync(source, { onRuns })).rejects.toThrow("disk full");
  expect(copy.rows.size).toBeLessThan(350);
  await copy.sync(source);
  expect(copy.rows.size).toBe(350);
});

test("a client that is bound to its repository needs no owner and repo", async () => {
  const source = new Repository();
  source.create();
  const github = createClient({ fetch: source.fetch }).repository("o/r");
  const copy = new Copy();
  const { state } = await syncRuns(github, {}, { onRuns: (batch) => copy.store(batch) });
  source.end(randomOf(1), source.runs[0]!);
  source.runs[0]!.created -= 90 * day;
  await syncRuns(github, {}, { state, onRuns: (batch) => copy.store(batch) });
  expect([...copy.rows.values()]).not.toContain(null);
});

test("every attempt of a run, the newest first; deleted ones are left out", async () => {
  const source = new Repository();
  source.create("completed");
  const [run] = source.runs;
  run!.attempts.push(
    { status: "completed", conclusion: "failure" },
    { status: "queued", conclusion: null },
  );
  const github = createClient({ fetch: source.fetch });
  const read = async (of: Parameters<typeof attemptsOf>[1]): Promise<(number | undefined)[]> => {
    const found: (number | undefined)[] = [];
    for await (const { run_attempt } of attemptsOf(github, of)) found.push(run_attempt);
    return found;
  };
  expect(await read({ ...repository, run_id: run!.id })).toEqual([3, 2, 1]);
  const whole: WorkflowRun = await github.getWorkflowRun({ ...repository, run_id: run!.id });
  source.requests.length = 0;
  expect(await read(whole)).toEqual([3, 2, 1]);
  expect(source.requests).toHaveLength(2);
  Reflect.deleteProperty(run!.attempts, 1);
  expect(await read(whole)).toEqual([3, 1]);
});
