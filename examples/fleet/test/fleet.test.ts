import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { promisify } from "node:util";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { redisConnection } from "../src/connect.ts";
import { queueName, runsKey } from "../src/crawl-job.ts";

const installed = spawnSync("redis-server", ["--version"]).status === 0;
const repositories = ["octo-org/one", "octo-org/two"];
const runsOfEach = 950;
const file = (name: string): string => new URL(`../src/${name}`, import.meta.url).pathname;
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition()))
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function startRedis(): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const server = spawn("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""], {
    stdio: "ignore",
  });
  await until(
    () =>
      new Promise((resolve) => {
        const socket = connectSocket(port, "127.0.0.1", () => resolve(socket.end() !== undefined));
        socket.on("error", () => resolve(false));
      }),
  );
  return { url: `redis://127.0.0.1:${port}`, process: server };
}

/** GitHub: the fake's runs, a list of repositories, and a record of what was asked. */
async function startGitHub() {
  const fake = createActionsFake();
  for (const name of repositories)
    fake.repository(name).createRuns(runsOfEach, { workflow: "build.yml", conclusion: "success" });
  const asked: { url: string; status: number }[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = request.url ?? "";
      if (url.startsWith("/orgs/")) {
        const body = repositories.map((full_name) => ({ full_name, archived: false }));
        return response.end(
          JSON.stringify([...body, { full_name: "octo-org/old", archived: true }]),
        );
      }
      const headers = Object.entries(request.headers).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      const answer = await fake.fetch(new Request(`https://api.github.com${url}`, { headers }));
      // As slow as GitHub, so that there is a middle to kill a worker in.
      await new Promise((resolve) => {
        setTimeout(resolve, 60);
      });
      asked.push({ url, status: answer.status });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      return response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

describe.runIf(installed)("a fleet (needs redis-server)", () => {
  it.each([
    ["undisturbed", 0],
    ["whose workers are killed in the middle of a page", 3],
  ])(
    "%s reads every run, and no page more than once beyond the killed ones",
    async (_, kills) => {
      const redis = await startRedis();
      const github = await startGitHub();
      const env = {
        ...process.env,
        REDIS_URL: redis.url,
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: "ghp_of_nobody",
        LOCK_DURATION: "500",
        CONCURRENCY: "1",
      };
      const startWorker = (): ChildProcess =>
        spawn(process.execPath, [file("worker.ts")], { env, stdio: "inherit" });
      const queue = new Queue(queueName, { connection: redisConnection(redis.url) });
      let worker: ChildProcess | undefined;
      try {
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [file("start.ts"), "octo-org"],
          { env },
        );
        expect(stdout).toBe("2 repositories\n");
        worker = startWorker();
        for (let killed = 0; killed < kills; killed++) {
          const before = github.asked.length;
          await until(() => github.asked.length >= before + 3);
          worker.kill("SIGKILL");
          await once(worker, "exit");
          worker = startWorker();
        }
        await until(async () => (await queue.getCompletedCount()) === repositories.length);

        const store = new Redis(redis.url);
        for (const name of repositories) {
          const ids = await store.hkeys(runsKey(name));
          expect(ids).toHaveLength(runsOfEach);
        }
        store.disconnect();
        const pages = github.asked.filter(({ url }) => url.includes("/actions/runs"));
        const enough = repositories.length * (Math.ceil(runsOfEach / 100) + 1);
        expect(pages.length).toBeLessThanOrEqual(enough + kills);
        expect(await queue.getFailedCount()).toBe(0);
      } finally {
        worker?.kill("SIGKILL");
        await queue.close();
        redis.process.kill("SIGKILL");
        github.server.closeAllConnections();
        github.server.close();
      }
    },
    60_000,
  );
});
