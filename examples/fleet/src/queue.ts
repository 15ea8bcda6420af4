import { type ConnectionOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";

/** What a job of the queue holds: which repository. How far it is stands in the database. */
export interface SyncJob {
  /** `owner/name` */
  readonly repository: string;
  /** Outages in a row, for the wait before the next try. */
  readonly outages?: number;
}

/** Name of the queue in Redis. */
export const queueName = "workflow-runs-sync";

export function openQueue(redis: Redis): Queue<SyncJob> {
  return new Queue<SyncJob>(queueName, { connection: redis as ConnectionOptions });
}

/**
 * Puts a repository into the queue. One that is waiting, delayed or being read stays as it is; one that has ended, well or
 * not, is started again.
 */
export async function enqueue(queue: Queue<SyncJob>, repository: string): Promise<void> {
  // A job's id may not contain a colon.
  const jobId = Buffer.from(repository).toString("base64url");
  const known = await queue.getJob(jobId);
  if (known && ((await known.isCompleted()) || (await known.isFailed()))) await known.remove();
  await queue.add("sync", { repository }, { jobId });
}
