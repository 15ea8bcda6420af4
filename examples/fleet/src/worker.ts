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
const redis = connectRedis(all.redisUrl);
redis.on("error", (error) => console.error(error.message));
for (const warning of await redisWarnings(redis)) console.error(warning);
const store = await openStore(all.databaseUrl);
const github = new GitHub(all, budgetStore(redis));
const lockDuration = Number(process.env["LOCK_DURATION"] ?? 60_000);
const firstWait = Number(process.env["OUTAGE_WAIT"] ?? 5_000);
const running = new Map<string, AbortController>();

async function sync(job: Job<SyncJob>, token = ""): Promise<void> {
  const { repository } = job.data;
  const stop = new AbortController();
  running.set(job.id ?? "", stop);
  let before: number | undefined;
  try {
    before = (await store.load(repository)).revision;
    const client = await github.clientOf(repository.split("/")[0] ?? "");
    await syncRepository(store, client, repository, all, stop.signal);
  } catch (error) {
    // Somebody else has the job, and nothing here may touch it any more.
    if (stop.signal.aborted) throw new UnrecoverableError("lost its lock");
    if (isPermanent(error)) throw error;
    const isFarther = before !== undefined && (await revisionOf(repository)) > before;
    const outages = isFarther ? 1 : (job.data.outages ?? 0) + 1;
    const due =
      error instanceof RateLimitError
        ? error.retryAt.getTime()
        : Date.now() + waitAfter(outages, firstWait);
    console.error(repository, error instanceof Error ? error.message : error);
    await job.updateData({ repository, outages });
    await job.moveToDelayed(due, token);
    throw new DelayedError();
  } finally {
    running.delete(job.id ?? "");
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
  concurrency: Number(process.env["CONCURRENCY"] ?? 4),
  // A job whose worker does not renew its lock goes to another, however often that happens.
  lockDuration,
  stalledInterval: lockDuration,
  maxStalledCount: Number.MAX_SAFE_INTEGER,
});
worker.on("lockRenewalFailed", (ids) => {
  for (const id of ids) running.get(id)?.abort(new Error("lost its lock"));
});
worker.on("error", (error) => console.error(error.message));
worker.on("failed", (job, error) => console.error(job?.data.repository, error.message));
worker.on("completed", ({ data }) => console.log(data.repository));
// As when it is killed: what it was reading goes to another worker once its lock has run out.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void worker.close(true).then(() => process.exit()));
