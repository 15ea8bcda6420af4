import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { KeyvPostgres } from "@keyv/postgres";
import KeyvRedis from "@keyv/redis";
import KeyvValkey from "@keyv/valkey";
import { Keyv } from "keyv";
import { Keyv as Keyv6 } from "keyv6";
import { describe, expect, test } from "vitest";
import { createClient, type KeyValueStore } from "../src/index.ts";
import { closedPort, json, type LocalServer, serve } from "./local-server.ts";
import { redisIsInstalled, startRedis } from "./redis-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

/** One run that never changes, until the server refuses for an hour. */
async function github(): Promise<LocalServer & { refuse: boolean; statuses: number[] }> {
  const state = { refuse: false, statuses: [] as number[] };
  const server = await serve((request, response) => {
    const unchanged = request.headers["if-none-match"] === '"1"';
    const status = state.refuse ? 429 : unchanged ? 304 : 200;
    state.statuses.push(status);
    if (status === 304) return response.writeHead(304).end();
    const headers = status === 429 ? { "retry-after": "3600" } : { etag: '"1"' };
    return json(response, status, { id: 42, name: "Ünïcode 🚀\u0000\n" }, headers);
  });
  return Object.assign(state, server);
}

let tokens = 0;

/** What two clients see that have nothing in common but the store. */
async function expectShared(first: KeyValueStore, second: KeyValueStore): Promise<void> {
  await using server = await github();
  const options = { baseUrl: server.url, auth: `t-${++tokens}`, rateLimit: { maxWait: 0 } };
  const one = createClient({ ...options, cache: first });
  const two = createClient({ ...options, cache: second });
  const data = await one.getWorkflowRun(run);
  expect(await two.getWorkflowRun(run)).toEqual(data);
  expect(await two.getWorkflowRun(run, { cache: { maxAge: 60_000 } })).toEqual(data);
  expect(server.statuses).toEqual([200, 304]);
  server.refuse = true;
  await expect(one.getWorkflowRun(run)).rejects.toMatchObject({ name: "RateLimitError" });
  // The other one knows, and does not even send.
  await expect(two.getWorkflowRun(run)).rejects.toThrow(/not sent/);
  expect(await two.getWorkflowRun(run, { cache: { staleIfLimited: true } })).toEqual(data);
  expect(server.statuses).toEqual([200, 304, 429]);
}

describe("Keyv", () => {
  test("5, in memory", async () => {
    const store = new Map();
    await expectShared(new Keyv({ store }), new Keyv({ store }));
  });

  test("6, in memory", async () => {
    const store = new Map();
    await expectShared(new Keyv6({ store }), new Keyv6({ store }));
  });
});

describe("SQLite", () => {
  test("a file that two connections have open", async () => {
    const folder = mkdtempSync(join(tmpdir(), "workflow-runs-sqlite-"));
    const open = (): SqliteStore => new SqliteStore(join(folder, "cache.db"));
    const [first, second] = [open(), open()];
    await expectShared(first, second);
    await expectShared(new Keyv({ store: first }), new Keyv({ store: second }));
    first.close();
    second.close();
    rmSync(folder, { recursive: true });
  });
});

/** A store over Node's own SQLite, which `cache` takes as it is, and Keyv as its adapter. */
class SqliteStore implements KeyValueStore {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(
      "PRAGMA busy_timeout = 1000; CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT, expires REAL)",
    );
  }

  async get(key: string): Promise<unknown> {
    const select = "SELECT value FROM entries WHERE key = ? AND (expires IS NULL OR expires > ?)";
    return this.#database.prepare(select).get(key, Date.now())?.["value"];
  }

  async set(key: string, value: string, ttl?: number): Promise<unknown> {
    const expires = ttl === undefined ? null : Date.now() + ttl;
    const upsert = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?)";
    return this.#database.prepare(upsert).run(key, value, expires);
  }

  async delete(key: string): Promise<boolean> {
    return this.#database.prepare("DELETE FROM entries WHERE key = ?").run(key).changes > 0;
  }

  async clear(): Promise<void> {
    this.#database.exec("DELETE FROM entries");
  }

  close(): void {
    this.#database.close();
  }
}

describe.runIf(redisIsInstalled())("a Redis (needs redis-server)", () => {
  test.each([
    ["@keyv/redis", (url: string) => new KeyvRedis(url)],
    ["@keyv/valkey", (url: string) => new KeyvValkey(url)],
  ])("%s", async (_, open) => {
    await using redis = await startRedis();
    const [first, second] = [
      new Keyv({ store: open(redis.url) }),
      new Keyv({ store: open(redis.url) }),
    ];
    await expectShared(first, second);
    await Promise.all([first.disconnect(), second.disconnect()]);
  });
});

const initdb = globSync("/usr/lib/postgresql/*/bin/initdb")[0];

describe.runIf(initdb !== undefined && existsSync(initdb))(
  "a Postgres (needs Debian's postgresql)",
  () => {
    test("@keyv/postgres", async () => {
      await using postgres = await startPostgres(dirname(initdb as string));
      const open = (): Keyv => new Keyv({ store: new KeyvPostgres({ uri: postgres.url }) });
      const [first, second] = [open(), open()];
      await expectShared(first, second);
      // One pool of connections is both's.
      await first.disconnect();
    }, 600_000);
  },
);

/** A Postgres of our own, on a free loopback port, in a temporary folder. It refuses to run as root. */
async function startPostgres(bin: string): Promise<AsyncDisposable & { url: string }> {
  const folder = mkdtempSync(join(tmpdir(), "workflow-runs-postgres-"));
  const isRoot = process.getuid?.() === 0;
  const id = (flag: string): number =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  const user = isRoot ? { uid: id("-u"), gid: id("-g") } : {};
  if (isRoot) chownSync(folder, id("-u"), id("-g"));
  const data = join(folder, "data");
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "tests", "-A", "trust", "--no-sync"], {
    ...user,
    cwd: folder,
    stdio: "ignore",
  });
  const port = await closedPort();
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F"],
    { ...user, cwd: folder, stdio: "ignore" },
  );
  const ready = (): boolean =>
    spawnSync(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)]).status === 0;
  while (!ready()) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return {
    url: `postgresql://tests@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      const exited = once(server, "exit");
      // It waits until the clients have closed their connections, instead of breaking them off.
      server.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
