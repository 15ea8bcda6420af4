import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asker } from "../../test/ask.ts";
import { setUp } from "../../test/set-up.ts";
import { createActionsFake } from "../fake.ts";
import { applySeed } from "../authoring/seed-file.ts";
import { listen } from "./index.ts";
import { mockCommand } from "./mock-command.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: string[]): Promise<{ code: unknown; out: string; error: string }> {
  let [out, error] = ["", ""];
  const started = await mockCommand({
    argv,
    print: (text) => (out += text),
    printError: (text) => (error += text),
  });
  if (typeof started === "number") return { code: started, out, error };
  await started.close();
  return { code: "started", out, error };
}

describe("workflow-runs-mock", () => {
  test("serves until it is interrupted", async () => {
    const bin = fileURLToPath(new URL("bin.ts", import.meta.url));
    const child = spawn(process.execPath, [bin, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [text] = (await once(child.stdout, "data")) as [Buffer];
    const baseUrl = /^(http:\S+)/.exec(text.toString())?.[1] ?? "";
    const { data } = await asker({ fetch, baseUrl })("listWorkflowRunsForRepo", {
      status: "failure",
    });
    expect(data.total_count).toBe(2);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("takes a seed file, and says which repositories it serves", async () => {
    const seed = join(folder, "seed.json");
    await writeFile(seed, JSON.stringify({ repositories: { "o/r": {}, "o/s": {} } }));
    expect(await run("--port", "0", "--seed", seed)).toMatchObject({
      code: "started",
      out: expect.stringMatching(
        /\nIt serves o\/r, o\/s\.\ntry: curl http\S+\/repos\/o\/r\/actions\/runs\n/,
      ),
    });
    expect((await run("--port", "0")).out).toContain("It serves octo-org/octo-repo.");
  });

  test.each([
    [
      { repositories: { "o/r": { runs: [{ brnch: "x" }] } } },
      'repositories["o/r"].runs[0]: Unknown field "brnch". Did you mean "branch"?',
    ],
    [
      { repositories: { "o/r": { runs: [{ preset: "nope" }] } } },
      '.runs[0].preset is "nope", not "success", "failure"',
    ],
    [
      { repositories: { "o/r": { runs: [{ count: -1 }] } } },
      ".runs[0].count is -1, not a whole number",
    ],
    [
      { repositories: { "o/r": { runs: [{ count: 2, created_at: 0 }] } } },
      "created_at is 0, which is of one run, and count is 2",
    ],
    [
      { repositories: { "o/r": {}, x: {} } },
      'repositories is "x", not a repository: give "owner/name"',
    ],
    [{ runs: [{ brnch: "x" }] }, 'is not a seed, which has "repositories"'],
    [[], '[] is not a seed, which has "repositories"'],
    [{ workflow_runs: [{}] }, "workflow_runs[0].id is missing: give a whole number"],
    [{ data: {} }, "seed.json: offset is missing: give a number"],
  ])("refuses the seed %j with what is wrong and where", async (content, message) => {
    const seed = join(folder, "seed.json");
    await writeFile(seed, JSON.stringify(content));
    const { code, error } = await run("--port", "0", "--seed", seed);
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(message) as string });
    expect(error).toContain(`--seed ${seed}: `);
  });

  test("names line and column in a seed file that is not JSON, and files that are not there", async () => {
    const seed = join(folder, "seed.json");
    await writeFile(seed, '{\n  "repositories": {\n    o: {} } }');
    expect(await run("--port", "0", "--seed", seed)).toMatchObject({
      code: 2,
      error: `--seed ${seed}: not JSON: line 3, column 5: there is "o: {} } }" where JSON cannot go on so\n`,
    });
    const missing = join(folder, "missing.json");
    const noFile = { code: 2, error: `there is no file ${missing}\n` };
    expect(await run("--port", "0", "--seed", missing)).toMatchObject(noFile);
    expect(await run("--tls-key", missing, "--tls-cert", missing)).toMatchObject(noFile);
    expect(await run("--port", "0", "--seed", folder)).toMatchObject({ code: 2 });
  });

  test("says that a port is taken, and how to get another", async () => {
    await using taken = await listen(createActionsFake());
    expect(await run("--port", String(taken.port))).toEqual({
      code: 2,
      out: "",
      error: `port ${taken.port} of 127.0.0.1 is taken: choose another with --port, or 0 for any free one\n`,
    });
  });

  test("makes a certificate, and says where the authority is that clients have to trust", async () => {
    const ca = join(folder, "ca.pem");
    let out = "";
    const server = await mockCommand({
      argv: ["--port", "0", "--tls", "--tls-ca", ca, "--tls-host", "mock.test"],
      print: (text) => (out += text),
      printError: () => {},
    });
    if (typeof server === "number") throw new Error("not started");
    try {
      expect(out).toContain(`Clients must trust ${ca}`);
      expect(server.url).toMatch(/^https:/);
      const get = (servername: string): Promise<number> =>
        new Promise((resolve, reject) => {
          const path = "/repos/octo-org/octo-repo/actions/runs";
          request(
            { host: "127.0.0.1", port: server.port, path, servername, ca: readFileSync(ca) },
            (response) => {
              response.resume();
              resolve(response.statusCode ?? 0);
            },
          )
            .on("error", reject)
            .end();
        });
      expect([await get("localhost"), await get("mock.test")]).toEqual([200, 200]);
      await expect(get("other.test")).rejects.toThrow(/altnames/);
    } finally {
      await server.close();
    }
    const { out: announced } = await run("--port", "0", "--tls");
    const path = /trust (\S+):/.exec(announced)?.[1] ?? "";
    expect(readFileSync(path, "utf8")).toContain("BEGIN CERTIFICATE");
    await rm(join(path, ".."), { recursive: true });
  });

  test("takes tokens from a file, and opens the control API with --control", async () => {
    const tokens = join(folder, "tokens.json");
    await writeFile(tokens, JSON.stringify({ ghp_mona: { login: "mona" } }));
    const server = await mockCommand({
      argv: ["--port", "0", "--tokens", tokens, "--control"],
      print: () => {},
      printError: () => {},
    });
    if (typeof server === "number") throw new Error("not started");
    try {
      const status = async (token: string): Promise<number> => {
        const headers = { authorization: `Bearer ${token}` };
        const url = `${server.url}/repos/octo-org/octo-repo/actions/runs`;
        return (await fetch(url, { headers })).status;
      };
      expect([await status("ghp_mona"), await status("ghp_nobody")]).toEqual([200, 401]);
      const requests = await (await fetch(`${server.url}/_fake/requests`)).json();
      expect(requests).toMatchObject([{ status: 200 }, { status: 401 }]);
    } finally {
      await server.close();
    }
    await writeFile(tokens, JSON.stringify({ ghp_secret: { lgin: "mona" } }));
    const refused = await run("--port", "0", "--tokens", tokens);
    expect(refused).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^--tokens .*tokens.json: .*Did you mean "login"/) as string,
    });
    expect(refused.error).not.toContain("ghp_secret");
  });

  test("redirects to the log host of --logs-url", async () => {
    const server = await mockCommand({
      argv: ["--port", "0", "--logs-url", "http://logs.test:4011"],
      print: () => {},
      printError: () => {},
    });
    if (typeof server === "number") throw new Error("not started");
    try {
      const runs = `${server.url}/repos/octo-org/octo-repo/actions/runs`;
      const { workflow_runs } = (await (await fetch(`${runs}?status=completed`)).json()) as {
        workflow_runs: { id: number }[];
      };
      const response = await fetch(`${runs}/${workflow_runs[5]?.id}/logs`, { redirect: "manual" });
      expect(response.headers.get("location")).toMatch(
        /^http:\/\/logs\.test:4011\/actions-results\//,
      );
    } finally {
      await server.close();
    }
  });

  test.each([
    [["--logs-url", "logs.test"], "--logs-url is logs.test, not an origin"],
    [["--logs-port", "x"], "--logs-port is x, not a port"],
    [["--tls", "--tls-key", "k", "--tls-cert", "c"], "give either"],
    [["--tls-ca", "x"], "belong to --tls"],
  ])("refuses %j", async (argv, message) => {
    const { code, error } = await run("--port", "0", ...argv);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  test("explains itself, and refuses what it does not know", async () => {
    const { out } = await run("--version");
    expect(out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    expect(await run("--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining("--seed FILE"),
    });
    expect((await run("--port", "99999")).error).toContain(
      "--port is 99999, not a port: give 0 to 65535",
    );
    const meant = { prot: "port", prt: "port", sed: "seed", "tls-hosts": "tls-host" };
    for (const [typed, option] of Object.entries(meant)) {
      const { code, error } = await run(`--${typed}`, "1");
      const sentence = `Unknown option "--${typed}". Did you mean "--${option}"?\n\nworkflow-runs-mock`;
      expect([code, error]).toEqual([2, expect.stringContaining(sentence)]);
    }
    const far = await run("--completely-else");
    expect(far.error).toContain('Unknown option "--completely-else".');
    expect(far.error).not.toContain("Did you mean");
    expect((await run("--tls-key", "x")).error).toContain("go together");
  });
});

describe("a seed", () => {
  test("is repositories with runs, a snapshot, or a recording", async () => {
    const source = setUp();
    const run = source.repository.createRun({ status: "completed" });
    const count = async (seed: Parameters<typeof applySeed>[1]): Promise<number> => {
      const fake = createActionsFake({ clock: () => source.fake.now() });
      applySeed(fake, seed);
      return (await asker(fake)("listWorkflowRunsForRepo")).data.total_count;
    };
    expect(await count(source.fake.snapshot())).toBe(1);
    expect(await count({ workflow_runs: [run.data] })).toBe(1);
    const runs = [{ preset: "failure" as const }, { branch: "next", count: 10 }];
    expect(await count({ repositories: { "octo-org/octo-repo": { runs } } })).toBe(11);
  });
});
