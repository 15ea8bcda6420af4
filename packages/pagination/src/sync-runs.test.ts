import { createClient, type KeyValueStore, ParameterError } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { type SyncBatch, type SyncOptions, syncRuns, type SyncState } from "./index.ts";
import { CopiedServer } from "../test/copied-server.ts";
import { iso, type Random, randomOf } from "../test/model.ts";

const repository = { owner: "o", repo: "r" };
const day = 86_400;
const start = 1_767_225_600;
const minutes = { timeout: 900_000 };

/** A table of rows, and the state that was stored with them. */
class Copy {
  readonly rows: Map<string, string | null> = new Map();
  state: SyncState | undefined;
  saved = { times: 0, bytes: 0 };
  readonly #cache: KeyValueStore | undefined;

  /** @param cache where the client keeps pages from call to call */
  constructor(cache?: KeyValueStore) {
    this.#cache = cache;
  }

  store({ runs, state }: SyncBatch): void {
    const text = JSON.stringify(state);
    this.saved.times++;
    this.saved.bytes += text.length;
    for (const run of runs) this.rows.set(`${run.id}/${run.run_attempt ?? 1}`, run.conclusion);
    this.state = JSON.parse(text) as SyncState;
  }

  async sync({ url }: CopiedServer, options: Partial<SyncOptions> = {}): Promise<void> {
    const cache = this.#cache && { cache: this.#cache };
    await syncRuns(createClient({ baseUrl: url, retry: false, ...cache }), repository, {
      state: this.state,
      onRuns: (batch) => this.store(batch),
      ...options,
    });
  }
}

/** A store of pages: the rate limit of a call is not that of the next. */
function pageStore(): KeyValueStore {
  const pages = new Map<string, string>();
  return {
    get: async (key) => (key.includes("budget") ? undefined : pages.get(key)),
    set: async (key, value) => pages.set(key, value),
    delete: async (key) => pages.delete(key),
  };
}

/** Requests of a call. */
async function requestsOf(server: CopiedServer, call: Promise<void>): Promise<string[]> {
  const { length } = server.requests;
  await call;
  return server.requests.slice(length);
}

function fill(server: CopiedServer, runs: number, secondsApart: number): void {
  for (let index = 0; index < runs; index++) {
    server.create("completed");
    server.now += secondsApart;
  }
}

function end(
  { attempts }: { attempts: { status: string; conclusion: string | null }[] },
  random: Random,
): void {
  Object.assign(attempts.at(-1)!, {
    status: "completed",
    conclusion: random.pick(["success", "failure"]),
  });
}

/** Runs begin, end, wait, are re-run for 30 days, and are deleted, attempts too. */
function move(server: CopiedServer, random: Random): void {
  if (random.chance(0.5))
    server.create(random.pick(["queued", "in_progress", "waiting", "completed"]));
  for (const run of server.runs) {
    const newest = run.attempts.at(-1)!;
    if (newest.status !== "completed") {
      if (random.chance(0.1)) end(run, random);
    } else if (server.now - run.created < 30 * day && random.chance(0.004))
      run.attempts.push({ status: "queued", conclusion: null });
    else if (run.attempts.length > 1 && random.chance(0.002)) run.attempts[0]!.isDeleted = true;
  }
  if (server.runs.length > 0 && random.chance(0.05))
    server.runs.splice(random.below(server.runs.length), 1);
}

