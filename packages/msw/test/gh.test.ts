import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presets } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { setUp } from "./set-up.ts";

function installed(command: string): boolean {
  try {
    execFileSync(command, ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!installed("gh") || !installed("openssl"))(
  "gh (skipped where gh and openssl are not installed)",
  () => {
    const { fake, repository } = setUp({ onInvalidRequest: "warn" });
    let server: FakeServer;
    let folder: string;
    let environment: NodeJS.ProcessEnv;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "gh-"));
      const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
      const subject = [
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
      ];
      const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
      execFileSync(
        "openssl",
        ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...subject],
        { stdio: "ignore" },
      );
      server = await listen(fake, {
        tls: { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") },
      });
      const host = `localhost:${server.port}`;
      writeFileSync(
        join(folder, "hosts.yml"),
        `"${host}":\n  oauth_token: secret\n  user: octocat\n`,
      );
      environment = {
        PATH: process.env["PATH"],
        HOME: folder,
        GH_CONFIG_DIR: folder,
        GH_HOST: host,
        GH_REPO: `${host}/octo-org/octo-repo`,
        SSL_CERT_FILE: cert,
        NO_COLOR: "1",
      };
    });
    afterAll(async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    });

    /** The fake answers from this process, so gh must not block it. */
    async function gh(...parts: string[]): Promise<{ code: number; out: string }> {
      const child = spawn("gh", parts, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
      let out = "";
      child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (out += chunk.toString()));
      const code = await new Promise<number>((resolve) => child.on("close", resolve));
      return { code, out };
    }

    test("lists, views, reads logs, re-runs and cancels", async () => {
      repository.createRuns(60);
      const run = repository.createRun(presets.failure());
      const id = String(run.id);
      const list = await gh("run", "list", "--limit", "40");
      expect(list.code).toBe(0);
      expect(
        list.out.split("\n").filter((line) => line.includes("\tCI\tmain\tpush\t")),
      ).toHaveLength(40);

      const view = await gh("run", "view", id);
      expect(view.out).toMatch(/X build in \d+s/);
      expect(view.out).toContain("X Run npm test");
      expect(view.out).toContain("Process completed with exit code 1.");

      const log = await gh("run", "view", id, "--log-failed");
      expect(log.code).toBe(0);
      expect(log.out).toMatch(
        /^build\tRun npm test\t.*##\[error\]AssertionError: expected 200, got 502$/m,
      );

      expect((await gh("run", "rerun", id, "--failed")).code).toBe(0);
      expect(run.data.run_attempt).toBe(2);
      expect((await gh("run", "cancel", id)).out).toContain("Request to cancel workflow submitted");
      fake.advance("1h");
      expect(run.data.conclusion).toBe("cancelled");
      expect((await gh("run", "cancel", id)).out).toContain(
        "Cannot cancel a workflow run that is completed",
      );
      const job = String(run.jobs.find(({ name }) => name === "build")?.id);
      expect((await gh("run", "rerun", "--job", job)).code).toBe(0);
      fake.advance("1h");
      expect((await gh("run", "watch", id, "--exit-status")).code).toBe(0);
    });

    test("knows who it is, downloads artifacts, and starts workflows", async () => {
      repository.workflow("deploy.yml", {
        on: { workflow_dispatch: { inputs: { target: { required: true } } } },
        run_name: "Deploy to ${{ inputs.target }}",
      });
      const built = repository.createRun({
        status: "completed",
        branch: "feature",
        pull_requests: [7],
        artifacts: [{ name: "report", files: { "report.txt": "all green" } }],
      });
      expect((await gh("auth", "status")).out).toContain("Logged in to");
      const report = join(folder, "report");
      const download = ["run", "download", String(built.id), "-n", "report", "-D", report];
      expect(await gh(...download)).toEqual({ code: 0, out: "" });
      expect(readFileSync(join(report, "report.txt"), "utf8")).toBe("all green");
      expect((await gh("run", "view", String(built.id))).out).toContain("feature CI #7 ·");
      expect((await gh("pr", "checks", "7")).out).toMatch(/build\tpass\t/);
      expect((await gh("pr", "view", "7")).out).toMatch(/^number:\t7$/m);
      const fields = "number,reviews,statusCheckRollup,mergeStateStatus,commits,labels,files";
      const view = await gh("pr", "view", "7", "--json", fields);
      expect(JSON.parse(view.out)).toMatchObject({ number: 7, mergeStateStatus: "CLEAN" });
      expect((await gh("pr", "list", "--search", "is:open")).out).toMatch(/^7\t/);

      const before = fake.requests.length;
      expect((await gh("workflow", "run", "deploy.yml", "-f", "target=eu")).code).toBe(0);
      expect((await gh("workflow", "list")).out).toMatch(/^Deploy\tactive\t/m);
      const list = await gh("run", "list", "--workflow", "deploy.yml");
      expect(list.out).toContain("Deploy to eu\tDeploy\tmain\tworkflow_dispatch");
      const wrong = await gh("workflow", "run", "deploy.yml", "-f", "color=red");
      expect(wrong.out).toContain('Unexpected inputs provided: ["color"]');
      expect((await gh("workflow", "disable", "deploy.yml")).code).toBe(0);
      expect((await gh("workflow", "list")).out).not.toContain("Deploy");
      expect((await gh("workflow", "enable", "deploy.yml")).code).toBe(0);
      const statuses = fake.requests.slice(before).map(({ status }) => status);
      expect(statuses).not.toContain(404);
      expect(statuses).not.toContain(501);
    });

    test("follows pages by their links", async () => {
      const { out } = await gh(
        "api",
        "repos/octo-org/octo-repo/actions/runs",
        "--paginate",
        "-q",
        ".workflow_runs[].id",
      );
      expect(new Set(out.trim().split("\n")).size).toBe(63);
    });
  },
);
