import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, Probot, ProbotOctokit } from "probot";
import { describe, expect, test } from "vitest";
import { listen } from "../src/node/index.ts";
import { setUp } from "./set-up.ts";

describe("Probot, which knows nothing of us", () => {
  test("takes the deliveries, and works on the fake that they lead to", async () => {
    const { fake, repository } = setUp();
    await using api = await listen(fake);
    const done: string[] = [];
    const probot = new Probot({
      githubToken: "ghp_secret",
      secret: "development",
      logLevel: "silent" as "fatal",
      Octokit: ProbotOctokit.defaults({
        baseUrl: api.url,
        retry: { enabled: false },
        throttle: { enabled: false },
      }),
    });
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
      expect([...new Set(forged.deliveries.map(({ status }) => status))]).toEqual([400]);
    } finally {
      server.close();
    }
  });
});