test.each([
  { attempts: true, what: "with every attempt" },
  { attempts: false, what: "with the attempts that were seen" },
])(
  "a copy $what is right after months of changes and interruptions at any request and any save",
  minutes,
  async ({ attempts }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomOf(seed);
      await using server = await new CopiedServer(start).listen();
      const copy = new Copy(random.chance(0.5) ? pageStore() : undefined);
      const lookback = 35 * day * 1000;
      for (let today = 1; today <= 80; today++) {
        while (server.now < start + today * day) {
          server.now += random.below(6 * 3600);
          move(server, random);
        }
        if (random.chance(0.3)) continue;
        if (random.chance(0.03)) server.renamed.add("repos/o/r");
        // Something may happen before each request, and one of them may be the last.
        const last =
          server.requests.length + (random.chance(0.5) ? 1 + random.below(12) : Infinity);
        const how = random.pick(["cut", "limited", "hidden", "attempts hidden"]);
        server.before = (request, path) => {
          if (random.chance(0.3)) move(server, random);
          const isHit = request >= last && (how !== "attempts hidden" || path.includes("attempts"));
          server.isHidden ||= isHit && how.endsWith("hidden");
          if (request < last) return undefined;
          if (how === "limited") return { status: 429, headers: { "retry-after": "3600" } };
          return how === "cut" ? "cut" : undefined;
        };
        let saves = random.chance(0.3) ? random.below(6) : Infinity;
        const isStored = random.chance(0.5);
        const onRuns = (batch: SyncBatch): void => {
          saves--;
          if (saves >= 0 || isStored) copy.store(batch);
          if (saves < 0) throw new Error("disk full");
        };
        if (copy.state?.reading?.cursor !== undefined && random.chance(0.2))
          copy.state = { ...copy.state, reading: { ...copy.state.reading, cursor: "wr1.older" } };
        const concurrency = 1 + random.below(4);
        const options = { attempts, concurrency, lookback, onRuns };
        await copy.sync(server, options).catch((error: unknown) => {
          if (saves >= 0 && request(server) < last) throw error;
        });
        server.isHidden = false;
      }
      server.before = () => {};
      for (const run of server.runs)
        if (run.attempts.at(-1)!.status !== "completed") end(run, random);
      await copy.sync(server, { attempts });
      await copy.sync(server, { attempts });
      const truth = [...server.rows()].filter(([row]) => attempts || copy.rows.has(row));
      expect(
        truth.map(([row]) => [row, copy.rows.get(row)]),
        `seed ${seed}`,
      ).toEqual(truth);
      const newest = server.runs.map(({ id, attempts }) => `${id}/${attempts.length}`);
      expect(newest.filter((row) => !copy.rows.has(row))).toEqual([]);
      expect(copy.state).toMatchObject({ open: [] });
    }
  },
);

function request({ requests }: CopiedServer): number {
  return requests.length;
}

test("the second call asks for little more than can have changed", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 2000, 7200);
  server.runs.at(-1)!.attempts[0] = { status: "waiting", conclusion: null };
  const copy = new Copy();
  expect((await requestsOf(server, copy.sync(server))).length).toBeLessThan(25);
  server.now += day;
  // 36 days of twelve runs each, and the one run that had not ended.
  const second = await requestsOf(server, copy.sync(server));
  expect(second.filter((path) => path.includes("attempts"))).toEqual([
    `/repos/o/r/actions/runs/${server.runs.at(-1)!.id}/attempts/1`,
  ]);
  expect(second.length).toBeLessThanOrEqual(1 + 5 + 1);
  expect(await requestsOf(server, copy.sync(server, { concurrency: 1 }))).toHaveLength(1 + 5);
});

test("a repository whose first page reaches far enough back costs one request, nothing with a cache", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 300, day / 2);
  const copy = new Copy(pageStore());
  await copy.sync(server);
  const { counted } = server;
  expect(await requestsOf(server, copy.sync(server))).toEqual([
    "304 /repos/o/r/actions/runs?per_page=100",
  ]);
  expect(server.counted).toBe(counted);
  server.create("queued");
  expect(await requestsOf(server, copy.sync(server))).toHaveLength(1);
  expect(copy.rows.size).toBe(301);
});

