import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asker } from "../../test/ask.ts";
import { setUp } from "../../test/set-up.ts";
import { createActionsFake } from "../fake.ts";
import { sow } from "../authoring/seed-file.ts";
import { mockCommand } from "./mock-command.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function told(...argv: string[]): Promise<{ code: unknown; out: string; error: string }> {
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

  test("takes a seed file, and says what is wrong with one", async () => {
    const seed = join(folder, "seed.json");
    await writeFile(
      seed,
      JSON.stringify({ repositories: { "o/r": { runs: [{ preset: "nope" }] } } }),
    );
    expect(await told("--port", "0", "--seed", seed)).toMatchObject({
      code: 1,
      error: expect.stringContaining('there is no preset "nope", only success, failure'),
    });
    await writeFile(seed, "[]");
    expect((await told("--seed", seed)).error).toContain('a seed has "repositories"');
    await writeFile(seed, JSON.stringify({ repositories: { "o/r": {} } }));
    expect((await told("--port", "0", "--seed", seed)).code).toBe("started");
  });

  test("explains itself, and refuses what it does not know", async () => {
    expect(await told("--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining("--seed FILE"),
    });
    expect((await told("--port", "99999")).error).toContain(
      "--port 99999 is not a port: give 0 to 65535",
    );
    expect(await told("--prot", "1")).toMatchObject({
      code: 2,
      error: expect.stringContaining("--prot"),
    });
    expect((await told("--tls-key", "x")).error).toContain("go together");
  });
});

describe("a seed", () => {
  test("is repositories with runs, a snapshot, or a recording", async () => {
    const source = setUp();
    const run = source.repository.createRun({ status: "completed" });
    const count = async (seed: Parameters<typeof sow>[1]): Promise<number> => {
      const fake = createActionsFake({ clock: () => source.fake.now() });
      sow(fake, seed);
      return (await asker(fake)("listWorkflowRunsForRepo")).data.total_count;
    };
    expect(await count(source.fake.snapshot())).toBe(1);
    expect(await count({ workflow_runs: [run.data] })).toBe(1);
    const runs = [{ preset: "failure" as const }, { branch: "next", count: 10 }];
    expect(await count({ repositories: { "octo-org/octo-repo": { runs } } })).toBe(11);
  });
});
