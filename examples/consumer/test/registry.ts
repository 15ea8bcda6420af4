import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { succeed } from "./command.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A registry on loopback, which passes on what is not ours to the one that this machine uses. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** The registry that this machine uses. */
  readonly upstream: string;
  /** A file of npm's options (`.npmrc`) for this registry, with the right to publish. */
  readonly npmrc: string;
}

/** Starts verdaccio, installed into a folder of its own, with an empty store. */
export async function startRegistry(): Promise<Registry> {
  const folder = await temporaryFolder("workflow-runs-registry-");
  // It asks for a tag of node-fetch that not every mirror of npm has; 2 is what the tag means.
  const overrides = { "node-fetch": "^2.7.0" };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, overrides }));
  await succeed("npm", ["install", "--no-audit", "--no-fund", "verdaccio@^6.10.4"], folder);
  const upstream = (await succeed("npm", ["config", "get", "registry"], folder)).trim();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await writeFile(join(folder, "config.yaml"), JSON.stringify(configuration(upstream)));
  await mkdir(join(folder, "storage"));
  const verdaccio = join(folder, "node_modules/verdaccio/bin/verdaccio");
  const child = spawn(
    process.execPath,
    [verdaccio, "--config", join(folder, "config.yaml"), "--listen", `127.0.0.1:${port}`],
    { cwd: folder, stdio: "ignore" },
  );
  try {
    await responds(`${url}/-/ping`);
    const user = { name: "publisher", password: "only-for-this-test" };
    const added = await fetch(`${url}/-/user/org.couchdb.user:publisher`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(user),
    });
    const { token } = (await added.json()) as { token: string };
    const npmrc = join(folder, "publisher.npmrc");
    await writeFile(npmrc, `registry=${url}/\n//127.0.0.1:${port}/:_authToken=${token}\n`);
    return {
      url,
      upstream,
      npmrc,
      async [Symbol.asyncDispose]() {
        child.kill();
      },
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}

// JSON is YAML.
const configuration = (upstream: string) => ({
  storage: "./storage",
  auth: { htpasswd: { file: "./htpasswd", max_users: 1 } },
  uplinks: { upstream: { url: upstream, cache: true, maxage: "60m", timeout: "60s" } },
  packages: {
    // Ours come from here only, so that nothing that was published before is installed instead.
    "@workflow-runs/*": { access: "$all", publish: "$authenticated" },
    "**": { access: "$all", proxy: "upstream" },
  },
  max_body_size: "50mb",
  log: { type: "stdout", level: "fatal" },
});

async function responds(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await sleep(200);
  }
  throw new Error(`${url} did not respond within two minutes`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