test("an empty repository costs one request", async () => {
  await using server = await new CopiedServer(start).listen();
  const copy = new Copy();
  for (const _ of [1, 2]) expect(await requestsOf(server, copy.sync(server))).toHaveLength(1);
  server.create("completed");
  await copy.sync(server);
  expect(copy.rows.size).toBe(1);
});

test(
  "thousands of rows that never end cost one request each, and stay small to store",
  minutes,
  async () => {
    await using server = await new CopiedServer(start).listen();
    for (let index = 0; index < 3000; index++) server.create("queued");
    const copy = new Copy();
    await copy.sync(server);
    server.now += 40 * day;
    fill(server, 1, 1);
    await copy.sync(server);
    server.now += 40 * day;
    copy.saved = { times: 0, bytes: 0 };
    const requests = await requestsOf(server, copy.sync(server));
    // But for those of the first page.
    expect(requests.filter((path) => path.includes("attempts"))).toHaveLength(2901);
    expect(requests).toHaveLength(2902);
    expect(copy.saved.bytes).toBeLessThan(30_000_000);
    expect(copy.state?.open).toHaveLength(3000);
  },
);

test("the time of a reading is the server's, also where nothing is new", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 300, day / 10);
  server.now += 60 * day;
  const copy = new Copy();
  await copy.sync(server);
  await copy.sync(server);
  expect(copy.state?.synced).toBe(new Date(server.now * 1000).toISOString());
});

test.each([undefined, "soon"])(
  "without a clock of the server (date: %s) runs say what time it is",
  async (date) => {
    await using server = await new CopiedServer(start).listen();
    server.date = () => date;
    const copy = new Copy();
    await copy.sync(server);
    fill(server, 250, day);
    await copy.sync(server);
    expect(copy.state?.synced).toBe(new Date(server.runs[0]!.created * 1000).toISOString());
    expect(copy.rows.size).toBe(250);
  },
);

test("a server's clock that was ahead loses nothing", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 250, day);
  const copy = new Copy();
  server.date = (now) => new Date((now + 900 * day) * 1000).toUTCString();
  await copy.sync(server);
  server.date = (now) => new Date(now * 1000).toUTCString();
  fill(server, 350, 3600);
  await copy.sync(server);
  expect(copy.rows.size).toBe(600);
});

test("a call that was interrupted goes on with another since, lookback, concurrency or attempts", async () => {
  for (const [first, second] of [
    [{ since: "2026-01-01" }, { since: "2026-01-02" }],
    [{ since: "2026-01-20" }, {}],
    [{ lookback: 1000 }, { lookback: Infinity }],
    [{ attempts: true }, { attempts: false }],
    [{ attempts: false }, { attempts: true }],
    [{ concurrency: 4 }, { concurrency: 1 }],
  ]) {
    await using server = await new CopiedServer(start).listen();
    fill(server, 900, 3600);
    for (const run of server.runs.slice(300, 310))
      run.attempts.push({ status: "completed", conclusion: "failure" });
    const copy = new Copy();
    server.before = (request) => (request === 5 ? "cut" : undefined);
    await expect(copy.sync(server, first)).rejects.toThrow("/repos/o/r/actions/runs");
    server.before = () => {};
    await copy.sync(server, second);
    await copy.sync(server, second);
    const oldest = Date.parse(second?.since ?? "2026-01-01") / 1000;
    const truth = server.runs.filter(({ created }) => created >= oldest).length;
    expect(copy.rows.size).toBe(truth + (second?.attempts ? 10 : 0));
  }
});

test("a copy that is to hold more than before, older runs or every attempt, reads all again", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 300, day);
  for (const run of server.runs) run.attempts.push({ status: "completed", conclusion: "failure" });
  const copy = new Copy();
  await copy.sync(server, { since: "2026-09-01" });
  expect(copy.rows.size).toBe(57);
  await copy.sync(server, { since: "2026-10-01" });
  await copy.sync(server);
  expect(copy.rows.size).toBe(300);
  await copy.sync(server, { attempts: true });
  expect(copy.rows.size).toBe(600);
  expect((await requestsOf(server, copy.sync(server, { attempts: true }))).length).toBe(1);
});

