// One worker of the fleet; start as many as you like, on as many machines. It may be killed at any time.
import { RateLimitError } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";
import { DelayedError, type Job, Worker } from "bullmq";
import { Redis } from "ioredis";
import { connect, redisConnection, settings } from "./connect.ts";
import { type CrawlJob, queueName, runsKey } from "./crawl-job.ts";

const { redisUrl, ...rest } = settings();
const github = connect({ redisUrl, ...rest });
const redis = new Redis(redisUrl);
const lockDuration = Number(process.env["LOCK_DURATION"] ?? 30_000);

async function crawl(job: Job<CrawlJob>, token = ""): Promise<void> {
  const { repository, created, cursor } = job.data;
  const runs = paginate(
    github.repository(repository),
    "listWorkflowRunsForRepo",
    { created },
    // One page at a time: what is fetched ahead would be fetched twice after a kill.
    { concurrency: 1, ...(cursor !== undefined && { from: cursor }) },
  );
  try {
    for await (const page of runs.pages()) {
      // Keep the runs first, the cursor after them: killed in between, the page is read again, and none is lost.
      if (page.items.length > 0)
        await redis.hset(
          runsKey(repository),
          Object.fromEntries(page.items.map((run) => [run.id, JSON.stringify(run)])),
        );
      await job.updateData({ repository, created, cursor: page.cursor });
    }
  } catch (error) {
    if (!(error instanceof RateLimitError)) throw error;
    // The budget is used up for longer than a request should wait: give the job back until it is not.
    await job.moveToDelayed(error.retryAt.getTime(), token);
    throw new DelayedError();
  }
}

const worker = new Worker<CrawlJob>(queueName, crawl, {
  connection: redisConnection(redisUrl),
  concurrency: Number(process.env["CONCURRENCY"] ?? 4),
  // A job whose worker does not renew its lock is taken over by another, from its cursor.
  lockDuration,
  stalledInterval: lockDuration,
  maxStalledCount: 100,
});
worker.on("error", (error) => console.error(error.message));
worker.on("failed", (job, error) => console.error(job?.data.repository, error.message));
worker.on("completed", ({ data }) => console.log(data.repository));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    void worker.close().then(() => process.exit());
  });
