import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { closedPort } from "./local-server.ts";

/** True where Debian's `redis-server` (or another one) is installed. */
export function redisIsInstalled(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** A Redis server of our own, on a free loopback port, that keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  url: string;
  port: number;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await closedPort();
  const settings = {
    port,
    bind: "127.0.0.1",
    save: "",
    appendonly: "no",
    "maxmemory-policy": "noeviction",
  };
  const server = spawn(
    "redis-server",
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: "ignore" },
  );
  await listening(port, server);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      await exited;
    },
  };
}

async function listening(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(socket.end() !== undefined));
      socket.on("error", () => resolve(false));
    });
    if (connected) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  throw new Error(`redis-server ended with ${server.exitCode}`);
}