test("earlier attempts are kept as they come, however many there are", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 150, 60);
  for (const run of server.runs.slice(0, 20))
    for (let index = 0; index < 10; index++)
      run.attempts.push({ status: "completed", conclusion: "failure" });
  const copy = new Copy();
  // Killed after each twenty requests, it comes to its end.
  let calls = 0;
  for (let isDone = false; !isDone && calls < 50; calls++) {
    const last = server.requests.length + 20;
    server.before = (request) => (request > last ? "cut" : undefined);
    isDone = await copy.sync(server, { attempts: true }).then(
      () => true,
      () => false,
    );
  }
  expect(calls).toBeLessThan(20);
  expect(copy.rows.size).toBe(350);
  expect(server.requests.length).toBeLessThan(300);
});

test("a row that cannot be seen has not ended for that", async () => {
  await using server = await new CopiedServer(start).listen();
  const waiting = [server.create("waiting"), server.create("waiting"), server.create("waiting")];
  fill(server, 150, 60);
  const copy = new Copy();
  await copy.sync(server);
  server.now += 40 * day;
  await copy.sync(server);
  server.now += 40 * day;
  // The token loses its access between the list and the rows.
  server.before = (_, path) => {
    server.isHidden = path.includes("attempts") || server.isHidden;
  };
  await expect(copy.sync(server)).rejects.toThrow("404");
  expect(copy.state?.open).toHaveLength(3);
  server.before = () => {};
  server.isHidden = false;
  end(waiting[0]!, randomOf(1));
  server.runs = server.runs.filter((run) => run !== waiting[1]);
  await copy.sync(server);
  expect(copy.state?.open).toEqual([[waiting[2]!.id, 1]]);
  expect(copy.rows.get(`${waiting[0]!.id}/1`)).not.toBeNull();
});

test("another forge's runs, without times and attempts, are copied whole each time", async () => {
  await using server = await new CopiedServer(start).listen();
  server.isOtherForge = true;
  fill(server, 130, 60);
  const run = server.create("in_progress");
  const copy = new Copy();
  await copy.sync(server);
  server.now += 100 * day;
  end(run, randomOf(1));
  fill(server, 130, 60);
  await copy.sync(server);
  expect(copy.rows.size).toBe(261);
  expect(copy.rows.get(`${run.id}/1`)).not.toBeNull();
  expect(copy.state?.open).toEqual([]);
});

test("a status that is a conclusion, as Forgejo's, is of a run that has ended", async () => {
  await using server = await new CopiedServer(start).listen();
  for (const status of ["success", "failure", "cancelled", "skipped", "running", "blocked"])
    server.create(status, null);
  const copy = new Copy();
  await copy.sync(server);
  expect(copy.state?.open).toEqual(server.runs.slice(0, 2).map(({ id }) => [id, 1]));
});

test("an index that is behind is not touched", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 1200, 600);
  server.index = [];
  const copy = new Copy();
  await copy.sync(server, { since: "2026-01-02" });
  expect(copy.rows.size).toBe(1056);
  server.create("queued");
  await copy.sync(server, { since: "2026-01-02" });
  expect(copy.rows.size).toBe(1057);
  expect(server.requests.filter((path) => path.includes("created"))).toEqual([]);
});

test("since leaves older runs out; what is no time is refused", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 20, day);
  const copy = new Copy();
  await copy.sync(server, { since: iso(start + 15 * day) });
  expect(copy.rows.size).toBe(5);
  for (const since of ["last week", "5", "2026-02-30", "Jan 5"])
    await expect(copy.sync(server, { since }), since).rejects.toThrow(
      `syncRuns: since is ${JSON.stringify(since)}, not a time as 2026-01-31`,
    );
});

