import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createActionsFake, presets, type ActionsFake, type FakeRepository } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { leftOut, refused } from "./clients/whole-list.ts";
import { validated, type Validated } from "./validation.ts";

/** The `gh` of the machine, and those that `WORKFLOW_RUNS_GH` names beside it, each with its version. */
const installed = ["gh", ...(process.env["WORKFLOW_RUNS_GH"]?.split(delimiter) ?? [])].flatMap(
  (command): [version: string, command: string][] => {
    try {
      const version = execFileSync(command, ["version"], { encoding: "utf8", stdio: "pipe" });
      return [[/\d+\.\d+\.\d+/.exec(version)?.[0] ?? version, command]];
    } catch {
      return [];
    }
  },
);

test.skipIf(installed.length === 0)("gh, which is skipped where it is not installed", () => {
  expect(installed[0]?.[0]).toMatch(/^\d/);
});

describe.each(installed)("gh %s", { timeout: 180_000 }, (_, command) => {
  let fake: ActionsFake;
  let repository: FakeRepository;
  let responses: Validated;
  let server: FakeServer;
  let folder: string;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gh-"));
    fake = createActionsFake({ tokens: { secret: { login: "octocat" } } });
    responses = validated(fake);
    repository = fake.repository("octo-org/octo-repo");
    server = await listen(fake, { tls: true });
    const ca = join(folder, "ca.pem");
    writeFileSync(ca, server.ca ?? "");
    const host = `localhost:${server.port}`;
    const login = `"${host}":\n  oauth_token: secret\n  user: octocat\n`;
    writeFileSync(join(folder, "hosts.yml"), login);
    environment = {
      PATH: process.env["PATH"],
      HOME: folder,
      GH_CONFIG_DIR: folder,
      GH_HOST: host,
      GH_REPO: `${host}/octo-org/octo-repo`,
      SSL_CERT_FILE: ca,
      NO_COLOR: "1",
    };
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** The fake answers from this process, so gh must not block it. */
  async function gh(...parts: string[]): Promise<{ code: number; out: string }> {
    const child = spawn(command, parts, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise<number>((resolve) => child.on("close", resolve));
    return { code, out };
  }

  /** `gh api` on a path below the repository. */
  async function api(path: string, ...parts: string[]): Promise<string> {
    const { code, out } = await gh("api", `repos/octo-org/octo-repo/${path}`, ...parts);
    expect(code, out).toBe(0);
    return out;
  }

  test("does the whole list", async () => {
    repository.workflow("deploy.yml", {
      on: { workflow_dispatch: { inputs: { target: { required: true } } } },
      run_name: "Deploy to ${{ inputs.target }}",
    });
    repository.createRuns(60);
    const run = repository.createRun(presets.failure());
    const id = String(run.id);

    // list, filter, page
    const list = await gh("run", "list", "--limit", "40");
    expect(list.out.split("\n").filter((line) => line.includes("\tCI\tmain\tpush\t"))).toHaveLength(
      40,
    );
    const filtered = await gh("run", "list", "--branch", "main", "--workflow", "ci.yml");
    expect(filtered.out).toContain(`\t${id}\t`);
    const ids = await api("actions/runs?per_page=50", "--paginate", "-q", ".workflow_runs[].id");
    expect(new Set(ids.trim().split("\n")).size).toBe(61);

    // view and logs
    const view = await gh("run", "view", id);
    expect(view.out).toMatch(/X build in \d+s/);
    expect(view.out).toContain("X Run npm test");
    expect(view.out).toContain("Process completed with exit code 1.");
    const log = await gh("run", "view", id, "--log-failed");
    expect(log.code, log.out).toBe(0);
    expect(log.out).toMatch(
      /^build\tRun npm test\t.*##\[error\]AssertionError: expected 200, got 502$/m,
    );

    // re-run and cancel
    expect((await gh("run", "rerun", id, "--failed")).code).toBe(0);
    expect(run.data.run_attempt).toBe(2);
    expect((await gh("run", "cancel", id)).out).toMatch(
      /Request to cancel workflow( \d+)? submitted/,
    );
    fake.advance("1h");
    expect(run.data.conclusion).toBe("cancelled");
    expect((await gh("run", "cancel", id)).out).toContain(
      "Cannot cancel a workflow run that is completed",
    );

    // watch, from a re-run of one job to its end
    const job = String(run.jobs.find(({ name }) => name === "build")?.id);
    expect((await gh("run", "rerun", "--job", job)).code).toBe(0);
    const before = fake.requests.length;
    const watched = gh("run", "watch", id, "--exit-status", "--interval", "1");
    const polls = (): number =>
      fake.requests.slice(before).filter(({ operation }) => operation === "getWorkflowRun").length;
    while (polls() < 3) await new Promise((resolve) => setTimeout(resolve, 50));
    fake.advance("1h");
    expect((await watched).code).toBe(0);
    expect(run.data.conclusion).toBe("success");

    // dispatch
    expect((await gh("workflow", "run", "deploy.yml", "-f", "target=eu")).code).toBe(0);
    expect((await gh("workflow", "list")).out).toMatch(/^Deploy\tactive\t/m);
    const started = await gh("run", "list", "--workflow", "deploy.yml");
    expect(started.out).toContain("Deploy to eu\tDeploy\tmain\tworkflow_dispatch");
    const wrong = await gh("workflow", "run", "deploy.yml", "-f", "color=red");
    expect(wrong.out).toContain('Unexpected inputs provided: ["color"]');
    expect((await gh("workflow", "view", "deploy.yml")).out).toContain("Total runs 1");
    expect((await gh("workflow", "disable", "deploy.yml")).code).toBe(0);
    expect((await gh("workflow", "list")).out).not.toContain("Deploy");
    expect((await gh("workflow", "enable", "deploy.yml")).code).toBe(0);

    // approve and deployments, for which gh has no command
    const fork = repository.createRun(presets.waitingForApproval());
    await api(`actions/runs/${fork.id}/approve`, "--method", "POST");
    const ship = repository.createRun({
      jobs: [{ name: "ship", environment: { name: "production", reviewers: ["octocat"] } }],
    });
    const pending = `actions/runs/${ship.id}/pending_deployments`;
    const environments = await api(pending, "-q", "[.[].environment.id]");
    const review = join(folder, "review.json");
    writeFileSync(
      review,
      `{"environment_ids": ${environments}, "state": "approved", "comment": "go"}`,
    );
    await api(pending, "--method", "POST", "--input", review);
    fake.advance("1h");
    expect([fork, ship].map(({ data }) => data.conclusion)).toEqual(["success", "success"]);

    // artifacts
    const built = repository.createRun({
      status: "completed",
      branch: "feature",
      pull_requests: [7],
      artifacts: [{ name: "report", files: { "report.txt": "all green" } }],
    });
    const report = join(folder, "report");
    const download = ["run", "download", String(built.id), "-n", "report", "-D", report];
    expect(await gh(...download)).toEqual({ code: 0, out: "" });
    expect(readFileSync(join(report, "report.txt"), "utf8")).toBe("all green");
    expect((await gh("run", "view", String(built.id))).out).toContain("report");

    // delete, which has a command since 2.37
    const deletes = (await gh("run", "--help")).out.includes("delete:");
    const deleted = deletes
      ? await gh("run", "delete", id)
      : await gh("api", "--method", "DELETE", `repos/octo-org/octo-repo/actions/runs/${id}`);
    expect(deleted.code, deleted.out).toBe(0);
    expect(repository.run(run.id)).toBeUndefined();

    expect(leftOut(fake.requests)).toEqual([]);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(0);
  });

  test("knows who it is, and the checks of a pull request", async () => {
    const built = repository.createRun({
      status: "completed",
      branch: "checked",
      pull_requests: [8],
    });
    expect((await gh("auth", "status")).out).toContain("Logged in to");
    expect((await gh("run", "view", String(built.id))).out).toMatch(
      /checked CI (octo-org\/octo-repo)?#8 ·/,
    );
    expect((await gh("pr", "checks", "8")).out).toMatch(/build\tpass\t/);
    expect((await gh("pr", "view", "8")).out).toMatch(/^number:\t8$/m);
    const fields = "number,reviews,statusCheckRollup,mergeStateStatus,commits,labels,files";
    const pull = await gh("pr", "view", "8", "--json", fields);
    expect(JSON.parse(pull.out)).toMatchObject({ number: 8, mergeStateStatus: "CLEAN" });
    expect((await gh("pr", "list", "--search", "is:open")).out).toMatch(/^8\t/);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(0);
  });
});
