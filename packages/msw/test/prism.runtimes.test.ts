import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { succeed } from "../../../examples/consumer/test/command.ts";
import { presets, type FakeRun } from "../src/index.ts";
import { listen, type FakeServer } from "../src/node/index.ts";
import { asker, type Ask } from "./ask.ts";
import { setUp } from "./set-up.ts";

const fragment = createRequire(import.meta.url).resolve(
  "@workflow-runs/openapi-types/fragments/github.json",
);

/** Prism, which reads the description by itself and knows nothing of us. */
describe("Prism as a validating proxy before the fake", () => {
  const { fake, repository } = setUp();
  let folder: string;
  let server: FakeServer;
  let prism: ChildProcess;
  let ask: Ask;
  const violations: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "prism-"));
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
    const install = [
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "@stoplight/prism-cli@5.16.0",
    ];
    await succeed("npm", install, folder);
    server = await listen(fake);
    const bin = join(folder, "node_modules/@stoplight/prism-cli/dist/index.js");
    prism = spawn(process.execPath, [bin, "proxy", "--errors", "-p", "0", fragment, server.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const baseUrl = await new Promise<string>((resolve) => {
      let output = "";
      prism.stdout?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const found = /listening on (http:\/\/[\d.:]+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const through = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const headers = { "content-type": "application/json", authorization: "Bearer x" };
      const response = await fetch(input, { ...init, headers });
      const told = response.headers.get("sl-violations");
      if (told !== null) violations.push(`${init?.method} ${response.url}: ${told}`);
      return response;
    };
    ask = asker({ baseUrl, fetch: through });
  });
  afterAll(async () => {
    prism.kill();
    await once(prism, "exit");
    await server.close();
    await rm(folder, { recursive: true });
  });

  test("no answer of any operation it can carry is wrong", async () => {
    repository.createRuns(40);
    const failed = repository.createRun({ ...presets.failure(), pull_requests: [3] });
    const deploy = repository.createRun(presets.waitingForDeployment());
    const fork = repository.createRun(presets.waitingForApproval());
    const going = repository.createRun({ status: "in_progress" });
    const stuck = repository.createRun({ status: "in_progress" });
    const gated = repository.createRun({
      jobs: [{ name: "d", environment: { name: "gate", protection_rule: true } }],
    });
    fake.advance("1h");
    const statuses: Record<string, number> = {};
    const tell = async (
      name: Parameters<Ask>[0],
      parameters: Record<string, unknown> = {},
    ): Promise<unknown> => {
      const { status, data } = await ask(name, parameters);
      statuses[name] = status;
      return data;
    };
    const of = (run: FakeRun): { run_id: number } => ({ run_id: run.id });
    await tell("listWorkflowRunsForRepo", {
      branch: "main",
      created: ">=2026-01-01",
      exclude_pull_requests: true,
    });
    await tell("listWorkflowRuns", { workflow_id: "ci.yml", per_page: 100 });
    await tell("getWorkflowRun", of(failed));
    await tell("getWorkflowRunAttempt", { ...of(failed), attempt_number: 1 });
    await tell("listJobsForWorkflowRun", { ...of(failed), filter: "all" });
    await tell("listJobsForWorkflowRunAttempt", { ...of(failed), attempt_number: 1 });
    await tell("getJobForWorkflowRun", { job_id: failed.jobs[1]?.id });
    await tell("getWorkflowRunUsage", of(failed));
    const [pending] = (await tell("getPendingDeploymentsForRun", of(deploy))) as {
      environment: { id: number };
    }[];
    const review = { environment_ids: [pending?.environment.id], state: "approved", comment: "ok" };
    await tell("reviewPendingDeploymentsForRun", { ...of(deploy), ...review });
    await tell("getReviewsForRun", of(deploy));
    await tell("reviewCustomGatesForRun", {
      ...of(gated),
      environment_name: "gate",
      state: "approved",
      comment: "",
    });
    await tell("approveWorkflowRun", of(fork));
    await tell("reRunWorkflowFailedJobs", of(failed));
    await tell("cancelWorkflowRun", of(going));
    await tell("forceCancelWorkflowRun", of(stuck));
    fake.advance("1h");
    await tell("reRunWorkflow", { ...of(failed), enable_debug_logging: true });
    fake.advance("1h");
    await tell("reRunJobForWorkflowRun", { job_id: failed.jobs[0]?.id });
    await tell("deleteWorkflowRunLogs", of(going));
    await tell("deleteWorkflowRun", of(going));
    expect((await ask("cancelWorkflowRun", of(stuck))).status).toBe(409);
    expect(violations).toEqual([]);
    expect(Object.values(statuses).every((status) => status < 300)).toBe(true);
    expect(Object.keys(statuses)).toHaveLength(20);
  });

  test("nor are the redirects, which its proxy would follow", async () => {
    const run = repository.createRun(presets.failure());
    const direct = asker({ fetch, baseUrl: server.url });
    const answers: unknown[] = [];
    for (const [name, parameters] of [
      ["downloadWorkflowRunLogs", { run_id: run.id }],
      ["downloadWorkflowRunAttemptLogs", { run_id: run.id, attempt_number: 1 }],
      ["downloadJobLogsForWorkflowRun", { job_id: run.jobs[0]?.id }],
    ] as const) {
      const { status, headers } = await direct(name, parameters);
      const operationId = `actions/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      answers.push({ operationId, statusCode: status, headers: Object.fromEntries(headers) });
    }
    const file = join(folder, "answers.json");
    await writeFile(file, JSON.stringify(answers));
    const script = join(folder, "validate-redirect.cjs");
    await cp(join(import.meta.dirname, "prism/validate-redirect.cjs"), script);
    const results = JSON.parse(
      await succeed(process.execPath, [script, fragment, file], folder),
    ) as { problems: unknown }[];
    expect(results.map(({ problems }) => problems)).toEqual([[], [], []]);
  });
});