test("a state of another repository, of a newer version or damaged is refused; an older one goes on", async () => {
  await using server = await new CopiedServer(start).listen();
  fill(server, 300, 3600);
  const copy = new Copy();
  await copy.sync(server);
  const good = copy.state!;
  const github = createClient({ baseUrl: server.url });
  const onRuns = (): void => expect.unreachable();
  const refused = "syncRuns: state is not one that syncRuns gave for these parameters.";
  await expect(
    syncRuns(github, { owner: "o", repo: "other" }, { state: good, onRuns }),
  ).rejects.toThrow(refused);
  for (const change of [
    { version: 2 },
    { synced: "x" },
    { since: 5 },
    { open: [["x", 1]] },
    { open: [[1]] },
    { open: undefined },
    { rerun: 3 },
    { reading: 5 },
    { reading: null },
    { reading: {} },
    { reading: { due: [] } },
    { reading: { begun: good.synced, due: [[1]] } },
    { reading: { begun: good.synced, due: [], earlier: {} } },
  ])
    await expect(
      syncRuns(github, repository, { state: { ...good, ...change } as never, onRuns }),
      JSON.stringify(change),
    ).rejects.toThrow(refused);
  const older = {
    version: 1,
    list: good.list,
    open: [[server.runs[5]!.id, 1]],
    reading: { begun: good.synced!, cursor: "wr2.0000000000.p.1.1.1.1", due: [], oldest: 1 },
  } as const;
  const fresh = new Copy();
  fresh.state = older;
  await fresh.sync(server);
  expect(fresh.rows.size).toBe(300);
  expect(fresh.state).toEqual({ ...good, open: [] });
});

test("what can be no parameter or option is refused", async () => {
  const github = createClient();
  const onRuns = (): void => expect.unreachable();
  for (const [parameters, options, words] of [
    [repository, { onRuns: undefined }, "onRuns is undefined, not a function"],
    [repository, { onRuns, lookBack: 3 }, 'Did you mean "lookback"?'],
    [{ ...repository, status: "failure" }, { onRuns }, 'Unknown option "status"'],
    [{ ...repository, workflow_id: {} }, { onRuns }, "workflow_id is an object, not the id"],
  ] as const) {
    const call = syncRuns(github, parameters as never, options as never);
    await expect(call).rejects.toBeInstanceOf(ParameterError);
    await expect(call).rejects.toThrow(words);
  }
});

test("a client that is bound to its repository needs no owner and repo", async () => {
  await using server = await new CopiedServer(start).listen();
  const run = server.create("in_progress");
  const github = createClient({ baseUrl: server.url }).repository("o/r");
  const copy = new Copy();
  const onRuns = (batch: SyncBatch): void => copy.store(batch);
  const { state } = await syncRuns(github, {}, { onRuns });
  end(run, randomOf(1));
  run.created -= 90 * day;
  await syncRuns(github, {}, { state, onRuns });
  expect([...copy.rows.values()]).not.toContain(null);
});

test("the runs of one workflow, and single attempts of them", async () => {
  await using server = await new CopiedServer(start).listen();
  const run = server.create("in_progress");
  fill(server, 150, 60);
  const github = createClient({ baseUrl: server.url });
  const onRuns = (): void => {};
  const of = { ...repository, workflow_id: "ci.yml", exclude_pull_requests: true };
  let state: SyncState | undefined;
  for (const _ of [1, 2, 3]) {
    ({ state } = await syncRuns(github, of, { state, onRuns }));
    server.now += 40 * day;
  }
  const paths = server.requests.map((path) => path.split("?")[0]);
  expect(new Set(paths)).toEqual(
    new Set([
      "/repos/o/r/actions/workflows/ci.yml/runs",
      `/repos/o/r/actions/runs/${run.id}/attempts/1`,
    ]),
  );
  for (const path of server.requests) expect(path).toContain("exclude_pull_requests=true");
});
