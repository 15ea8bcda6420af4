import { execFileSync, type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import postgres from "postgres";

export const hasRedis: boolean = spawnSync("redis-server", ["--version"]).status === 0;

const postgresFolder = existsSync("/usr/lib/postgresql")
  ? readdirSync("/usr/lib/postgresql")
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .find((folder) => existsSync(join(folder, "initdb")))
  : undefined;
export const hasPostgres: boolean = postgresFolder !== undefined;

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 30));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A Redis of our own, that can be started again with what it has written down. */
export class RedisServer implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "fleet-redis-"));
  url = "";
  #port = 0;
  #process: ChildProcess | undefined;

  async start(...options: string[]): Promise<this> {
    this.#port ||= await freePort();
    this.url = `redis://:secret@127.0.0.1:${this.#port}/3`;
    this.#process = spawn(
      "redis-server",
      [
        "--port",
        `${this.#port}`,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--requirepass",
        "secret",
        "--dir",
        this.folder,
        ...options,
      ],
      { stdio: "ignore" },
    );
    const client = new Redis(this.url, { retryStrategy: () => 50 });
    client.on("error", () => {});
    await until(async () => (await client.ping().catch(() => "")) === "PONG");
    client.disconnect();
    return this;
  }

  /** Opens a port for TLS, too. */
  async listenToTls(certificate: string, key: string): Promise<string> {
    const port = await freePort();
    const client = new Redis(this.url);
    const options = ["tls-cert-file", certificate, "tls-key-file", key, "tls-auth-clients", "no"];
    await client.config("SET", ...options, "tls-port", `${port}`);
    client.disconnect();
    return `rediss://:secret@localhost:${port}/3`;
  }

  async kill(): Promise<void> {
    const gone = this.#process && once(this.#process, "exit");
    this.#process?.kill("SIGKILL");
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A PostgreSQL of our own. */
export class PostgresServer implements AsyncDisposable {
  readonly #folder: string = mkdtempSync(join(tmpdir(), "fleet-postgres-"));
  url = "";
  #process: ChildProcess | undefined;

  async start(): Promise<this> {
    const isRoot = userInfo().uid === 0;
    // PostgreSQL refuses to run as root.
    const as = (command: string, ...options: string[]): [string, string[]] =>
      isRoot
        ? [
            "setpriv",
            ["--reuid=postgres", "--regid=postgres", "--clear-groups", command, ...options],
          ]
        : [command, options];
    const data = join(this.#folder, "data");
    if (isRoot) execFileSync("chown", ["postgres:postgres", this.#folder]);
    execFileSync(
      ...as(
        join(postgresFolder ?? "", "initdb"),
        "-D",
        data,
        "-U",
        "fleet",
        "--auth=trust",
        "--no-sync",
      ),
      { stdio: "ignore" },
    );
    const port = await freePort();
    this.#process = spawn(
      ...as(
        join(postgresFolder ?? "", "postgres"),
        "-D",
        data,
        "-p",
        `${port}`,
        "-h",
        "127.0.0.1",
        "-k",
        this.#folder,
        "-F",
      ),
      { stdio: "ignore" },
    );
    this.url = `postgres://fleet@127.0.0.1:${port}/postgres`;
    await until(async () => {
      const sql = postgres(this.url, { max: 1, connect_timeout: 2 });
      const up = await sql`SELECT 1`.then(
        () => true,
        () => false,
      );
      await sql.end({ timeout: 1 });
      return up;
    });
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = this.#process && once(this.#process, "exit");
    this.#process?.kill("SIGINT");
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Stands before a PostgreSQL, and may stop to pass on what the client sends: as when that is frozen. */
export class FreezingProxy implements AsyncDisposable {
  readonly frozen: Promise<"frozen">;
  url = "";
  readonly #target: URL;
  readonly #sockets: Set<Socket> = new Set();
  readonly #server = createServer((client) => this.#pass(client));
  #left = Infinity;
  #freeze!: () => void;

  constructor(url: string) {
    this.#target = new URL(url);
    this.frozen = new Promise((resolve) => (this.#freeze = () => resolve("frozen")));
  }

  async listen(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const url = new URL(this.#target);
    url.port = `${(this.#server.address() as AddressInfo).port}`;
    this.url = url.href;
    return this;
  }

  /** From here on so many messages are passed on, and no more. */
  freezeAfter(messages: number): void {
    this.#left = messages;
  }

  #pass(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on("error", () => {});
    }
    client.on("data", (message) => {
      if (this.#left-- > 0) server.write(message);
      else this.#freeze();
    });
    server.pipe(client);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
