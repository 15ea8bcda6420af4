// Finds why a run failed, runs its failed jobs again and waits for the result: against the fake, so anyone can run it.
import { createClient } from "@workflow-runs/core";
import { openRunLogs } from "@workflow-runs/logs";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { paginate } from "@workflow-runs/pagination";
import { waitForRun } from "@workflow-runs/watch";

const fake = createActionsFake();
const repository = fake.repository("octo-org/octo-repo");
repository.createRun({ workflow: "build.yml", status: "completed" });
repository.createRun({
  workflow: "build.yml",
  status: "completed",
  jobs: [{ name: "build", steps: ["Set up job", "npm test"], conclusion: ["failure", "success"] }],
});

const github = createClient({ fetch: fake.fetch, auth: "a-token" });
const where = { owner: "octo-org", repo: "octo-repo" };

const failed = await paginate(github, "listWorkflowRunsForRepo", {
  ...where,
  status: "failure",
}).toArray();
const run = failed[0]!;

const logs = await openRunLogs(github, { ...where, run_id: run.id });
const failedSteps: string[] = [];
for await (const { job, step } of logs.failures()) failedSteps.push(step?.name ?? job.name);

await github.reRunWorkflowFailedJobs({ ...where, run_id: run.id });
const waiting = waitForRun(github, { ...where, run_id: run.id });
fake.advance("1h");
const done = await waiting;

console.log(
  JSON.stringify({
    failedRuns: failed.length,
    failedSteps,
    attempt: done.run_attempt,
    conclusion: done.conclusion,
  }),
);
