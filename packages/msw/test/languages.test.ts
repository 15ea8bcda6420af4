import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createActionsFake } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { leftOut, refused } from "./clients/whole-list.ts";
import { validated, type Validated } from "./validation.ts";

const page = readFileSync(
  new URL("../../../docs/cookbook/other-languages.md", import.meta.url),
  "utf8",
);
const goGitHub = "/usr/share/gocode/src/github.com/google/go-github";

/** The code below a heading of the page. */
function recipe(heading: string, language: string): string {
  const after = page.slice(page.indexOf(`\n## ${heading}\n`));
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(after)?.[1] ?? "";
}

function works(command: string, ...parts: string[]): boolean {
  try {
    execFileSync(command, parts, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

let folder: string;
const fake = createActionsFake();
let server: FakeServer;
let secure: FakeServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "languages-"));
  server = await listen(fake, { control: true });
  secure = await listen(createActionsFake(), { control: true, tls: true });
  writeFileSync(join(folder, "ca.pem"), secure.ca ?? "");
});
afterAll(async () => {
  await server.close();
  await secure.close();
  rmSync(folder, { recursive: true });
});

/** The fakes answer from this process, so the command must not block it. */
async function run(
  command: string,
  parts: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; out: string; error: string }> {
  const env = { PATH: process.env["PATH"], HOME: folder, FAKE_URL: server.url, ...environment };
  const child = spawn(command, parts, { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let [out, error] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, error };
}

/** Debian's packages are sources in a GOPATH; a go.mod beside the program lets it say /v48. */
async function runGo(name: string, code: string): ReturnType<typeof run> {
  const program = join(folder, "go/src", name);
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, "go.mod"), `module ${name}\n`);
  writeFileSync(join(program, `${name}.go`), code);
  const built = await run("go", ["build", "-o", join(folder, name), name], {
    GO111MODULE: "off",
    GOPATH: `${join(folder, "go")}:/usr/share/gocode`,
    GOCACHE: join(folder, "go-cache"),
  });
  return built.code === 0 ? run(join(folder, name), []) : built;
}

const python = works("/usr/bin/python3", "-c", "import github, requests");
const ruby = works("ruby", "-e", "require 'octokit'");
const go = works("go", "version") && works("test", "-d", goGitHub);

/** A program of test/clients. */
function program(name: string): string {
  return fileURLToPath(new URL(`clients/${name}`, import.meta.url));
}

describe("the whole list over the server", { timeout: 180_000 }, () => {
  let responses: Validated;
  beforeEach(() => {
    responses = validated(fake);
  });
  afterEach(() => fake.reset());

  test.skipIf(!python)("with PyGithub, where it is installed", async () => {
    const result = await run("/usr/bin/python3", [program("scenario.py")]);
    expect(result, result.error).toMatchObject({ code: 0, out: "done\n" });
    expect(leftOut(fake.requests)).toEqual([]);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(15);
  });

  test.skipIf(!ruby)("with octokit.rb, where it is installed", async () => {
    const result = await run("ruby", [program("scenario.rb")]);
    expect(result, result.error).toMatchObject({ code: 0, out: "done\n" });
    expect(leftOut(fake.requests)).toEqual([]);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(15);
  });

  test.skipIf(!go)("with go-github, where Debian's is installed", async () => {
    const result = await runGo("scenario", readFileSync(program("scenario.go"), "utf8"));
    expect(result, result.error).toMatchObject({ code: 0, out: "done\n" });
    expect(leftOut(fake.requests)).toEqual([]);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(15);
  });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

// A client that is not installed skips its recipe. .ci/run installs them from Debian's packages.
describe("the recipes of docs/cookbook/other-languages.md", { timeout: 180_000 }, () => {
  test.skipIf(!python)("Python, where PyGithub is installed", async () => {
    const result = await run("/usr/bin/python3", [
      file("recipe.py", recipe("Python: PyGithub", "python")),
    ]);
    expect(result, result.error).toMatchObject({ code: 0, out: "success\n" });
  });

  test.skipIf(!ruby)("Ruby, where Octokit is installed", async () => {
    const result = await run("ruby", [file("recipe.rb", recipe("Ruby: Octokit", "ruby"))]);
    expect(result, result.error).toMatchObject({ code: 0, out: "success\n" });
  });

  test.skipIf(!go)("Go, where Debian's go-github is installed", async () => {
    const result = await runGo("recipe", recipe("Go: go-github", "go"));
    expect(result, result.error).toMatchObject({ code: 0, out: "success <nil>\n" });
  });

  test.skipIf(!works("curl", "--json", "{}", "--version") || !works("jq", "--version"))(
    "bash, where curl 7.82 and jq are installed",
    async () => {
      const result = await run("bash", [file("recipe.sh", recipe("bash: curl and jq", "bash"))]);
      expect(result, result.error).toMatchObject({ code: 0, out: "success\n" });
    },
  );

  test.skipIf(!works("gh", "version") || !works("curl", "--json", "{}", "--version"))(
    "bash, where gh is installed",
    async () => {
      const result = await run("bash", [file("gh.sh", recipe("bash: gh", "bash"))], {
        FAKE_URL: secure.url.replace("127.0.0.1", "localhost"),
        SSL_CERT_FILE: join(folder, "ca.pem"),
        GH_CONFIG_DIR: folder,
      });
      expect(result, result.error).toMatchObject({ code: 0, out: "success\n" });
    },
  );

  test("have at most twenty lines beside imports and blank ones", () => {
    for (const [heading, language] of [
      ["Python: PyGithub", "python"],
      ["Ruby: Octokit", "ruby"],
      ["Go: go-github", "go"],
      ["bash: curl and jq", "bash"],
      ["bash: gh", "bash"],
    ] as const) {
      const lines = recipe(heading, language)
        .replace(/^import \(.*?^\)/ms, "")
        .split("\n")
        .filter((line) => line.trim() !== "" && !/^(import|from|package|require) /.test(line));
      expect(lines.length, heading).toBeGreaterThan(5);
      expect(lines.length, heading).toBeLessThanOrEqual(20);
    }
  });
});
