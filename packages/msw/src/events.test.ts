import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { verify } from "@octokit/webhooks-methods";
import { afterEach, describe, expect, test, vi } from "vitest";
import { setUp, start } from "../test/set-up.ts";
import { checkEvent } from "../test/webhooks.ts";
import {
  createActionsFake,
  presets,
  type ActionsFake,
  type WorkflowJobEvent,
  type WorkflowRunEvent,
} from "./index.ts";

/** What was emitted, as `run in_progress` and `build completed success`, held against the description. */
function record(fake: ActionsFake): string[] {
  const seen: string[] = [];
  fake.on("workflow_run", (event) => {
    checkEvent("workflow_run", event);
    seen.push(line("run", event.action, event.workflow_run));
  });
  fake.on("workflow_job", (event) => {
    checkEvent("workflow_job", event);
    seen.push(line(event.workflow_job.name, event.action, event.workflow_job));
  });
  return seen;
}

function line(name: string, action: string, body: { conclusion?: string | null }): string {
  return [name, action, body.conclusion].filter(Boolean).join(" ");
}

describe("events", () => {
  test("come in the order of time, for a run and its jobs, as things were at that moment", () => {
    const { fake, repository } = setUp();
    const seen = record(fake);
    const statuses: unknown[] = [];
    fake.on("workflow_run", ({ workflow_run: run }) => statuses.push([run.status, run.updated_at]));
    repository.createRun({
      jobs: [{ name: "build" }, { name: "test", needs: "build", conclusion: "failure" }],
    });
    expect(seen).toEqual(["run requested", "build queued"]);
    fake.advance("1h");
    expect(seen).toEqual([
      "run requested",
      "build queued",
      "build in_progress",
      "run in_progress",
      "build completed success",
      "test queued",
      "test in_progress",
      "test completed failure",
      "run completed failure",
    ]);
    expect(statuses.slice(0, 2)).toEqual([
      ["queued", "2026-11-01T10:00:00Z"],
      ["in_progress", "2026-11-01T10:00:02Z"],
    ]);
    expect(statuses[2]).toEqual(["completed", expect.stringMatching(/^2026-11-01T10:0\d/)]);
  });

  test("follow what is done through the API: cancel, re-run, approve, review", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "in_progress" });
    const seen = record(fake);
    await ask("cancelWorkflowRun", { run_id: run.id });
    fake.advance("5s");
    expect(seen.splice(0)).toEqual(["build completed cancelled", "run completed cancelled"]);
    await ask("reRunWorkflow", { run_id: run.id });
    fake.advance("1h");
    // GitHub sends no `requested` for a re-run.
    expect(seen.splice(0)).toEqual([
      "build queued",
      "build in_progress",
      "run in_progress",
      "build completed success",
      "run completed success",
    ]);

    const fork = repository.createRun(presets.waitingForApproval());
    expect(seen.splice(0)).toEqual([
      "run requested action_required",
      "run completed action_required",
    ]);
    await ask("approveWorkflowRun", { run_id: fork.id });
    fake.advance("1h");
    // Attempt 2, which is no new request.
    expect(seen.splice(0)).toEqual([
      "build queued",
      "build in_progress",
      "run in_progress",
      "build completed success",
      "run completed success",
    ]);

    const deploy = repository.createRun({ jobs: [{ name: "ship", environment: "production" }] });
    expect(seen.splice(0)).toEqual(["run requested", "ship waiting"]);
    const [pending] = (await ask("getPendingDeploymentsForRun", { run_id: deploy.id })).data;
    await ask("reviewPendingDeploymentsForRun", {
      run_id: deploy.id,
      environment_ids: [pending?.environment.id],
      state: "approved",
      comment: "",
    });
    expect(seen.splice(0)).toEqual(["ship queued"]);
    fake.advance("1h");
    expect(seen).toEqual([
      "ship in_progress",
      "run in_progress",
      "ship completed success",
      "run completed success",
    ]);
  });

  test("follow workflows that start by themselves, in the order of time", async () => {
    const { fake, repository, ask } = setUp();
    repository.workflow("nightly.yml", { on: { schedule: [{ cron: "0 4 * * *" }] } });
    repository.workflow("deploy.yml", { on: { workflow_dispatch: true, push: true } });
    const seen: string[] = [];
    fake.on("workflow_run", ({ action, workflow_run: run }) => {
      seen.push(`${run.event} ${action} ${run.updated_at.slice(8, 16)}`);
    });
    fake.advance("2d");
    expect(seen.splice(0)).toEqual([
      "schedule requested 02T04:00",
      "schedule in_progress 02T04:00",
      "schedule completed 02T04:00",
      "schedule requested 03T04:00",
      "schedule in_progress 03T04:00",
      "schedule completed 03T04:00",
    ]);
    await ask("createWorkflowDispatch", { workflow_id: "deploy.yml", ref: "main" });
    repository.push("main");
    expect(seen).toEqual(["workflow_dispatch requested 03T10:00", "push requested 03T10:00"]);
  });

  test("say nothing of jobs that were carried over, and of skipped jobs their end only", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      status: "completed",
      jobs: [
        { name: "lint" },
        { name: "build", conclusion: ["failure", "success"] },
        { name: "deploy", needs: "build", conclusion: ["skipped", "success"] },
      ],
    });
    const seen = record(fake);
    await ask("reRunWorkflowFailedJobs", { run_id: run.id });
    fake.advance("1h");
    expect(seen.filter((one) => one.startsWith("lint"))).toEqual([]);
    expect(seen).toContain("deploy completed success");
    seen.length = 0;
    repository.createRun({
      jobs: [
        { name: "a", conclusion: "failure" },
        { name: "b", needs: "a" },
      ],
    });
    fake.advance("1h");
    expect(seen.filter((one) => one.startsWith("b"))).toEqual(["b completed skipped"]);
  });

  test("are about what happens, not about what is over when it is created, loaded or restored", () => {
    const { fake, repository } = setUp();
    const seen = record(fake);
    const over = repository.createRun({ status: "completed", created_at: start - 86_400_000 });
    repository.createRuns(10);
    fake.load({ workflow_runs: [{ ...over.data, id: 7 }] });
    fake.restore(fake.snapshot());
    fake.advance("1h");
    expect(seen).toEqual([]);
    repository.createRun({ status: "completed", conclusion: "failure" });
    expect(seen).toEqual(["build completed failure", "run completed failure"]);
  });

  test("go on after a restore, and end with their listener and with a reset", () => {
    const { fake, repository } = setUp();
    repository.createRun({ status: "in_progress" });
    const seen: string[] = [];
    const end = fake.on("workflow_run", ({ action }) => seen.push(action));
    fake.restore(fake.snapshot());
    const [id] = [16_000_000_001];
    fake.repository("octo-org/octo-repo").run(id)?.complete();
    expect(seen).toEqual(["completed"]);
    end();
    repository.createRun();
    fake.on("workflow_run", ({ action }) => seen.push(action));
    fake.reset();
    fake.repository("octo-org/octo-repo").createRun();
    expect(seen).toEqual(["completed"]);
  });

  test("come by themselves while a clock moves, also a mocked one", async () => {
    vi.useFakeTimers({ now: start });
    try {
      const { fake, repository } = setUp({ clock: () => Date.now() });
      const seen = record(fake);
      repository.createRun();
      await vi.advanceTimersByTimeAsync(600_000);
      expect(seen).toEqual([
        "run requested",
        "build queued",
        "build in_progress",
        "run in_progress",
        "build completed success",
        "run completed success",
      ]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("leave no timer that goes off again and again while the fake's clock is frozen", async () => {
    vi.useFakeTimers({ now: start });
    try {
      const { fake, repository } = setUp({ clock: () => Date.now() });
      fake.freeze();
      record(fake);
      repository.createRun();
      await vi.advanceTimersByTimeAsync(600_000);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("of a run that is made, pushed or dispatched are complete, however fast the clock goes", async () => {
    let time = Date.parse("2026-01-01T00:00:00Z");
    const fake = createActionsFake({ clock: () => (time += 1) });
    const seen: string[] = [];
    fake.on(
      "workflow_run",
      ({ action, workflow_run: run }) => void seen.push(`${run.event} ${action}`),
    );
    const repository = fake.repository("octo-org/octo-repo");
    repository.workflow("ci.yml", { on: { push: true, workflow_dispatch: true } });
    repository.createRun({ event: "release" });
    expect(seen).toEqual(["release requested"]);
    repository.push("main");
    const url =
      "https://api.github.com/repos/octo-org/octo-repo/actions/workflows/ci.yml/dispatches";
    await fake.fetch(url, {
      method: "POST",
      headers: { authorization: "token t" },
      body: '{"ref":"main"}',
    });
    expect(seen).toEqual(["release requested", "push requested", "workflow_dispatch requested"]);
  });

  test("are typed by their name, and only those that exist can be listened to", () => {
    const { fake, repository } = setUp();
    const runs: WorkflowRunEvent[] = [];
    const jobs: WorkflowJobEvent[] = [];
    fake.on("workflow_run", (event) => runs.push(event));
    fake.on("workflow_job", (event) => jobs.push(event));
    repository.createRun({ actor: "mona" });
    expect(runs[0]).toMatchObject({
      sender: { login: "mona" },
      workflow: { path: ".github/workflows/ci.yml" },
      repository: { full_name: "octo-org/octo-repo", default_branch: "main" },
    });
    expect(jobs[0]?.workflow_job.workflow_name).toBe("CI");
    // @ts-expect-error -- there is no such event
    expect(() => fake.on("workflow_runs", () => {})).toThrow(
      'on: event is "workflow_runs", not "workflow_run" or "workflow_job". Did you mean "workflow_run"?',
    );
  });
});

describe("deliveries", () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  /** A receiver of webhooks, and what it received. */
  async function receiver(status = 204): Promise<{
    url: string;
    received: { headers: Record<string, unknown>; body: string }[];
  }> {
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        received.push({ headers: request.headers, body });
        response.writeHead(status).end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
  }

  test("are posted in order, signed, with GitHub's headers", async () => {
    const { fake, repository } = setUp();
    const { url, received } = await receiver();
    const webhook = fake.deliver(url, { secret: "mother" });
    const run = repository.createRun();
    fake.advance("1h");
    await webhook.idle();
    const events = received.map(
      ({ headers, body }) =>
        `${String(headers["x-github-event"])} ${(JSON.parse(body) as { action: string }).action}`,
    );
    expect(events).toEqual([
      "workflow_run requested",
      "workflow_job queued",
      "workflow_job in_progress",
      "workflow_run in_progress",
      "workflow_job completed",
      "workflow_run completed",
    ]);
    for (const { headers, body } of received) {
      const signature = String(headers["x-hub-signature-256"]);
      expect(await verify("mother", body, signature)).toBe(true);
      expect(headers).toMatchObject({
        "content-type": "application/json",
        "user-agent": expect.stringMatching(/^GitHub-Hookshot\//) as string,
        "x-github-delivery": expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        "x-github-hook-id": "400000001",
        "x-github-hook-installation-target-id": String(repository.id),
        "x-github-hook-installation-target-type": "repository",
      });
    }
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ workflow_run: { id: run.id } });
    expect(webhook.deliveries.map(({ status }) => status)).toEqual(Array(6).fill(204));
    expect(JSON.stringify(webhook.deliveries)).not.toContain("mother");
  });

  test("are not repeated when they fail, and can be sent again with the same id", async () => {
    const { fake, repository } = setUp();
    const { url, received } = await receiver(500);
    const webhook = fake.deliver(url, { events: ["workflow_run"] });
    repository.createRun();
    await webhook.idle();
    expect(webhook.deliveries.map(({ status }) => status)).toEqual([500]);
    webhook.redeliver(webhook.deliveries[0]?.id as string);
    await webhook.idle();
    expect(webhook.deliveries.map(({ redelivery }) => redelivery)).toEqual([false, true]);
    const [first, second] = received;
    expect(second?.headers["x-github-delivery"]).toBe(first?.headers["x-github-delivery"]);
    expect(second?.body).toBe(first?.body);
    expect(first?.headers["x-hub-signature-256"]).toBeUndefined();
    expect(() => webhook.redeliver("nope")).toThrow("there is no delivery nope");
  });

  test("that find nobody, or nobody in time, say so and hold nothing up", async () => {
    const { fake, repository } = setUp();
    const { url } = await receiver();
    closers.splice(0).forEach((close) => close());
    const nobody = fake.deliver(url, { events: ["workflow_run"] });
    const slow = fake.deliver("http://receiver.test/hook", {
      timeout: 20,
      events: ["workflow_run"],
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
        }),
    });
    repository.createRun();
    await Promise.all([nobody.idle(), slow.idle()]);
    expect(nobody.deliveries).toMatchObject([{ status: undefined, error: { name: "TypeError" } }]);
    expect(slow.deliveries).toMatchObject([{ status: undefined, error: { name: "TimeoutError" } }]);
  });

  test("may be forms, lead elsewhere, and end", async () => {
    const { fake, repository } = setUp();
    const { url, received } = await receiver();
    const api = "http://127.0.0.1:4010/api/v3";
    const webhook = fake.deliver(url, {
      content_type: "form",
      secret: "s",
      events: ["workflow_run"],
      urls: { api, html: "http://127.0.0.1:4010", logs: "http://localhost:4010" },
    });
    const run = repository.createRun();
    await webhook.idle();
    webhook.remove();
    fake.advance("1h");
    await webhook.idle();
    expect(received).toHaveLength(1);
    const { headers, body } = received[0] as (typeof received)[0];
    expect(await verify("s", body, String(headers["x-hub-signature-256"]))).toBe(true);
    const payload = JSON.parse(new URLSearchParams(body).get("payload") ?? "") as WorkflowRunEvent;
    expect(payload.workflow_run.url).toBe(`${api}/repos/octo-org/octo-repo/actions/runs/${run.id}`);
  });

  test("refuse what cannot be delivered to, without showing the secret", () => {
    const { fake } = setUp();
    expect(() => fake.deliver("ftp://x")).toThrow("deliver: url");
    expect(() => fake.deliver("http://x.test", { sercet: "geheim" } as object)).toThrow(
      'deliver: Unknown option "sercet". Did you mean "secret"?',
    );
    expect(() => fake.deliver("http://x.test", { events: ["push"] as never })).toThrow(
      'deliver: events[0] is a hidden string (it may be a secret), not "workflow_run" or "workflow_job".',
    );
  });
});
