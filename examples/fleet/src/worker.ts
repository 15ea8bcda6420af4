// One worker of the fleet; start as many as you like, on as many machines. It may be killed or frozen at any time.
import { type ConnectionOptions, DelayedError, type Job, UnrecoverableError, Worker } from "bullmq";
import { RateLimitError } from "@workflow-runs/core";
import { GitHub } from "./github.ts";
import { openStore } from "./open-store.ts";
import { isPermanent, waitAfter } from "./outage.ts";
import { queueName, type SyncJob } from "./queue.ts";
import { budgetStore, connectRedis, redisWarnings } from "./redis.ts";
import { settings } from "./settings.ts";
import { syncRepository } from "./sync-repository.ts";

const all = settings();
if (all.databaseUrl === undefined) {
  console.error("DATABASE_URL is missing: the PostgreSQL that all workers share, postgres://…");
  process.exit(2);
}
const redis = connectRedis(all.redisUrl);
redis.on("error", (error) => console.error(error.message));
for (const warning of await redisWarnings(redis)) console.error(warning);
const store = await openStore(all.databaseUrl);
const github = new GitHub(all, { cache: budgetStore(redis) });
let isStopping = false;

// With three parameters: BullMQ passes a signal to these alone.
async function sync(job: Job<SyncJob>, token?: string, signal?: AbortSignal): Promise<void> {
  const { repository, outages: before = 0 } = job.data;
  let revision: number | undefined;
  try {
    ({ revision } = await store.load(repository));
    const client = await github.clientOf(repository.split("/")[0] ?? "");
    await syncRepository(store, client, repository, all, signal);
  } catch (error) {
    if (isStopping) {
      await job.moveToDelayed(Date.now(), token);
      throw new DelayedError();
    }
    // Somebody else has the job, and nothing here may touch it any more.
    if (signal?.aborted) throw new UnrecoverableError("lost its lock");
    if (isPermanent(error)) throw error;
    const isFarther = revision !== undefined && (await revisionOf(repository)) > revision;
    const outages = isFarther ? 1 : before + 1;
    const due =
      error instanceof RateLimitError
        ? error.retryAt.getTime()
        : Date.now() + waitAfter(outages, all.outageWait);
    console.error(repository, error instanceof Error ? error.message : error);
    await job.updateData({ repository, outages });
    await job.moveToDelayed(due, token);
    throw new DelayedError();
  }
}

/** How far a repository is; 0 where the database is what is away. */
async function revisionOf(repository: string): Promise<number> {
  return store.load(repository).then(
    ({ revision }) => revision,
    () => 0,
  );
}

const worker = new Worker<SyncJob>(queueName, sync, {
  connection: redis as ConnectionOptions,
  concurrency: all.concurrency,
  // A job whose worker does not renew its lock goes to another, however often that happens.
  lockDuration: all.lockDuration,
  stalledInterval: all.lockDuration,
  maxStalledCount: Number.MAX_SAFE_INTEGER,
});
worker.on("lockRenewalFailed", (ids) => {
  for (const id of ids) worker.cancelJob(id, "lost its lock");
});
worker.on("error", (error) => console.error(error.message));
worker.on("failed", (job, error) => console.error(job?.data.repository, error.message));
worker.on("completed", ({ data }) => console.log(data.repository));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

/** What it was reading goes to another worker at once. A second signal ends it as if it were killed. */
async function stop(): Promise<void> {
  isStopping = true;
  worker.cancelAllJobs("shutting down");
  await worker.close();
  await store.close();
  redis.disconnect();
}
