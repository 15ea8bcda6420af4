import { type ChildProcess, execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { listen } from "@workflow-runs/msw/node";
import { afterEach, beforeEach, expect, test } from "vitest";

const binScript = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const startScript = fileURLToPath(new URL("../src/start.ts", import.meta.url));
const repositoryName = "octo-org/octo-repo";

let folder = "";
const cleanups: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-cli-"));
});
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

function launch(
  args: string[],
  script = binScript,
  env: Record<string, string> = {},
): ChildProcess {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH, HOME: folder, GITHUB_TOKEN: "a-token", GIT_CEILING_DIRECTORIES: tmpdir(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  cleanups.push(() => child.kill("SIGKILL"));
  return child;
}

async function end(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, ...texts };
}

test("the repository's start script without arguments is the demo, without token, network or colours", async () => {
  // A proxy that is not there: whatever went out would fail.
  const env = { GITHUB_TOKEN: "", https_proxy: "http://127.0.0.1:1", NODE_USE_ENV_PROXY: "1" };
  const { exitCode, stdout, stderr } = await end(launch([], startScript, env));
  expect(stderr).toMatch(/^Re-running the failed jobs of run \d+, .*, as attempt 2\.\n$/);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("× reconnects after the link is lost");
  expect(stdout).toMatch(/✓ Run \d+, attempt 2: success/);
  expect(stdout).not.toContain("\u001B");
});

test("with arguments it is the command", async () => {
  const { exitCode, stdout } = await end(launch(["--version"], startScript));
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d/) as string,
  });
});

test("finds the repository by the git remote, and says so when there is none", async () => {
  const fake = createActionsFake();
  fake.repository(repositoryName).createRun({ display_title: "by the remote" });
  await using server = await listen(fake);
  const none = await end(launch(["list"]));
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("Say which with -R owner/name");

  const git = promisify(execFile);
  await git("git", ["init", "-q", folder]);
  await git("git", [
    "-C",
    folder,
    "remote",
    "add",
    "origin",
    `git@github.com:${repositoryName}.git`,
  ]);
  const found = await end(launch(["list", "--api-url", server.url]));
  expect(found.stdout).toContain("by the remote");
  expect(found.exitCode).toBe(0);
});

test("no network is exit code 1, with the reason", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  const url = `http://127.0.0.1:${port}`;
  const { exitCode, stdout, stderr } = await end(
    launch(["cancel", "1", "-R", repositoryName, "--api-url", url]),
  );
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.match(/ECONNREFUSED/g)).toHaveLength(1);
  expect(stderr).toMatch(
    /^No connection to (\S+); trying again in 1s\.\nerror: No connection to \1: the connection was refused \(ECONNREFUSED\)\.\nCheck the host, which --api-url names, the network, and whether a proxy is needed \(HTTPS_PROXY\)\.\n$/,
  );
});

test("a reader that goes away in the middle ends it quietly", async () => {
  const fake = createActionsFake();
  fake.repository(repositoryName).createRun({
    status: "completed",
    jobs: [{ name: "build", steps: [{ name: "Run make", lines: 200_000 }] }],
  });
  await using server = await listen(fake);
  const child = launch(["logs", "latest", "-R", repositoryName, "--api-url", server.url]);
  child.stdout?.once("data", () => child.stdout?.destroy());
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
});

test
  .skipIf(process.platform === "win32")
  .each([[["logs", "latest"]], [["logs", "latest", "--json"]], [["list", "--json"]]])(
  "%j into head, which takes a line and goes, ends quietly",
  async (args) => {
    const fake = createActionsFake();
    for (let count = 0; count < 60; count += 1) {
      fake.repository(repositoryName).createRun({
        status: "completed",
        jobs: [{ name: "build", steps: [{ name: "Run make", lines: 2_000 }] }],
      });
    }
    await using server = await listen(fake);
    const words = [process.execPath, binScript, ...args, "--api-url", server.url];
    const line = words.map((word) => `'${word}'`).join(" ");
    const { PATH = "" } = process.env;
    const child = spawn("sh", ["-c", `{ ${line}; echo "exit $?" >&2; } | head -1`], {
      cwd: folder,
      env: { PATH, HOME: folder, GITHUB_TOKEN: "a-token", GH_REPO: repositoryName },
    });
    cleanups.push(() => child.kill("SIGKILL"));
    const { stdout, stderr } = await end(child);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toBe("exit 0\n");
  },
);

test("Ctrl-C in the middle of a download leaves no half file", async () => {
  const fake = createActionsFake();
  const { id } = fake.repository(repositoryName).createRun({
    status: "completed",
    jobs: [{ name: "build", steps: [{ name: "Run make", lines: 20_000 }] }],
  });
  const { server, url, halfway } = await stallingServer(fake.fetch);
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const child = launch(["logs", String(id), "-o", "logs", "-R", repositoryName, "--api-url", url]);
  const ended = end(child);
  await halfway;
  await expect
    .poll(async () => (await readdir(folder)).length, { timeout: 60_000 })
    .toBeGreaterThan(0);
  child.kill("SIGINT");
  const { exitCode, stderr } = await ended;
  expect(stderr).toBe("");
  expect(exitCode).toBe(130);
  expect(await readdir(folder)).toEqual([]);
});

/** Serves the fake, but stops in the middle of the archive without closing the connection. */
async function stallingServer(
  fetch: typeof globalThis.fetch,
): Promise<{ server: Server; url: string; halfway: Promise<unknown> }> {
  const sent = new EventEmitter();
  const halfway = once(sent, "half");
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await fetch(`https://api.github.com${incoming.url ?? ""}`, {
        headers: { authorization: "Bearer a-token" },
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const isArchive = response.headers.get("content-type") === "application/zip";
      outgoing.writeHead(response.status, {
        "content-type": response.headers.get("content-type") ?? "",
      });
      if (!isArchive) return outgoing.end(bytes);
      return outgoing.write(bytes.subarray(0, bytes.length / 2), () => sent.emit("half"));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, halfway };
}
