import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, Probot, ProbotOctokit } from "probot";
import { describe, expect, test } from "vitest";
import { createActionsFake } from "../src/index.ts";
import { listen } from "../src/node/index.ts";
import { octokitScenario, type OctokitClient } from "./clients/octokit.ts";
import { leftOut, refused } from "./clients/whole-list.ts";
import { setUp } from "./set-up.ts";
import { validated } from "./validation.ts";

/** A Probot whose Octokit asks the fake. */
function probotAt(baseUrl: string): Probot {
  return new Probot({
    githubToken: "ghp_mona",
    secret: "development",
    logLevel: "silent" as "fatal",
    Octokit: ProbotOctokit.defaults({
      baseUrl,
      retry: { enabled: false },
      throttle: { enabled: false },
    }),
  });
}

describe("Probot, which knows nothing of us", () => {
  test("takes the deliveries, and works on the fake that they lead to", async () => {
    const { fake, repository } = setUp();
    const responses = validated(fake);
    await using api = await listen(fake);
    const done: string[] = [];
    const probot = probotAt(api.url);
    const middleware = await createNodeMiddleware(
      (app) => {
        app.on("workflow_run.completed", async ({ octokit, payload }) => {
          const { workflow_run: run, repository: repo } = payload;
          const where = { owner: repo.owner.login, repo: repo.name };
          const { data } = await octokit.rest.actions.listJobsForWorkflowRun({
            ...where,
            run_id: run.id,
          });
          const failed = data.jobs.filter(({ conclusion }) => conclusion === "failure");
          done.push(
            `attempt ${run.run_attempt} ${run.conclusion}: ${failed.map(({ name }) => name).join()}`,
          );
          if (run.run_attempt === 1) {
            await octokit.rest.actions.reRunWorkflowFailedJobs({ ...where, run_id: run.id });
          }
        });
        app.on("workflow_job.in_progress", ({ payload }) => {
          done.push(`${payload.workflow_job.name} on ${payload.workflow_job.runner_name}`);
        });
      },
      { probot },
    );
    const server = createServer((request, response) => {
      void middleware(request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const hook = `http://127.0.0.1:${port}/api/github/webhooks`;
      const webhook = fake.deliver(hook, { secret: "development" });
      repository.createRun({
        jobs: [{ name: "build", conclusion: ["failure", "success"], runner_name: "mac-7" }],
      });
      fake.advance("10m");
      await webhook.idle();
      fake.advance("10m");
      await webhook.idle();
      expect(done).toEqual([
        "build on mac-7",
        "attempt 1 failure: build",
        "build on mac-7",
        "attempt 2 success: ",
      ]);
      expect([...new Set(webhook.deliveries.map(({ status }) => status))]).toEqual([200]);

      const forged = fake.deliver(hook, { secret: "guessed" });
      repository.createRun();
      await forged.idle();
      expect(responses).toEqual({ problems: [], held: 3 });
      expect([...new Set(forged.deliveries.map(({ status }) => status))]).toEqual([400]);
    } finally {
      server.close();
    }
  });

  test("does the whole list over the server, from an event on", { timeout: 120_000 }, async () => {
    const fake = createActionsFake({ tokens: { ghp_mona: { login: "mona" } } });
    fake.freeze("2026-11-01T10:00:00Z");
    const responses = validated(fake);
    await using api = await listen(fake);
    const probot = probotAt(api.url);
    const clients: OctokitClient[] = [];
    probot.on("workflow_run.requested", ({ octokit }) => void clients.push(octokit));
    const events: Parameters<typeof probot.receive>[0][] = [];
    fake.on("workflow_run", (payload) => {
      events.push({ id: "1", name: "workflow_run", payload } as (typeof events)[number]);
    });
    fake.repository("octo-org/octo-repo").createRun({ branch: "event" });
    const [event] = events;
    expect(event).toMatchObject({ payload: { action: "requested" } });
    await probot.receive(event as (typeof events)[number]);
    const [client] = clients;
    await octokitScenario(client as OctokitClient, fake, fake.repository("octo-org/list"));
    expect(leftOut(fake.requests)).toEqual([]);
    expect(refused(fake.requests)).toEqual([]);
    expect(responses.problems).toEqual([]);
    expect(responses.held).toBeGreaterThan(15);
  });
});
