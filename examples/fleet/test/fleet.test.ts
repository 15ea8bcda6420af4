import { type ChildProcess, execFile, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { WorkflowRun } from "@workflow-runs/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GitHub } from "../src/github.ts";
import { openStore } from "../src/open-store.ts";
import { isPermanent, waitAfter } from "../src/outage.ts";
import { openQueue } from "../src/queue.ts";
import { connectRedis, redisWarnings } from "../src/redis.ts";
import { settings } from "../src/settings.ts";
import { keyOf, OvertakenError, type Store } from "../src/store.ts";
import { SqliteStore } from "../src/sqlite-store.ts";
import { GitHubServer } from "./github-server.ts";
import {
  FreezingProxy,
  hasPostgres,
  hasRedis,
  PostgresServer,
  RedisServer,
  until,
} from "./servers.ts";

const minutes = { timeout: 900_000 };
const names = ["octo-org/one", "octo-org/two"];
const program = (name: string): string => new URL(`../src/${name}.ts`, import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "fleet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}.sqlite`);

async function run(
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [program(name), "octo-org"], {
    env: { ...process.env, ...env },
  });
}

test(
  "SQLite: the first call copies all, a killed one goes on, the second day asks only for what may have changed",
  minutes,
  async () => {
    await using github = await new GitHubServer(names, 1500, 7200).listen();
    const databaseUrl = newFile();
    const env = { DATABASE_URL: databaseUrl, GITHUB_API_URL: github.url, GITHUB_TOKEN: "t" };
    for (const more of [4, 9]) {
      const child = spawn(process.execPath, [program("sync"), "octo-org"], {
        env: { ...process.env, ...env },
        stdio: "ignore",
      });
      const goal = github.requests.length + more;
      await until(() => github.requests.length >= goal || child.exitCode !== null);
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
    const { stdout } = await run("sync", env);
    expect(stdout).toBe("octo-org/one\nocto-org/two\n");
    const store = new SqliteStore(databaseUrl);
    expect((await store.counts()).runs).toBe(3000);

    // A run of last week is re-run, and fails; one of last year cannot be.
    const runs = github.repositories.get("octo-org/one")!;
    runs[80]!.attempts.push({ status: "completed", conclusion: "failure" });
    const before = github.requests.length;
    await run("sync", env);
    expect((await store.counts()).runs).toBe(3001);
    // 35 days of twelve runs each, for each repository, and the list of repositories.
    expect(github.requests.length - before).toBeLessThanOrEqual(1 + 2 * 8);
    await store.close();
  },
);

test("SQLite: a signal ends the copy, which goes on with the next call", minutes, async () => {
  await using github = await new GitHubServer(names, 1500, 7200).listen();
  github.latency = 50;
  const databaseUrl = newFile();
  const env = { DATABASE_URL: databaseUrl, GITHUB_API_URL: `${github.url}/`, GITHUB_TOKEN: "t" };
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const child = spawn(process.execPath, [program("sync"), "octo-org"], {
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
    const goal = github.requests.length + 5;
    await until(() => github.requests.length >= goal);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([code, null]);
  }
  expect(await run("sync", env)).toEqual({ stdout: "octo-org/one\nocto-org/two\n", stderr: "" });
  const store = await openStore(databaseUrl);
  expect((await store.counts()).runs).toBe(3000);
  await store.close();
});

const stores = describe.each([
  ["SQLite", true],
  ["PostgreSQL", hasPostgres],
]);
stores("%s", (name, installed) => {
  let server: PostgresServer | undefined;
  let store: Store;
  beforeAll(async () => {
    if (!installed) return;
    if (name === "PostgreSQL") server = await new PostgresServer().start();
    store = await openStore(server?.url ?? newFile());
  }, 600_000);
  afterAll(async () => {
    await store?.close();
    await server?.[Symbol.asyncDispose]();
  });

  const runOf = (id: number, more: object = {}): WorkflowRun =>
    ({
      id,
      run_attempt: 1,
      status: "completed",
      conclusion: "success",
      created_at: "2026-01-01T00:00:00Z",
      updated_at: "2026-01-01T00:00:00Z",
      ...more,
    }) as WorkflowRun;
  const state = (list: string) => ({ version: 1, list, open: [] }) as const;

  test.skipIf(!installed)(
    "rows are replaced by id and attempt; state and rows are saved together",
    minutes,
    async () => {
      expect(await store.load("o/a")).toEqual({ revision: 0, state: undefined });
      const first = await store.save("o/a", 0, {
        runs: [runOf(1), runOf(2, { status: "queued", conclusion: null })],
        jobs: [],
        state: state("x"),
      });
      const second = await store.save("o/a", first, {
        runs: [runOf(2), runOf(2, { run_attempt: 2 }), runOf(2)],
        jobs: [],
        state: state("y"),
      });
      expect(await store.load("o/a")).toEqual({ revision: second, state: state("y") });
      expect(await store.counts()).toEqual({ runs: 3, jobs: 0 });
    },
  );

  test.skipIf(!installed)("who was overtaken changes nothing", minutes, async () => {
    const { revision } = await store.load("o/b");
    await store.save("o/b", revision, { runs: [runOf(10)], jobs: [], state: state("x") });
    const late = store.save("o/b", revision, { runs: [runOf(11)], jobs: [], state: state("late") });
    await expect(late).rejects.toBeInstanceOf(OvertakenError);
    const older = store.save("o/b", 7, { runs: [runOf(11)], jobs: [], state: state("late") });
    await expect(older).rejects.toBeInstanceOf(OvertakenError);
    expect((await store.load("o/b")).state).toEqual(state("x"));
    expect((await store.counts()).runs).toBe(4);
  });

  test.skipIf(!installed)(
    "a title that a database may not take holds nothing up",
    minutes,
    async () => {
      const display_title = "a NUL \0, half a pair \ud83d, a whole one 🚀 and \\u0000 \\ud83d";
      const run = runOf(30, { display_title, head_branch: "a\0b" });
      const before = (await store.counts()).runs;
      await store.save("o/d", 0, { runs: [run], jobs: [], state: state("x") });
      expect((await store.counts()).runs).toBe(before + 1);
    },
  );

  test.skipIf(!installed)("jobs are kept, and it is known whose were read", minutes, async () => {
    const [one, two] = [runOf(20), runOf(21)];
    const job = {
      id: 5,
      run_id: 20,
      name: "build",
      status: "completed",
      started_at: "2026-01-01T00:00:00Z",
      completed_at: null,
    } as never;
    await store.save("o/c", 0, {
      runs: [one, two],
      jobs: [
        { run: one, jobs: [job] },
        { run: two, jobs: [] },
      ],
      state: state("x"),
    });
    expect(await store.withJobs([one, two, runOf(22)])).toEqual(new Set([keyOf(one), keyOf(two)]));
    expect((await store.counts()).jobs).toBe(1);
  });
});

test("jobs of young runs are read once", minutes, async () => {
  await using github = await new GitHubServer(["octo-org/one"], 60, 3600).listen();
  const env = {
    DATABASE_URL: newFile(),
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: "t",
    JOBS_DAYS: "1",
  };
  // One of them is deleted after its page has come.
  const gone = github.repositories.get("octo-org/one")![3]!.id;
  github.refuse = (path) => (path.includes(`/${gone}/`) ? 404 : undefined);
  await run("sync", env);
  const jobs = (): number => github.requests.filter((path) => path.includes("/jobs")).length;
  expect(jobs()).toBeGreaterThanOrEqual(23);
  const before = jobs();
  await run("sync", env);
  expect(jobs()).toBe(before + 1);
});

test("a variable that cannot be what it says is refused at the start", () => {
  expect(
    settings({ GITHUB_API_URL: "https://ghe.example/api/v3/", SINCE: "", GITHUB_TOKEN: "" }),
  ).toMatchObject({
    apiUrl: "https://ghe.example/api/v3",
    since: undefined,
    token: undefined,
    concurrency: 4,
  });
  for (const [environment, words] of [
    [{ CONCURRENCY: "four" }, "CONCURRENCY is four, not a whole number of 1 or more."],
    [{ CONCURRENCY: "0" }, "CONCURRENCY is 0"],
    [{ JOBS_DAYS: "-1" }, "JOBS_DAYS is -1"],
    [{ LOCK_DURATION: "1s" }, "LOCK_DURATION is 1s"],
    [{ SINCE: "yesterday" }, "SINCE is yesterday, not a day as 2026-01-31."],
    [{ ATTEMPTS: "true" }, 'ATTEMPTS is true, not "all".'],
    [{ GITHUB_APP_ID: "9" }, "An App needs both"],
  ] as const)
    expect(() => settings(environment)).toThrow(words);
});

test("a GitHub App reads with the token of its installation", minutes, async () => {
  await using github = await new GitHubServer(names, 10, 60).listen();
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const all = settings({
    GITHUB_API_URL: github.url,
    GITHUB_APP_ID: "9",
    GITHUB_APP_PRIVATE_KEY: privateKey.replaceAll("\n", "\\n"),
  });
  const client = new GitHub(all);
  const found: string[] = [];
  for await (const name of client.repositoriesOf("octo-org")) found.push(name);
  expect(found).toEqual(names);
  expect([...github.tokens].filter((token) => token.includes("ghs_installation"))).toHaveLength(1);
  expect(await client.clientOf("octo-org")).toBe(await client.clientOf("octo-org"));
});

test("waits double from outage to outage, to an hour; what cannot get better is not tried again", () => {
  expect([1, 2, 3, 40].map((outages) => waitAfter(outages, 1000))).toEqual([
    1000, 2000, 4000, 3_600_000,
  ]);
  expect(isPermanent(new Error("connection closed"))).toBe(false);
  expect(isPermanent(new RangeError("x"))).toBe(true);
  // An App that is not installed, as Octokit says it.
  expect(isPermanent(Object.assign(new Error("Not Found"), { status: 404 }))).toBe(true);
  expect(isPermanent(Object.assign(new Error("Bad Gateway"), { status: 502 }))).toBe(false);
});

describe.skipIf(!hasRedis || !hasPostgres)("a fleet (needs redis-server and PostgreSQL)", () => {
  let database: PostgresServer;
  beforeAll(async () => {
    database = await new PostgresServer().start();
  }, 600_000);
  afterAll(() => database?.[Symbol.asyncDispose]());

  /** Workers of one queue. */
  class Workers {
    readonly env: NodeJS.ProcessEnv;
    readonly running: ChildProcess[] = [];
    constructor(redis: RedisServer, github: GitHubServer, databaseUrl: string) {
      this.env = {
        REDIS_URL: redis.url,
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: "t",
        DATABASE_URL: databaseUrl,
        LOCK_DURATION: "1500",
        OUTAGE_WAIT: "100",
        CONCURRENCY: "2",
      };
    }
    start(): ChildProcess {
      const child = spawn(process.execPath, [program("worker")], {
        env: { ...process.env, ...this.env },
        stdio: ["ignore", "ignore", "ignore"],
      });
      this.running.push(child);
      return child;
    }
    async [Symbol.asyncDispose](): Promise<void> {
      for (const child of this.running) child.kill("SIGKILL");
      for (const child of this.running)
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
  }

  async function newDatabase(): Promise<string> {
    const { default: postgres } = await import("postgres");
    const sql = postgres(database.url, { max: 1 });
    const name = `fleet_${++files}`;
    await sql.unsafe(`CREATE DATABASE ${name}`);
    await sql.end();
    return database.url.replace("/postgres", `/${name}`);
  }

  /** Waits until the queue has nothing left to do; false when a job failed. */
  async function ended(redis: RedisServer): Promise<boolean> {
    const connection = connectRedis(redis.url);
    connection.on("error", () => {});
    const queue = openQueue(connection);
    queue.on("error", () => {});
    await until(async () => {
      const { completed = 0, failed = 0, ...others } = await queue.getJobCounts();
      return completed + failed > 0 && Object.values(others).every((jobs) => jobs === 0);
    });
    const failed = await queue.getFailedCount();
    await queue.close();
    connection.disconnect();
    return failed === 0;
  }

  test(
    "killed workers and a Redis that restarts: nothing is lost, and the second day syncs",
    minutes,
    async () => {
      const kills = Number(process.env["FLEET_KILLS"] ?? 6);
      await using redis = await new RedisServer().start(
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
      );
      await using github = await new GitHubServer(names, 2500, 7200).listen();
      github.latency = 60;
      const databaseUrl = await newDatabase();
      await using workers = new Workers(redis, github, databaseUrl);
      expect(await run("start", workers.env)).toEqual({ stdout: "2 repositories\n", stderr: "" });
      for (let killed = 0; killed < kills; killed++) {
        const worker = workers.start();
        const goal = github.requests.length + 3;
        await until(() => github.requests.length >= goal || worker.exitCode !== null);
        worker.kill("SIGKILL");
        if (killed === kills >> 1) {
          await redis.kill();
          await redis.start("--appendonly", "yes", "--appendfsync", "always");
        }
      }
      workers.start();
      workers.start();
      expect(await ended(redis)).toBe(true);
      const store = await openStore(databaseUrl);
      expect((await store.counts()).runs).toBe(5000);

      const first = github.requests.length;
      expect((await run("start", workers.env)).stdout).toBe("2 repositories\n");
      expect(await ended(redis)).toBe(true);
      expect(github.requests.length - first).toBeLessThanOrEqual(1 + 2 * 9);
      await store.close();

      // The rate limit is shared, the pages are not.
      const connection = connectRedis(redis.url);
      const keys = (await connection.keys("workflow-runs:*")).filter(
        (key) => !key.startsWith("workflow-runs:budget:"),
      );
      expect(keys).toEqual([]);
      connection.disconnect();
    },
  );

  test(
    "five outages of GitHub for each job (502, cut and refused connections) end none, and nothing is lost",
    minutes,
    async () => {
      await using redis = await new RedisServer().start("--appendonly", "yes");
      await using github = await new GitHubServer(names, 2500, 7200).listen();
      // So that no job is done before its last outage, however fast the machine is.
      github.latency = 60;
      const databaseUrl = await newDatabase();
      await using workers = new Workers(redis, github, databaseUrl);
      await run("start", workers.env);
      const connection = connectRedis(redis.url);
      const queue = openQueue(connection);
      const delayed = async (): Promise<boolean> => {
        const { delayed: waiting = 0, completed = 0, failed = 0 } = await queue.getJobCounts();
        expect([completed, failed], "jobs that ended in an outage").toEqual([0, 0]);
        return waiting === names.length;
      };
      workers.start();
      for (const outage of [502, "cut", "refused", 503, "cut"] as const) {
        const goal = github.requests.length + 4;
        await until(() => github.requests.length >= goal);
        if (outage === "refused") await github.close();
        else github.refuse = () => outage;
        // Longer than the client tries again by itself: each job is put off.
        await until(delayed);
        if (outage === "refused") await github.reopen();
        else github.refuse = () => undefined;
        // The wait is no part of what is tested here.
        for (const job of await queue.getDelayed()) await job.promote().catch(() => undefined);
      }
      await queue.close();
      connection.disconnect();
      expect(await ended(redis)).toBe(true);
      const store = await openStore(databaseUrl);
      expect((await store.counts()).runs).toBe(5000);
      await store.close();
    },
  );

  test("a process that is frozen at any message of a save holds nobody up", minutes, async () => {
    const url = await newDatabase();
    const store = await openStore(url);
    const run = { id: 1, run_attempt: 1, status: "completed" } as WorkflowRun;
    const job = { id: 2, run_id: 1, name: "build" } as never;
    const batch = {
      runs: [run],
      jobs: [{ run, jobs: [job] }],
      state: { version: 1, list: "x", open: [] },
    } as const;
    let revision = await store.save("o/a", 0, batch);
    let messages = 0;
    for (let isSaved = false; !isSaved; messages++) {
      await using proxy = await new FreezingProxy(url).listen();
      const other = await openStore(proxy.url);
      await other.load("o/a");
      proxy.freezeAfter(messages);
      const save = other.save("o/a", revision, batch).then(
        () => "saved",
        () => "cut",
      );
      const first = await Promise.race([save, proxy.frozen]);
      // Whether the frozen one has saved or not: the next one that starts does, at once.
      const next = await openStore(url);
      revision = (await next.load("o/a")).revision;
      revision = await next.save("o/a", revision, batch);
      await next.close();
      isSaved = first === "saved";
      if (isSaved) await other.close();
    }
    expect(messages).toBeGreaterThan(1);
    await store.close();
  });

  test(
    "a frozen worker that wakes up writes nothing over what another has done",
    minutes,
    async () => {
      await using redis = await new RedisServer().start("--appendonly", "yes");
      await using github = await new GitHubServer(["octo-org/one"], 1500, 7200).listen();
      github.latency = 80;
      const databaseUrl = await newDatabase();
      await using workers = new Workers(redis, github, databaseUrl);
      await run("start", workers.env);
      const frozen = workers.start();
      await until(() => github.requests.length >= 6);
      frozen.kill("SIGSTOP");
      workers.start();
      expect(await ended(redis)).toBe(true);
      const store = await openStore(databaseUrl);
      const done = await store.load("octo-org/one");
      frozen.kill("SIGCONT");
      const before = github.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 4000));
      expect(await store.load("octo-org/one")).toEqual(done);
      expect(github.requests.length - before).toBeLessThanOrEqual(6);
      expect((await store.counts()).runs).toBe(1500);
      await store.close();
    },
  );

  test(
    "a worker that is told to stop leaves its jobs to others at once, and ends",
    minutes,
    async () => {
      await using redis = await new RedisServer().start("--appendonly", "yes");
      await using github = await new GitHubServer(names, 2500, 7200).listen();
      github.latency = 60;
      const databaseUrl = await newDatabase();
      await using workers = new Workers(redis, github, databaseUrl);
      // Longer than the test may take: nobody waits for a lock to run out.
      workers.env["LOCK_DURATION"] = "3600000";
      await run("start", workers.env);
      for (const signal of ["SIGTERM", "SIGINT"] as const) {
        const goal = github.requests.length + 8;
        const worker = workers.start();
        await until(() => github.requests.length >= goal);
        worker.kill(signal);
        expect(await once(worker, "exit")).toEqual([0, null]);
      }
      workers.start();
      expect(await ended(redis)).toBe(true);
      const store = await openStore(databaseUrl);
      expect((await store.counts()).runs).toBe(5000);
      await store.close();
    },
  );

  test("a repository that is gone fails, and can be started again", minutes, async () => {
    await using redis = await new RedisServer().start("--appendonly", "yes");
    await using github = await new GitHubServer(["octo-org/one"], 50, 60).listen();
    github.refuse = (path) => (path.includes("/actions/") ? 404 : undefined);
    const databaseUrl = await newDatabase();
    await using workers = new Workers(redis, github, databaseUrl);
    await run("start", workers.env);
    workers.start();
    expect(await ended(redis)).toBe(false);
    github.refuse = () => undefined;
    await run("start", workers.env);
    expect(await ended(redis)).toBe(true);
    const store = await openStore(databaseUrl);
    expect((await store.counts()).runs).toBe(50);
    await store.close();
  });

  test(
    "a Redis behind TLS is connected to, with a certificate that is checked",
    minutes,
    async () => {
      const certificate = join(folder, "tls.crt");
      const key = join(folder, "tls.key");
      const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
      const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
      await promisify(execFile)("openssl", [...request, "-keyout", key, "-out", certificate]);
      await using redis = await new RedisServer().start("--appendonly", "yes");
      const url = await redis.listenToTls(certificate, key);
      await using github = await new GitHubServer(["octo-org/one"], 50, 60).listen();
      const databaseUrl = await newDatabase();
      await using workers = new Workers(redis, github, databaseUrl);
      Object.assign(workers.env, { REDIS_URL: url, NODE_EXTRA_CA_CERTS: certificate });
      expect((await run("start", workers.env)).stdout).toBe("1 repositories\n");
      workers.start();
      expect(await ended(redis)).toBe(true);
      // Without the certificate's authority there is no connection.
      const stranger = connectRedis(url);
      const [error] = (await once(stranger, "error")) as [NodeJS.ErrnoException];
      expect(error.code).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
      stranger.disconnect();
    },
  );

  test(
    "a Redis that may lose jobs is said at the start; password and database of the URL are kept",
    minutes,
    async () => {
      await using redis = await new RedisServer().start("--maxmemory-policy", "allkeys-lru");
      const connection = connectRedis(redis.url);
      expect(await redisWarnings(connection)).toEqual([
        expect.stringContaining("appendonly no"),
        expect.stringContaining("maxmemory-policy allkeys-lru"),
      ]);
      expect(connection.options).toMatchObject({ password: "secret", db: 3 });
      connection.disconnect();
      const secure = connectRedis("rediss://me:secret@redis.example:6380/2");
      expect(secure.options).toMatchObject({
        username: "me",
        password: "secret",
        host: "redis.example",
        port: 6380,
        db: 2,
        tls: {},
      });
      secure.on("error", () => {});
      secure.disconnect();
    },
  );
});
